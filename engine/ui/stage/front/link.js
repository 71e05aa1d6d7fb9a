// --- The stage's address is written when the step has been painted, and at most every 400 ms, for browsers limit how often
// --- it may change.

/** @type {{wanted: string | null, timer: number}} */
const link = { wanted: null, timer: 0 };

/** @type {(query: string) => void} */
function writeLink(query) {
  link.wanted = query;
  link.timer ||= setTimeout(writeNow, 400);
}

function writeNow() {
  clearTimeout(link.timer);
  link.timer = 0;
  if (link.wanted != null) writeAddress(link.wanted);
}
