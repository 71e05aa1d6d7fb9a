// What lies over the page: Streamlit appends a popover to the end of the page, far in Tab order from the button that
// opens it, and leaves a phone's drawer open over the page that was chosen in it.

const POPOVER = "[data-testid=stPopoverBody]";
const FOCUSABLE = "a[href], button:enabled, input:enabled, textarea:enabled, summary, [tabindex='0']";
const popover = { entering: false, timer: 0 };

/** @type {() => HTMLElement?} */
const opener = () => document.querySelector("[aria-haspopup=dialog][aria-expanded=true]");

/** @type {() => HTMLInputElement[]} the Tab stops of the popover, whatever they are; of radio buttons the chosen one */
function stops() {
  const found = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(`${POPOVER} :is(${FOCUSABLE})`));
  const all = [...found].filter((one) => one.tabIndex >= 0 && one.getClientRects().length);
  return all.filter((one) => one.type !== "radio" || one.checked || !all.some((other) => other.name === one.name && other.checked));
}

/** @type {(event: KeyboardEvent) => void} */
function throughPopover(event) {
  const target = event.target instanceof Element ? event.target : document.body;
  const button = target.closest("[aria-haspopup=dialog]");
  if (button && ["Enter", " "].includes(event.key)) popover.entering = button.getAttribute("aria-expanded") !== "true";
  if (event.key !== "Tab") return;
  if (button && button === opener() && !event.shiftKey && stops().length) {
    event.preventDefault();
    stops()[0].focus();
  } else if (target.closest(POPOVER)) {
    const edge = stops().at(event.shiftKey ? 0 : -1);
    if (edge !== target) return;
    const back = opener();
    if (event.shiftKey) event.preventDefault(); // back to the button; forward, Tab goes on from it to what follows
    back?.focus();
    back?.click();
  }
}

// A popover that was opened by a key has the focus: on its first field, or what is chosen in it.
function enterPopoverLater() {
  clearTimeout(popover.timer);
  if (popover.entering) popover.timer = setTimeout(enterPopover, 150); // its parts come one after another
}

function enterPopover() {
  const all = stops();
  const chosen = all[0]?.matches(FIELDS) ? all[0] : (all.find((one) => one.checked) ?? all[0]);
  if (!chosen) return;
  popover.entering = false;
  chosen.focus();
}

/** @type {(event: MouseEvent) => void} */
function closeDrawer(event) {
  if (!(event.target instanceof Element && event.target.closest("[data-testid=stSidebarNavLink]")) || innerWidth > 768) return;
  /** @type {HTMLElement?} */ (document.querySelector("[data-testid=stSidebarCollapseButton] button"))?.click();
}
