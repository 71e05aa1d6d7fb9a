// What every page has around it (engine/ui/frame.py): the language of the page, the keys that are Streamlit's own, and
// one eye on the page as it changes, for what is told (said.js) and what lies over it (overlays.js).

// Streamlit runs the script again at "r" and offers to empty its caches at "c": developers' keys, which a visitor's hand
// only meets by accident. The capturing phase of the window comes before Streamlit's own listener.
/** @param {KeyboardEvent} event */
function keepFromStreamlit(event) {
  const focused = event.composedPath()[0];
  if (!["r", "c"].includes(event.key.toLowerCase()) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(focused instanceof Element && focused.closest(FIELDS))) event.stopImmediatePropagation();
}

// Once a page that is loaded, however often it is mounted; newer code takes the place of older.
function watch() {
  if (window.sequenceFrame?.version === VERSION) return;
  window.sequenceFrame?.leave();
  const listening = new AbortController();
  const early = { capture: true, signal: listening.signal };
  window.addEventListener("keydown", keepFromStreamlit, early);
  window.addEventListener("keydown", throughPopover, early);
  window.addEventListener("click", closeDrawer, early);
  const look = () => {
    sayLater();
    timeNotices();
    enterPopoverLater();
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { childList: true, subtree: true });
  look();
  const leave = () => {
    listening.abort();
    observer.disconnect();
    clearTimeout(said.timer);
    clearTimeout(popover.timer);
    voice.remove();
  };
  window.sequenceFrame = { version: VERSION, leave };
}

/** @param {Component<Frame>} component */
export default (component) => {
  document.documentElement.lang = component.data.language;
  watch();
  return tellOfScreen(component);
};
