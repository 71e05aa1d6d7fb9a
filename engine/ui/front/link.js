// --- The link: the address always names what is on show, without an entry in the history. It is written when the step
// --- has been painted, and at most every 400 ms, for browsers limit how often it may change.

const link = { wanted: null, timer: 0 };

function writeLink(query) {
  link.wanted = query;
  link.timer ||= setTimeout(() => {
    link.timer = 0;
    if (location.search.slice(1) !== link.wanted) history.replaceState(history.state, "", `${location.pathname}?${link.wanted}${location.hash}`);
  }, 400);
}
