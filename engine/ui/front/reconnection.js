// A page outlives its connection, and may come back to a server that has never seen it: one started anew, or another one
// behind a balancer. Streamlit says nothing to it before the next press, which is lost on it then, and names the query that
// the page was opened with. So the page speaks up by itself, and says which session it was of and what its address is now.

/** @param {Component<Reconnection>} component */
export default ({ data, setTriggerValue }) => {
  const app = /** @type {HTMLElement?} */ (document.querySelector("[data-testid=stApp]"));
  const observer = new MutationObserver((changes) => {
    const is = app?.dataset.testConnectionState;
    if (is !== "CONNECTED" || changes.every((change) => change.oldValue === is)) return;
    window.sequenceStage?.writeNow?.(); // what the stage shows and has not written yet
    setTriggerValue("told", { session: data.session, path: location.pathname, query: location.search });
  });
  if (app) observer.observe(app, { attributeFilter: ["data-test-connection-state"], attributeOldValue: true });
  return () => observer.disconnect();
};
