// The speaker's window: what the stage in the other tab shows is handed to Python as its link, keys are sent to that tab,
// and the time since this window was opened runs here. KEYS and CHANNEL, before this: actions.py, speaker.py.

const LEFT_OUT = ["full", "speaker", "share", "help", "present"]; // these are of the other window, or of hands there
const followed = { from: "", query: "", since: Date.now(), timer: 0 };

/** @type {(seconds: number) => string} */
const asClock = (seconds) => [Math.floor(seconds / 60), seconds % 60].map((one) => String(one).padStart(2, "0")).join(":");

/** @param {Component<SpeakerPart>} component */
export default ({ data, parentElement, setTriggerValue }) => {
  const channel = new BroadcastChannel(CHANNEL);
  const listening = new AbortController();
  let root = /** @type {HTMLElement?} */ (parentElement.querySelector(".clock"));
  if (!root) {
    root = document.createElement("div");
    root.className = "clock";
    root.append(document.createElement("b"), document.createElement("button"), document.createElement("p"));
    parentElement.append(root);
  }
  const [time, restart, waiting] = /** @type {HTMLElement[]} */ ([...root.children]);
  restart.textContent = data.restart;
  waiting.textContent = followed.from ? "" : data.waiting;
  const tick = () => {
    time.textContent = `${data.elapsed} ${asClock(Math.floor((Date.now() - followed.since) / 1000))}`;
  };
  restart.onclick = () => {
    followed.since = Date.now();
    tick();
  };
  channel.onmessage = ({ data: told }) => {
    if (typeof told.query !== "string") return;
    followed.from = told.from;
    waiting.textContent = "";
    if (told.query === followed.query) return;
    followed.query = told.query;
    setTriggerValue("told", told.query);
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    const action = /** @type {Record<string, string>} */ (KEYS)[event.key];
    if (!action || LEFT_OUT.includes(action) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " " && event.composedPath()[0] instanceof HTMLButtonElement) return;
    event.preventDefault();
    channel.postMessage({ to: followed.from, action });
  };
  window.addEventListener("keydown", onKey, { signal: listening.signal });
  const timer = setInterval(tick, 500);
  tick();
  channel.postMessage({ hello: true });
  return () => {
    channel.close();
    listening.abort();
    clearInterval(timer);
  };
};
