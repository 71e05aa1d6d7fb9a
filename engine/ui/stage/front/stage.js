// --- What is told of a step, and the places of the page that show it. The run stands where the step itself does, so that
// --- what Streamlit draws again at a step is one element.

/** @typedef {{root: HTMLElement, name: "run" | "draw" | "predict", wide: number, width: number, observer: ResizeObserver}} Mounted */

/** @type {Step | null} the latest step, as Python has told it */
let told = null;

/** @type {Map<ParentNode, Component<Place>>} the places of the page that show their part of it */
const places = new Map();

/** @type {Map<ParentNode, Mounted>} where a picture stands -> its root element */
const mounts = new Map();

/** @param {Mounted} mounted */
function draw({ root, name, width }) {
  const isThere = told?.[name] != null;
  root.hidden = !isThere;
  if (!isThere) delete root.dataset.step;
  if (!told || !isThere || !width) return; // the observer, or the next step, calls again
  root.dataset.step = String(told.step);
  const short = name === "draw" && told.draw?.short;
  const moving = told.moving && name !== "predict"; // its rows do not move
  root.className = ["stage", name, isDark(root) ? "dark" : "light", moving && "moving", short && "short"].filter(Boolean).join(" ");
  try {
    patch(root, PICTURES[name](told, width));
  } catch (error) {
    console.error(error);
    patch(root, undrawable(told)); // rather than the picture before, which is not true any more
  }
  requestAnimationFrame(() => keepInView(root)); // after all parts, so that only one layout is made
}

/** @type {{run: (told: Step, width: number) => Drawing, draw: (told: Step, width: number) => Drawing, predict: (told: Step) => Drawing}} */
const PICTURES = {
  run: ({ run }, width) => [
    h("div", { key: "top", class: "top" }, run.strip && tokenStrip(run.strip), run.notes && notes(run.notes, run.strip)),
    run.text && runningText(run.text),
    run.network && network(run.network, run.switch, width),
  ],
  draw: ({ draw, step }, width) => (draw ? [h("div", { key: "title", class: "title" }, draw.title), predictSwitch(draw.predict), drawStrips(draw.strip, width, step), predictChoices(draw.predict), numpyLines(draw.numpy)] : []),
  predict: ({ predict }) => (predict ? thePrediction(predict) : []),
};

/** @param {HTMLElement} root */
function isDark(root) {
  pen.fillStyle = "#fff";
  pen.fillStyle = getComputedStyle(root).getPropertyValue("--st-background-color").trim() || "#fff";
  const colour = String(pen.fillStyle); // as #rrggbb, whatever it was
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
  return 0.3 * red + 0.6 * green + 0.1 * blue < 128;
}

/** @param {HTMLElement} root */
function keepInView(root) {
  const [chips, chip] = [".chips", "[aria-current]"].map((one) => /** @type {HTMLElement?} */ (root.querySelector(one)));
  if (!chips || !chip) return;
  const left = chip.offsetLeft - chips.offsetLeft;
  const hidden = left < chips.scrollLeft + 30 || left + chip.offsetWidth > chips.scrollLeft + chips.clientWidth - 30;
  if (hidden) chips.scrollLeft = left - Math.min(chips.clientWidth * 0.7, chips.clientWidth - chip.offsetWidth - 10);
}

/** @type {(parentElement: ParentNode, name: Mounted["name"]) => Mounted} */
function mountAt(parentElement, name) {
  const root = document.createElement("div");
  parentElement.appendChild(root);
  // The width is kept from here: asked for while a step is drawn, it would make the browser lay out the half-drawn page.
  const observer = new ResizeObserver(() => {
    if (mounted.wide === root.clientWidth) return;
    mounted.wide = root.clientWidth;
    // pictures are drawn in pixels of a laptop and grow with the type of the page (page.css)
    mounted.width = (mounted.wide * 16) / Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    draw(mounted);
  });
  /** @type {Mounted} */
  const mounted = { root, name, wide: 0, width: 0, observer };
  observer.observe(root);
  root.addEventListener("click", ({ target: at }) => {
    const target = at instanceof Element && /** @type {HTMLElement?} */ (at.closest("[data-show], [data-press], [data-copy]"));
    if (!target) return;
    if (target.dataset.copy != null) copyFrom(target, /** @type {RunningText} */ (told?.run.text));
    else if (target.dataset.press) press(target.dataset.press, Number(target.dataset.argument ?? 0));
    else press("show", Number(target.dataset.show));
  });
  root.addEventListener("keydown", (event) => rove(event, [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".chip[data-show]"))]));
  root.addEventListener("keydown", (event) => onRows(event, root));
  root.addEventListener("toggle", keepNumpyOpen, true);
  root.addEventListener("mousemove", (event) => name === "draw" && told?.draw?.strip && nameUnder(event, told.draw.strip));
  shadow(parentElement).adoptedStyleSheets.push(sheet);
  mounts.set(parentElement, mounted);
  return mounted;
}

const shadow = (/** @type {ParentNode} */ part) => /** @type {ShadowRoot} */ (part.getRootNode()); // each has one of its own

/** @param {StagePart} component */
function show(component) {
  const { data, parentElement, setTriggerValue } = component;
  if (data.part === "place") {
    const place = /** @type {Component<Place>} */ (component);
    places.set(parentElement, place);
    return showAt(place);
  }
  if (told?.predict && !data.predict) setTimeout(showTheScore, 100); // when the bars have taken its place
  told = data;
  draw(mounts.get(parentElement) ?? mountAt(parentElement, "run"));
  for (const place of places.values()) showAt(place);
  presses.send = setTriggerValue;
  listenToHands(true);
  watchPointer(data.present);
  curtain.textContent = data.blanked;
  handing.ways = data.deck;
  tellSpeaker(data.query);
  if (data.query != null && data.query !== link.wanted) writeLink(data.query);
  acknowledge(data.ack);
}

/** @param {Component<Place>} place */
function showAt(place) {
  const { name } = place.data;
  const at = place.parentElement;
  const part = told?.[name === "below" ? "bars" : name];
  if (name === "draw" || name === "predict") draw(mounts.get(at) ?? mountAt(at, name));
  else if (!told || !part) hideAt(at);
  else if (name === "bars") showBars(place, told);
  else showWords(at, name, told);
  // what shows nothing takes no room (page.css)
  const host = "host" in at ? /** @type {Element} */ (at.host) : /** @type {Element} */ (at);
  host.closest(".stElementContainer")?.toggleAttribute("data-empty", !part);
}

/** @param {ParentNode} at */
function hideAt(at) {
  hideBars(at);
  hideWords(at);
}

/** @param {StagePart} component */
function hide({ data, parentElement, setTriggerValue }) {
  if (data.part === "place") {
    places.delete(parentElement);
    hideAt(parentElement);
  }
  mounts.get(parentElement)?.observer.disconnect();
  mounts.delete(parentElement);
  if (data.part === "step" && presses.send === setTriggerValue) letGo();
}

// The page is another's now.
function letGo() {
  told = null;
  for (const place of places.values()) showAt(place); // nothing
  presses.send = null;
  clearTimeout(presses.timer);
  clearTimeout(link.timer);
  Object.assign(link, { timer: 0, wanted: null }); // another page has another address
  listenToHands(false);
  watchPointer(false);
  curtain.remove();
}

// Takes away all that this code has put on the page.
function leave() {
  letGo();
  for (const [part, { root, observer }] of mounts) {
    observer.disconnect();
    root.remove();
    shadow(part).adoptedStyleSheets = shadow(part).adoptedStyleSheets.filter((one) => one !== sheet);
  }
  mounts.clear();
  places.clear();
}

// --- The step and its places find this module by the window (part.js): it is sent once, the step at every one. Newer code,
// --- from a server that was started anew, takes the place of older.

const sheet = new CSSStyleSheet();
sheet.replaceSync(STAGE_CSS);
window.sequenceStage ??= { parts: new Map() };
const hub = window.sequenceStage;
if (hub.version !== VERSION) {
  hub.leave?.();
  Object.assign(hub, { version: VERSION, show, hide, leave, writeNow, sheet, network, drawStrips, bringPlotly });
  hub.parts.forEach(show);
}

/** @param {Component<null>} component */
export default ({ setTriggerValue }) => {
  presses.whole = setTriggerValue; // it stands outside of what a step runs again
};
