// --- Mounting

/** @typedef {{root: HTMLElement, data: RunPart | DrawPart | PredictPart | null, wide: number, width: number, observer: ResizeObserver}} Mounted */

/** @type {Map<ParentNode, Mounted>} where a part stands -> its root element and latest data */
const mounts = new Map();

/** @param {Mounted} mounted */
function draw({ root, data, width }) {
  if (!data || !width) return; // the observer, or the next data, calls again
  root.dataset.step = String(data.step);
  const looks = ["stage", data.part, isDark(root) ? "dark" : "light", data.moving && "moving", data.part === "draw" && data.short && "short"];
  root.className = looks.filter(Boolean).join(" ");
  try {
    patch(root, data.part === "draw" ? theDraw(data, width) : data.part === "run" ? theRun(data, width) : thePrediction(data));
  } catch (error) {
    console.error(error);
    patch(root, undrawable(data)); // rather than the picture before, which is not true any more
  }
  requestAnimationFrame(() => keepInView(root)); // after all parts, so that only one layout is made
}

/** @type {(data: DrawPart, width: number) => Drawing} */
const theDraw = (data, width) => [h("div", { key: "title", class: "title" }, data.title), predictSwitch(data.predict), drawStrips(data.strip, width, data.step), predictChoices(data.predict), numpyLines(data.numpy)];

/** @type {(data: RunPart, width: number) => Drawing} */
const theRun = (data, width) => [
  h("div", { key: "top", class: "top" }, data.strip && tokenStrip(data.strip), data.notes && notes(data.notes, data.strip)),
  data.text && runningText(data.text),
  data.network && network(data.network, data.switch, width),
];

/** @param {HTMLElement} root */
function isDark(root) {
  pen.fillStyle = "#fff";
  pen.fillStyle = getComputedStyle(root).getPropertyValue("--st-background-color").trim() || "#fff";
  const colour = String(pen.fillStyle); // as #rrggbb, whatever it was
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(colour.slice(i, i + 2), 16));
  return 0.3 * red + 0.6 * green + 0.1 * blue < 128;
}

/** @param {HTMLElement} root */
function keepInView(root) {
  const [chips, chip] = [".chips", "[aria-current]"].map((one) => /** @type {HTMLElement?} */ (root.querySelector(one)));
  if (!chips || !chip) return;
  const left = chip.offsetLeft - chips.offsetLeft;
  const hidden = left < chips.scrollLeft + 30 || left + chip.offsetWidth > chips.scrollLeft + chips.clientWidth - 30;
  if (hidden) chips.scrollLeft = left - Math.min(chips.clientWidth * 0.7, chips.clientWidth - chip.offsetWidth - 10);
}

/** @param {ParentNode} parentElement */
function mountAt(parentElement) {
  const root = document.createElement("div");
  parentElement.appendChild(root);
  // The width is kept from here: asked for while a step is drawn, it would make the browser lay out the half-drawn page.
  const observer = new ResizeObserver(() => {
    if (mounted.wide === root.clientWidth) return;
    mounted.wide = root.clientWidth;
    // pictures are drawn in pixels of a laptop and grow with the type of the page (page.css)
    mounted.width = (mounted.wide * 16) / Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
    draw(mounted);
  });
  /** @type {Mounted} */
  const mounted = { root, data: null, wide: 0, width: 0, observer };
  observer.observe(root);
  root.addEventListener("click", ({ target: at }) => {
    const target = at instanceof Element && /** @type {HTMLElement?} */ (at.closest("[data-show], [data-press], [data-copy]"));
    if (!target) return;
    if (target.dataset.copy != null) copyFrom(target, /** @type {RunningText} */ (/** @type {RunPart} */ (mounted.data).text));
    else if (target.dataset.press) press(target.dataset.press, Number(target.dataset.argument ?? 0));
    else press("show", Number(target.dataset.show));
  });
  root.addEventListener("keydown", (event) => rove(event, [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".chip[data-show]"))]));
  root.addEventListener("keydown", (event) => onRows(event, root));
  root.addEventListener("toggle", keepNumpyOpen, true);
  root.addEventListener("mousemove", (event) => mounted.data?.part === "draw" && mounted.data.strip && nameUnder(event, mounted.data.strip));
  shadow(parentElement).adoptedStyleSheets.push(sheet);
  mounts.set(parentElement, mounted);
  return mounted;
}

const shadow = (/** @type {ParentNode} */ part) => /** @type {ShadowRoot} */ (part.getRootNode()); // each has one of its own

/** @param {StagePart} component */
function show(component) {
  const { data, parentElement, setTriggerValue } = component;
  if (data.part === "bars") return showBars(/** @type {Component<BarsPart>} */ (component));
  const mounted = mounts.get(parentElement) ?? mountAt(parentElement);
  mounted.data = data;
  draw(mounted);
  if (data.part !== "run") return;
  presses.send = setTriggerValue;
  listenToHands(true);
  watchPointer(data.present);
  curtain.textContent = data.blanked;
  handing.ways = data.deck;
  tellSpeaker(data.query);
  if (data.query != null && data.query !== link.wanted) writeLink(data.query);
  acknowledge(data.ack);
}

/** @param {StagePart} component */
function hide({ data, parentElement, setTriggerValue }) {
  if (data.part === "bars") return hideBars(parentElement);
  mounts.get(parentElement)?.observer.disconnect();
  mounts.delete(parentElement);
  if (data.part === "predict") setTimeout(showTheScore, 100); // when the bars have taken its place
  if (data.part === "run" && presses.send === setTriggerValue) letGo();
}

// The page is another's now.
function letGo() {
  presses.send = null;
  clearTimeout(presses.timer);
  clearTimeout(link.timer);
  Object.assign(link, { timer: 0, wanted: null }); // another page has another address
  listenToHands(false);
  watchPointer(false);
  curtain.remove();
}

// Takes away all that this code has put on the page.
function leave() {
  letGo();
  for (const [part, { root, observer }] of mounts) {
    observer.disconnect();
    root.remove();
    shadow(part).adoptedStyleSheets = shadow(part).adoptedStyleSheets.filter((one) => one !== sheet);
  }
  mounts.clear();
  for (const part of allBars.keys()) hideBars(part);
}

// --- The parts of the page find this module by the window: it is sent once, they are sent at every step (part.js). Newer
// --- code, from a server that was started anew, takes the place of older.

const sheet = new CSSStyleSheet();
sheet.replaceSync(STAGE_CSS);
window.sequenceStage ??= { parts: new Map() };
const hub = window.sequenceStage;
if (hub.version !== VERSION) {
  hub.leave?.();
  Object.assign(hub, { version: VERSION, show, hide, leave, writeNow, sheet, network, drawStrips, bringPlotly });
  hub.parts.forEach(show);
}

/** @param {Component<null>} component */
export default ({ setTriggerValue }) => {
  presses.whole = setTriggerValue; // it stands outside of what a step runs again
};
