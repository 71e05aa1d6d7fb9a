// --- What the browser does by itself for whoever presents: the stage blanked, full screen, a pointer that hides when it
// --- rests.

// A black page over everything. Behind it nothing moves: only the keys that blank and Escape, or a click, lift it.
const curtain = document.createElement("div");
curtain.style.cssText =
  "position: fixed; inset: 0; z-index: 2000000; background: #000; color: #fff; display: flex; align-items: flex-end; justify-content: center; padding: 1rem; font: 0.9rem sans-serif; cursor: none";
curtain.setAttribute("role", "status");
curtain.addEventListener("click", () => curtain.remove());

function blank() {
  if (curtain.isConnected) curtain.remove();
  else document.body.append(curtain);
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (document.fullscreenEnabled) document.documentElement.requestFullscreen(); // not in a frame that may not
}

/** @type {Record<string, () => void>} by the name of the action (actions.py) */
const HERE = { blank, full, speaker: openSpeaker };

const REST_OF_POINTER = 3000; // milliseconds
const pointer = { timer: 0, watching: /** @type {AbortController?} */ (null) };

/** @type {(isPresented: boolean) => void} */
function watchPointer(isPresented) {
  if (isPresented === Boolean(pointer.watching)) return;
  pointer.watching?.abort();
  pointer.watching = isPresented ? new AbortController() : null;
  if (pointer.watching) addEventListener("pointermove", showPointer, { signal: pointer.watching.signal });
  showPointer();
}

function showPointer() {
  document.documentElement.classList.remove("idle"); // page.css
  clearTimeout(pointer.timer);
  if (pointer.watching) pointer.timer = setTimeout(() => document.documentElement.classList.add("idle"), REST_OF_POINTER);
}
