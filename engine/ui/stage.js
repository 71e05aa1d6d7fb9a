// The stage's own pictures: token strip, unrolled network, draw strips; and the keys, presses and link of the page.
// Python builds the records (engine/figures), this file draws them and decides nothing. Text is only ever set as text.

const SVG = "http://www.w3.org/2000/svg";

// --- Drawing: a picture is a list of h(...), patched into what already stands there, so that elements keep their
// --- identity (and their transitions) from step to step.

const h = (tag, attributes = {}, ...children) => ({ tag, attributes, children: children.flat().filter((one) => one != null && one !== false) });

function patch(parent, wanted) {
  const kept = new Map();
  for (const child of [...parent.childNodes]) kept.set(child.stageKey, child);
  wanted.forEach((one, i) => {
    const isText = typeof one !== "object";
    const key = isText ? `text ${i}` : `${one.tag} ${one.attributes.key ?? i}`;
    let node = kept.get(key);
    kept.delete(key);
    if (!node) {
      const svg = one.tag === "svg" || parent.namespaceURI === SVG;
      node = isText ? document.createTextNode("") : svg ? document.createElementNS(SVG, one.tag) : document.createElement(one.tag);
      node.stageKey = key;
    }
    if (parent.childNodes[i] !== node) parent.insertBefore(node, parent.childNodes[i] ?? null);
    if (isText) {
      if (node.data !== String(one)) node.data = one;
      return;
    }
    for (const { name } of [...node.attributes]) if (one.attributes[name] == null) node.removeAttribute(name);
    for (const [name, value] of Object.entries(one.attributes)) {
      if (name !== "key" && value != null && node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
    }
    patch(node, one.children);
  });
  for (const node of kept.values()) node.remove();
}

const pen = document.createElement("canvas").getContext("2d");

// `text`, cut with an ellipsis to at most `width` pixels at `size` pixels a letter.
function fitted(text, width, size) {
  pen.font = `600 ${size}px sans-serif`;
  if (pen.measureText(text).width <= width) return text;
  const signs = [...text];
  while (signs.length > 1 && pen.measureText(`${signs.join("")}…`).width > width) signs.pop();
  return `${signs.join("")}…`;
}

// --- The token strip

function tokenStrip(strip) {
  const jump = (to, key) => to && h("button", { key, class: "jump", type: "button", "data-show": to.t }, to.text);
  const chips = strip.chips.map((chip) =>
    h(
      "button",
      {
        key: chip.t,
        type: "button",
        class: `chip ${chip.kind} ${chip.when} shade${chip.shade ?? ""} ${chip.sign ? "signed" : ""}`,
        title: chip.title,
        "aria-label": chip.title,
        "aria-current": chip.when === "now" ? "step" : null,
        "data-show": chip.t,
      },
      h("span", { class: "over" }, chip.rejected && h("s", {}, chip.rejected), chip.sign && h("em", {}, chip.sign)),
      h("span", { class: "token", dir: "auto" }, chip.text),
      h("span", { class: "prob" }, chip.prob || "\u00a0"),
    ),
  );
  return h(
    "div",
    { key: "strip", class: "strip", role: "group", "aria-label": strip.label },
    jump(strip.earlier, "earlier"),
    strip.empty ? [h("span", { class: "chip open", "aria-hidden": "true" }, h("span", { class: "token" }, "?")), h("p", {}, strip.empty)] : chips,
    jump(strip.later, "later"),
  );
}

function notes(data) {
  const [likely, surprising] = data.strip.scale;
  const swatches = [0, 1, 2, 3, 4].map((shade) => h("i", { class: `shade${shade}` }));
  return h(
    "div",
    { key: "notes", class: "notes" },
    (data.notes ?? []).map((line) => h("div", {}, line)),
    h("div", { class: "scale", "aria-hidden": "true" }, `${likely} `, swatches, ` ${surprising}`),
  );
}

// --- The unrolled network

const ROW = { token: 16, y: 59, a: 104, x: 150, name: 168, height: 176 }; // middles of the rows, pixels from above
const REACH = { feed: 1, predict: 2, draw: 3, back: 4, "": 4 }; // how far a column has come in each phase

function box(kind, x, y, width, height, label, size) {
  return h(
    "g",
    { key: kind, class: kind, transform: `translate(${x},${y})` },
    h("rect", { x: -width / 2, y: -height / 2, width, height, rx: kind === "yhat" ? height / 2 : 7 }),
    h("text", { y: size * 0.35, "font-size": size }, fitted(label, width - 8, size)),
  );
}

const line = (kind, d) => h("path", { key: kind, class: `edge ${kind}`, d, "marker-end": "url(#tip)" });

function column(one, step, isFirst, leadsOn, half) {
  const reach = one.when === "past" ? 4 : one.when === "next" ? 0 : REACH[one.lit];
  const [in_, pill] = [one.t === 1 ? 26 : step - 2 * half, Math.min(step - 40, 120)];
  const mid = step / 2 + 6;
  return [
    line("memory", `M${-half - in_},${ROW.a} H${-half - 7}`),
    (isFirst || one.t === 1) && h("text", { key: "start", class: "start", x: -half - in_ - 6, y: ROW.a + 6, "font-size": 17 }, one.t === 1 ? "a⟨0⟩ = 0" : one.before),
    line("feeds", `M0,${ROW.x - 13} V${ROW.a + 27}`),
    line("gives", `M0,${ROW.a - 20} V${ROW.y + 19}`),
    line("falls", `M0,${ROW.y - 12} V${ROW.token + 21}`),
    leadsOn && line("back", `M${pill / 2 + 3},${ROW.token} H${mid - 12} Q${mid},${ROW.token} ${mid},${ROW.token + 12} V${ROW.x - 12} Q${mid},${ROW.x} ${mid + 12},${ROW.x} H${step - pill / 2 + 8}`),
    box("memory-box", 0, ROW.a, 2 * half, 40, one.a, 18),
    reach >= 2 || one.when === "next" ? box("yhat", 0, ROW.y, 58, 24, one.y, 15) : box("yhat waiting", 0, ROW.y, 58, 24, one.y, 15),
    one.token && box(`token ${one.struck ? "struck" : ""} ${one.origin}`, 0, ROW.token, pill, 30, one.token, 18),
    !one.token && one.when === "now" && box("token open", 0, ROW.token, 44, 30, "?", 18),
    h("text", { key: "input", class: "input", y: ROW.x + 6, "font-size": 18 }, fitted(one.input, pill, 18)),
    h("text", { key: "name", class: "name", y: ROW.name + 5, "font-size": 14 }, one.x),
  ];
}

function ending(end, x, step) {
  const flag = end.kind === "eos" ? "M0,0 V90 M0,2 H38 L30,14 L38,26 H0" : "M-5,0 H9 V118 H-5 Z";
  return h(
    "g",
    { key: "end", class: `end ${end.kind}`, transform: `translate(${x - step / 2 + 22},${end.kind === "eos" ? 2 : 22})` },
    h("path", { d: flag }),
    h("text", { x: 18, y: end.kind === "eos" ? 52 : 64, "font-size": 17 }, end.text),
  );
}

function network(record, width) {
  const left = 128;
  const room = Math.max(2, Math.floor((width - 90) / (width < 500 ? 92 : 112)));
  const shown = record.columns.slice(-(record.end ? room - 1 : room));
  const step = Math.min(140, (width - left + 30) / Math.max(room, 3));
  const half = Math.min(36, step / 3.2);
  const at = (i) => left + i * step;
  const columns = shown.map((one, i) =>
    h(
      "g",
      { key: one.t, class: `column ${one.when} lit-${one.lit || "all"}`, style: `transform: translate(${at(i)}px, 0)` },
      column(one, step, i === 0, i < shown.length - 1, half),
    ),
  );
  return h(
    "svg",
    { key: "network", class: "network", role: "img", "aria-label": record.label, width, height: ROW.height },
    h("defs", { key: "defs" }, h("marker", { id: "tip", viewBox: "0 0 8 8", refX: 6, refY: 4, markerWidth: 7, markerHeight: 7, orient: "auto" }, h("path", { d: "M0,0.5 L7,4 L0,7.5 Z", fill: "context-stroke" }))),
    columns,
    record.end && ending(record.end, at(shown.length), step),
  );
}

// --- The draw strips

function strip(segments, chosen, rejected, from, to, width, height, key) {
  const x = (value) => ((value - from) / (to - from)) * width;
  let low = from;
  return segments.map(([high, label, kind], i) => {
    const [left, wide] = [x(low), x(high) - x(low)];
    low = high;
    const mark = i === chosen ? (rejected ? "chosen rejected" : "chosen") : "";
    return h(
      "g",
      { key: `${key} ${i}`, class: `segment ${kind} ${mark} ${i % 2 ? "odd" : ""}` },
      h("title", {}, label),
      h("rect", { x: left, y: 0, width: Math.max(wide - (wide > 3 ? 1 : 0), 0.5), height }),
      wide > 26 && h("text", { x: left + wide / 2, y: height / 2 + 5, "font-size": 14 }, fitted(label, wide - 6, 14)),
    );
  });
}

const needle = (x, height, key) => h("g", { key, class: "needle", style: `transform: translate(${x}px, 0)` }, h("path", { d: `M-6,-9 H6 L0,1 Z M0,0 V${height + 5}` }));

function drawPart(record, width, step) {
  if (!record) return [];
  if (record.sentence) return [h("p", { key: "sentence", class: "sentence" }, record.sentence)];
  const parts = record.strips.map((one, j) =>
    h(
      "div",
      { key: `${step} ${one.caption}`, class: `draw ${one.rejected ? "rejected" : ""}` },
      h("div", { class: "caption" }, h("b", { dir: "auto" }, one.caption), h("span", {}, one.range)),
      h(
        "svg",
        { width, height: 42, viewBox: `0 -10 ${width} 42` },
        h("defs", { key: "defs" }, hatching()),
        strip(one.segments, one.chosen, one.rejected, 0, 1, width, 28, "s"),
        one.u != null && needle(one.u * width, 28, "needle"),
      ),
    ),
  );
  if (record.more) parts.splice(2, 0, h("div", { key: "more", class: "more" }, record.more));
  if (record.lens) parts.push(lens(record.lens, width, record.strips.at(-1).rejected, step));
  return parts;
}

const hatching = () =>
  h("pattern", { id: "hatch", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, h("rect", { width: 8, height: 8, class: "ground" }), h("rect", { width: 3.5, height: 8, class: "stripe" }));

function lens(record, width, rejected, step) {
  const at = ((record.u - record.low) / (record.high - record.low)) * width;
  return h(
    "div",
    { key: `lens ${step}`, class: "lens" },
    h(
      "svg",
      { width, height: 62, viewBox: `0 -22 ${width} 62` },
      h("defs", { key: "defs" }, hatching()),
      h("path", { key: "beam", class: "beam", d: `M${record.low * width},-22 L0,0 H${width} L${record.high * width},-22 Z` }),
      strip(record.segments, record.chosen, rejected, record.low, record.high, width, 34, "s"),
      needle(at, 34, "needle"),
    ),
    h("div", { class: "zoom" }, record.zoom),
  );
}

// --- Presses: counted from 1, kept until Python acknowledges them, so that none is lost and none acts twice. They go
// --- out as a trigger, not as state: Streamlit repeats state when a session moves to another server.

const presses = { mount: Math.random().toString(36).slice(2), made: 0, waiting: [], underWay: false, timer: 0, send: null };

function press(action, argument = 0) {
  presses.waiting.push([++presses.made, action, argument]);
  if (!presses.underWay) sendPresses();
}

function sendPresses() {
  clearTimeout(presses.timer);
  presses.underWay = presses.waiting.length > 0;
  if (!presses.underWay || !presses.send) return;
  presses.send("presses", { mount: presses.mount, items: presses.waiting });
  presses.timer = setTimeout(sendPresses, 2000); // the answer got lost, say with the connection
}

function acknowledge(ack) {
  if (ack?.mount !== presses.mount) return;
  const before = presses.waiting.length;
  presses.waiting = presses.waiting.filter(([n]) => n > ack.n);
  if (presses.waiting.length < before) sendPresses();
}

const KEYS = { ArrowRight: "step", ArrowLeft: "back", ArrowDown: "phase", " ": "play", Home: "start", End: "end", "?": "help" };
const OWN_KEYS = "input:not([type=checkbox]):not([type=button]), textarea, select, [contenteditable]:not([contenteditable=false]), " +
  "[role=slider], [role=radio], [role=spinbutton], [role=textbox], [role=combobox], [role=listbox], [role=option], [role=menu], [role=menuitem], [role=tab]";

function onKey(event) {
  const action = KEYS[event.key];
  const focused = event.composedPath()[0];
  if (!action || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.shiftKey && action !== "help") return;
  if (document.querySelector("[role=dialog], [aria-modal=true]")) return;
  if (focused instanceof Element && focused.closest(OWN_KEYS)) return;
  if (event.key === " " && focused instanceof Element && focused.closest("button, a, summary, input, [role=button], [role=switch]")) return;
  event.preventDefault();
  // a key held down goes on as fast as steps are painted, and stops when it is let go
  if (!event.repeat || (!presses.waiting.length && action !== "play")) press(action);
}

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

// --- Mounting

const mounts = new WeakMap(); // where a part stands -> its root element and latest data

function draw(mounted) {
  const { root, data } = mounted;
  const width = root.clientWidth;
  if (!width) return; // not laid out yet; the observer calls again
  root.dataset.step = data.step;
  const dark = isDark(root);
  root.className = `stage ${data.part} ${dark ? "dark" : "light"}`;
  if (data.part === "draw") return patch(root, drawPart(data.strip, width, data.step));
  patch(root, [h("div", { key: "top", class: "top" }, tokenStrip(data.strip), notes(data)), network(data.network, width)]);
  keepInView(root.querySelector(".strip"), root.querySelector("[aria-current]"));
}

function isDark(root) {
  pen.fillStyle = "#ffffff";
  pen.fillStyle = getComputedStyle(root).getPropertyValue("--st-background-color").trim() || "#ffffff";
  const [red, green, blue] = [1, 3, 5].map((i) => parseInt(pen.fillStyle.slice(i, i + 2), 16));
  return 0.3 * red + 0.6 * green + 0.1 * blue < 128;
}

function keepInView(strip, chip) {
  if (!chip) return;
  const left = chip.offsetLeft - strip.offsetLeft;
  const hidden = left < strip.scrollLeft || left + chip.offsetWidth + 60 > strip.scrollLeft + strip.clientWidth;
  if (hidden) strip.scrollLeft = left - strip.clientWidth * 0.7;
}

function mountAt(parentElement) {
  const root = document.createElement("div");
  parentElement.appendChild(root);
  const mounted = { root, data: null };
  mounted.observer = new ResizeObserver(() => mounted.data && draw(mounted));
  mounted.observer.observe(root);
  root.addEventListener("click", (event) => {
    const target = event.target.closest("[data-show]");
    if (target) press("show", Number(target.dataset.show));
  });
  mounts.set(parentElement, mounted);
  return mounted;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const mounted = mounts.get(parentElement) ?? mountAt(parentElement);
  mounted.data = data;
  draw(mounted);
  if (data.part === "run") {
    presses.send = setTriggerValue;
    window.addEventListener("keydown", onKey); // the same function: added once, however often
    if (data.query != null && data.query !== link.wanted) writeLink(data.query);
    acknowledge(data.ack);
  }
  // Streamlit also cleans up calls that newer data has overtaken; only leaving the page ends a part.
  return () => {
    if (parentElement.isConnected) return;
    mounted.observer.disconnect();
    mounts.delete(parentElement);
    if (data.part !== "run" || presses.send !== setTriggerValue) return;
    presses.send = null;
    clearTimeout(presses.timer);
    clearTimeout(link.timer);
    window.removeEventListener("keydown", onKey);
  };
}
