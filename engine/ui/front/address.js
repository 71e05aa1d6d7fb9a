// --- The address names what is on show, without an entry in the history, so that Back leads to the page before. What others
// --- have put into it, as Streamlit's `embed`, stays. OUR_KEYS, before this: the parameters that are ours (address.py).

/** @type {(query: string) => void} */
function writeAddress(query) {
  const others = new URLSearchParams(location.search);
  for (const key of OUR_KEYS) others.delete(key);
  const search = [query, others.toString()].filter(Boolean).join("&");
  if (location.search.slice(1) !== search) history.replaceState(history.state, "", `${location.pathname}?${search}${location.hash}`);
}
