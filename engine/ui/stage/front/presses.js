// --- Presses: counted from 1, kept until Python acknowledges them, so that none is lost and none acts twice. They go
// --- out as a trigger, not as state: Streamlit repeats state when a session moves to another server.

/** @typedef {Component<unknown>["setTriggerValue"]} Send */

/** @type {{mount: string, made: number, waiting: [number, string, number][], underWay: boolean, timer: number, send: Send | null, lost: number, whole: Send | null, sent: number}} */
const presses = { mount: Math.random().toString(36).slice(2), made: 0, waiting: [], underWay: false, timer: 0, send: null, lost: 0, whole: null, sent: 0 };

/** @type {(action: string, argument?: number) => void} */
function press(action, argument = 0) {
  presses.waiting.push([++presses.made, action, argument]);
  if (!presses.underWay) sendPresses();
}

// Of several of these that wait for an answer to what went out before, the latest alone is sent.
/** @type {(action: string, argument: number) => void} */
function pressLatest(action, argument) {
  presses.waiting = presses.waiting.filter(([n, other]) => other !== action || n <= presses.sent);
  press(action, argument);
}

function sendPresses() {
  clearTimeout(presses.timer);
  presses.underWay = presses.waiting.length > 0;
  if (!presses.underWay || !presses.send) return;
  presses.sent = presses.made;
  presses.send("presses", { mount: presses.mount, items: presses.waiting });
  presses.timer = setTimeout(onSilence, 2000);
}

// The answer got lost, say with the connection. Lost again, the server may be another one, which was started anew and knows
// nothing of the stage; asked for the whole page, it begins where the link says, and sends the code that it has.
function onSilence() {
  presses.lost += 1;
  if (presses.lost % 2 || !presses.whole) return sendPresses();
  presses.whole("whole", presses.lost); // by itself: what is sent together goes to the stage alone
  presses.timer = setTimeout(onSilence, 2000);
}

/** @type {(ack: Ack | null) => void} */
function acknowledge(ack) {
  if (ack?.mount !== presses.mount) return;
  presses.lost = 0;
  const before = presses.waiting.length;
  presses.waiting = presses.waiting.filter(([n]) => n > ack.n);
  if (presses.waiting.length < before) sendPresses();
}

// A click on a button of the stage is counted too: of several that reach a busy server together, Streamlit takes one.
/** @type {(event: MouseEvent) => void} */
function onButton(event) {
  const button = event.target instanceof Element && /** @type {HTMLButtonElement?} */ (event.target.closest(".st-key-controls button"));
  const action = button && !button.disabled && /st-key-control_(\w+)/.exec(button.closest("[class*=st-key-control_]")?.className ?? "")?.[1];
  if (!action) return;
  event.stopPropagation();
  press(action);
}
