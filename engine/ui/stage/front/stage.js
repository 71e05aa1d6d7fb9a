// --- Mounting

const mounts = new WeakMap(); // where a part stands -> its root element and latest data

function draw(mounted) {
  const { root, data, width } = mounted;
  if (!data || !width) return; // the observer, or the next data, calls again
  root.dataset.step = data.step;
  const dark = isDark(root);
  root.className = `stage ${data.part} ${dark ? "dark" : "light"} ${data.moving ? "moving" : ""}`;
  if (data.part === "draw") return patch(root, [h("div", { key: "title", class: "title" }, data.title), ...drawPart(data.strip, width, data.step), numpyLines(data.numpy)]);
  patch(root, [h("div", { key: "top", class: "top" }, tokenStrip(data.strip), notes(data)), runningText(data.text), network(data.network, width)]);
  requestAnimationFrame(() => keepInView(root.querySelector(".chips"))); // after all parts, so that only one layout is made
}

function isDark(root) {
  pen.fillStyle = "#ffffff";
  pen.fillStyle = getComputedStyle(root).getPropertyValue("--st-background-color").trim() || "#ffffff";
  const [red, green, blue] = [1, 3, 5].map((i) => parseInt(pen.fillStyle.slice(i, i + 2), 16));
  return 0.3 * red + 0.6 * green + 0.1 * blue < 128;
}

function keepInView(chips) {
  const chip = chips.querySelector("[aria-current]");
  if (!chip) return;
  const left = chip.offsetLeft - chips.offsetLeft;
  const hidden = left < chips.scrollLeft + 30 || left + chip.offsetWidth > chips.scrollLeft + chips.clientWidth - 30;
  if (hidden) chips.scrollLeft = left - Math.min(chips.clientWidth * 0.7, chips.clientWidth - chip.offsetWidth - 10);
}

function mountAt(parentElement) {
  const root = document.createElement("div");
  parentElement.appendChild(root);
  const mounted = { root, data: null, wide: 0, width: 0 };
  // The width is kept from here: asked for while a step is drawn, it would make the browser lay out the half-drawn page.
  mounted.observer = new ResizeObserver(() => {
    if (mounted.wide === root.clientWidth) return;
    mounted.wide = root.clientWidth;
    // pictures are drawn in pixels of a laptop and grow with the type of the page (page.css)
    mounted.width = mounted.wide / (Number(getComputedStyle(root).getPropertyValue("--scale")) || 1);
    draw(mounted);
  });
  mounted.observer.observe(root);
  root.addEventListener("click", (event) => {
    const target = event.target.closest("[data-show], [data-press], [data-copy]");
    if (target?.dataset.copy != null) return void copyFrom(target, mounted.data.text);
    if (target?.dataset.press) press(target.dataset.press, Number(target.dataset.argument ?? 0));
    else if (target) press("show", Number(target.dataset.show));
  });
  root.addEventListener("keydown", (event) => rove(event, [...root.querySelectorAll(".chip[data-show]")]));
  root.addEventListener("toggle", (event) => (numpyIsOpen = event.target.open), true);
  root.addEventListener("mousemove", (event) => nameUnder(event, mounted.data.strip));
  const { adoptedStyleSheets } = parentElement.getRootNode(); // the part's own shadow root
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
  mounts.set(parentElement, mounted);
  return mounted;
}

function show({ data, parentElement, setTriggerValue }) {
  const mounted = mounts.get(parentElement) ?? mountAt(parentElement);
  mounted.data = data;
  draw(mounted);
  if (data.part !== "run") return;
  presses.send = setTriggerValue;
  listenToHands(true);
  if (data.query != null && data.query !== link.wanted) writeLink(data.query);
  acknowledge(data.ack);
}

// Streamlit also cleans up calls that newer data has overtaken; only leaving the page ends a part.
function hide({ data, parentElement, setTriggerValue }) {
  if (parentElement.isConnected) return;
  mounts.get(parentElement)?.observer.disconnect();
  mounts.delete(parentElement);
  if (data.part !== "run" || presses.send !== setTriggerValue) return;
  presses.send = null;
  clearTimeout(presses.timer);
  link.timer = clearTimeout(link.timer); // undefined
  link.wanted = null; // another page has another address
  listenToHands(false);
}

// --- The parts of the page find this module by the window: it is sent once, they are sent at every step (part.js).

const sheet = new CSSStyleSheet();
sheet.replaceSync(STAGE_CSS);
const hub = (window.sequenceStage ??= { waiting: new Map() });
if (!hub.show) {
  Object.assign(hub, { show, hide });
  hub.waiting.forEach(show);
  hub.waiting.clear();
}

export default () => {};
