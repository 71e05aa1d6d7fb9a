// What the page tells: sentences for those who listen, and notices that go when they have had their time.

// --- Streamlit replaces what it draws anew, and a live region that is replaced is often not read out. So one region stays
// --- for good, and takes over the text of every [data-said] that is new. The attribute's value is said instead, if it has
// --- one. Only once the page has come to rest: while a run plays, nobody could follow.

const REST = 500; // milliseconds; a run that plays takes a step every 250
const voice = document.createElement("div");
const said = { timer: 0, before: /** @type {string[]} */ ([]) };

function sayLater() {
  clearTimeout(said.timer);
  said.timer = setTimeout(say, REST);
}

function say() {
  const now = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-said]"))].map((one) => (one.dataset.said || one.innerText).trim());
  const news = now.filter((sentence) => sentence && !said.before.includes(sentence));
  said.before = now;
  if (!news.length) return;
  if (!voice.isConnected) {
    voice.id = "voice";
    voice.setAttribute("role", "status");
    voice.style.cssText = "position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%)";
    document.body.append(voice);
  }
  voice.textContent = news.join(" ");
}

// --- A notice leaves by the clock of engine/ui/notices.py, which names it and its seconds; drawn again it is the same one.

const leaving = new Map(); // a notice's name -> when it leaves

function timeNotices() {
  for (const notice of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-notice]:not([hidden])"))) {
    const { notice: name, seconds } = notice.dataset;
    if (!leaving.has(name)) leaving.set(name, performance.now() + 1000 * Number(seconds));
    const left = leaving.get(name) - performance.now();
    if (left <= 0) notice.hidden = true;
    else if (!notice.dataset.timed) setTimeout(() => (notice.hidden = true), left);
    notice.dataset.timed = "true";
  }
}
