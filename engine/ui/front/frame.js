// What every page has around it (engine/ui/frame.py): the language of the page, the keys that are Streamlit's own, and
// one eye on the page as it changes, for what is told (said.js) and what lies over it (overlays.js). Mounted once.

// Streamlit runs the script again at "r" and offers to empty its caches at "c": developers' keys, which a visitor's hand
// only meets by accident. The capturing phase of the window comes before Streamlit's own listener.
function keepFromStreamlit(event) {
  const focused = event.composedPath()[0];
  if (!["r", "c"].includes(event.key.toLowerCase()) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!(focused instanceof Element && focused.closest(FIELDS))) event.stopImmediatePropagation();
}

function watch() {
  window.addEventListener("keydown", keepFromStreamlit, true);
  window.addEventListener("keydown", throughPopover, true);
  window.addEventListener("click", closeDrawer, true);
  const look = () => {
    sayLater();
    timeNotices();
    enterPopoverLater();
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
}

export default ({ data }) => {
  document.documentElement.lang = data.language;
  if (window.sequenceFrame) return; // another page mounts it again
  window.sequenceFrame = true;
  watch();
};
