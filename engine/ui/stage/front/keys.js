// --- The keys of the stage, and who has them. What was reached by Tab keeps its own keys, a field those that are typed in
// --- it; whatever a mouse, a pen or a finger has pressed gives them back to the stage. KEYS, before this: the action of
// --- each key (actions.py).

const OWN_KEYS = `${FIELDS}, input:not([type=checkbox], [type=button]), [role=slider], [role=radio], [role=option], [role=menu], [role=menuitem], [role=tab]`;
const OWN_SPACE = "button, a, summary, input, [role=button], [role=switch]";

const hand = { onMouse: false, pill: "" }; // onMouse: the focus was moved last by a pointer, not by Tab

/** @type {() => HTMLElement?} */
function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return /** @type {HTMLElement?} */ (element);
}

// Takes the focus off what has no use for it any more; in a dialog or popover the keys are not the stage's anyway.
function giveKeysBack() {
  const element = focused();
  if (element && element !== document.body && !document.activeElement?.closest("[role=dialog]")) element.blur();
}

/** @type {(event: PointerEvent | MouseEvent) => void} */
function onPointer(event) {
  if (event.type === "pointerdown") Object.assign(hand, { onMouse: true, pill: "" });
  else if (hand.onMouse && (event.type !== "click" || event.detail)) { // a click of detail 0 was made by a key
    // after Streamlit's own listeners; a field that was pressed stays open to be typed in, one that was set by a press
    // elsewhere (its buttons + and −, an option of its list) does not
    const into = event.composedPath()[0];
    setTimeout(() => (focused()?.matches(FIELDS) && !(into instanceof Element && into.closest("[data-testid^=stNumberInputStep], [role=option]"))) || giveKeysBack());
  }
}

/** @type {(event: KeyboardEvent) => unknown} */
function onKey(event) {
  if (event.key === "Tab") hand.onMouse = false;
  if (event.key === "Escape") curtain.remove();
  const pressed = event.ctrlKey || event.metaKey ? `Control+${event.key.toLowerCase()}` : event.key;
  const actions = /** @type {Record<string, string>} */ (KEYS);
  const action = actions[pressed] ?? actions[pressed.toLowerCase()]; // Caps Lock is nobody's wish
  const at = event.composedPath()[0];
  const isIn = (/** @type {string} */ kind) => at instanceof Element && at.closest(kind);
  if (event.key === "Enter" && isIn("[type=number], [role=spinbutton]")) return setTimeout(giveKeysBack);
  if (event.key === "Enter" && hand.onMouse && isIn("[role=combobox]")) return setTimeout(giveKeysBack);
  if (!action || event.defaultPrevented || event.altKey || event.isComposing) return;
  if (event.shiftKey && event.key !== "?") return;
  if (document.querySelector("[role=dialog], [aria-modal=true]")) return;
  if (isIn(hand.onMouse ? FIELDS : OWN_KEYS)) return;
  if (event.key === " " && !hand.onMouse && isIn(OWN_SPACE)) return;
  event.preventDefault();
  if (HERE[action]) return event.repeat || HERE[action]();
  if (curtain.isConnected) return;
  if (handOn(action)) return;
  // a key held down goes on as fast as steps are painted, and stops when it is let go
  if (!event.repeat || (!presses.waiting.length && action !== "play")) press(action);
}

/** @type {AbortController | null} while the stage is on show, what ends its listening */
let listening = null;

/** @type {(isOnShow: boolean) => void} */
function listenToHands(isOnShow) {
  if (isOnShow === Boolean(listening)) return;
  listening?.abort();
  pills.disconnect();
  listening = isOnShow ? new AbortController() : null;
  if (!listening) return;
  const { signal } = listening;
  const early = { capture: true, signal };
  window.addEventListener("keydown", onKey, { signal });
  window.addEventListener("message", onMessage, { signal });
  window.addEventListener("pointerdown", onPointer, early);
  window.addEventListener("pointerup", onPointer, early);
  window.addEventListener("click", onPointer, early);
  window.addEventListener("pointerdown", onGrasp, early);
  window.addEventListener("pointerup", onLetGo, early);
  window.addEventListener("pointercancel", onLetGo, early);
  window.addEventListener("click", onButton, early);
  document.addEventListener("click", onPill, { signal });
  pills.observe(document.body, { childList: true, subtree: true });
  greetDeck();
}

// --- The pills of the phases are the server's own HTML, which a step replaces, and with it the focus.

/** @type {(event: MouseEvent) => void} */
function onPill(event) {
  const pill = event.target instanceof Element && /** @type {HTMLElement?} */ (event.target.closest(".status [data-press], .offer[data-press]"));
  if (!pill) return;
  if (pill.matches(".offer")) return press(String(pill.dataset.press));
  press("pill", Number(pill.dataset.argument));
  if (!hand.onMouse) hand.pill = `.status [data-argument="${pill.dataset.argument}"]`;
}

const pills = new MutationObserver(() => {
  if (!hand.pill || document.querySelector(hand.pill) === document.activeElement) return;
  if (document.activeElement === document.body) /** @type {HTMLElement?} */ (document.querySelector(hand.pill))?.focus();
  else hand.pill = "";
});
