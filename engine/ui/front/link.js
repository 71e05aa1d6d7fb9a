// --- The link: the address always names what is on show, without an entry in the history. At most every 400 ms, for
// --- browsers limit how often it may change.

const link = { wanted: null, timer: 0, last: 0 };

function writeLink(query) {
  link.wanted = query;
  clearTimeout(link.timer);
  link.timer = setTimeout(() => {
    link.last = Date.now();
    if (location.search.slice(1) !== query) history.replaceState(history.state, "", `${location.pathname}?${query}${location.hash}`);
  }, Math.max(0, link.last + 400 - Date.now()));
}
