// The stage's own pictures: token strip, unrolled network, draw strips; and the keys, presses and link of the page.
// Python builds the records (engine/figures), this file draws them and decides nothing. Text is only ever set as text.

const SVG = "http://www.w3.org/2000/svg";

// --- Drawing: a picture is a list of h(...), patched into what already stands there, so that elements keep their
// --- identity (and their transitions) from step to step.

const h = (tag, attributes = {}, ...children) => ({ tag, attributes, children: children.flat(3).filter((one) => one != null && one !== false && one !== "") });

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
const FONT = '"Source Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

function textWidth(text, size) {
  pen.font = `600 ${size}px ${FONT}`;
  return pen.measureText(text).width;
}

// `text` and its size in pixels, made to fit into `width`: first smaller, down to `least`, then cut with an ellipsis.
function fitted(text, width, size, least = size - 4) {
  while (size > least && textWidth(text, size) > width) size -= 1;
  const signs = [...text];
  if (textWidth(text, size) <= width) return { text, size };
  while (signs.length > 1 && textWidth(`${signs.join("")}…`, size) > width) signs.pop();
  return { text: `${signs.join("")}…`, size };
}

// --- The token strip

function tokenStrip(strip) {
  const jump = (to, key) => to && h("button", { key, class: "jump", type: "button", "data-show": to.t }, to.text);
  const invitation = [h("span", { class: "chip open", "aria-hidden": "true" }, h("span", { class: "card" }, h("span", { class: "token" }, "?"))), h("p", {}, strip.empty)];
  const chips = h("div", { key: "chips", class: "chips" }, strip.empty ? invitation : strip.chips.map(chipOf));
  return h("div", { key: "strip", class: "strip", role: "group", "aria-label": strip.label }, jump(strip.earlier, "earlier"), chips, jump(strip.later, "later"));
}

function chipOf(chip) {
  const attributes = {
    key: chip.t,
    type: "button",
    class: `chip ${chip.kind} ${chip.when} ${chip.origin} shade${chip.shade ?? ""}`,
    title: chip.title,
    "aria-label": chip.title,
    "aria-current": chip.when === "now" ? "step" : null,
    "data-show": chip.t,
  };
  return h(
    "button",
    attributes,
    h("span", { class: "over" }, chip.rejected && h("s", {}, chip.rejected), chip.sign && h("em", {}, chip.sign)),
    h("span", { class: "card" }, h("span", { class: "token", dir: "auto" }, chip.text), h("span", { class: "prob" }, chip.prob || "\u00a0")),
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

const ROW = { token: 15, y: 60, a: 107, x: 153, hot: 171, height: 180 }; // middles, pixels from above
const REACH = { feed: 1, predict: 2, draw: 3, back: 4, "": 4 }; // how far a column has come in each phase

function box(kind, x, y, width, height, label, size) {
  const fit = fitted(label, width - 10, size);
  return h(
    "g",
    { key: kind, class: kind, transform: `translate(${x},${y})` },
    h("rect", { x: -width / 2, y: -height / 2, width, height, rx: kind.startsWith("yhat") ? height / 2 : 7 }),
    h("text", { y: size * 0.35, "font-size": fit.size }, fit.text),
  );
}

const edge = (kind, d) => h("path", { key: kind, class: `edge ${kind}`, d, "marker-end": "url(#tip)" });

// One time step, its box a<t> in the middle at 0. `step`: pixels from column to column; `after`: the next column.
function column(one, step, isFirst, after) {
  const reach = one.when === "past" ? 4 : one.when === "next" ? 0 : REACH[one.lit];
  const [half, room] = [boxHalf(step), step - 36];
  const pill = Math.min(room, Math.max(56, textWidth(one.token, 18) + 26));
  const input = fitted(one.input, step - 44, 18);
  const from = one.t === 1 ? -half - 34 : half - step;
  const mid = step / 2; // the way back runs between the columns, and words leave it free
  const next = after && fitted(after.input, step - 44, 18);
  const meets = after && Math.min(step - textWidth(next.text, next.size) / 2 - 7, step - 26);
  const isOpen = !one.token && one.when === "now";
  return [
    edge("memory", `M${from},${ROW.a} H${-half - 3}`),
    isFirst && h("text", { key: "start", class: "start", x: from - 6, y: ROW.a + 6, "font-size": 17 }, one.t === 1 ? "a⟨0⟩ = 0" : one.before),
    edge("feeds", `M0,${ROW.x - 12} V${ROW.a + 24}`),
    edge("gives", `M0,${ROW.a - 20} V${ROW.y + 15}`),
    edge("falls", `M0,${ROW.y - 12} V${ROW.token + 18}`),
    after && edge("back", `M${(isOpen ? 44 : pill) / 2 + 2},${ROW.token} H${mid - 8} q8,0 8,8 V${ROW.x - 8} q0,8 8,8 H${meets}`),
    box("memory-box", 0, ROW.a, 2 * half, 40, one.a, 18),
    box(reach >= 2 || one.when === "next" ? "yhat" : "yhat waiting", 0, ROW.y, 60, 24, one.y, 15),
    one.token && box(`out ${one.kind} ${one.origin} ${one.struck ? "struck" : ""}`, 0, ROW.token, pill, 30, one.token, 18),
    isOpen && box("out open", 0, ROW.token, 44, 30, "?", 18),
    h("text", { key: "input", class: "input", y: ROW.x + 6, "font-size": input.size }, input.text),
    one.input && oneHot(one.hot),
    h("text", { key: "name", class: "name", x: -10, y: ROW.hot + 5, "font-size": 14 }, one.x),
  ];
}

const boxHalf = (step) => Math.min(38, step / 2 - 14);

// x<t> as a vector: one cell of it is 1, where the token stands in the vocabulary; none, for the zero vector.
function oneHot(hot) {
  return h("g", { key: "hot", class: "hot", transform: `translate(-6,${ROW.hot - 3})` }, h("rect", { width: 42, height: 7, rx: 1.5 }), hot != null && h("path", { d: `M${2 + 38 * hot},0 v7` }));
}

// A flag for <EOS>, a wall for the step limit.
function ending(end, x, step, width) {
  const isFlag = end.kind === "eos";
  const at = x - step + boxHalf(step) + 26;
  const label = isFlag ? x - step / 2 + 18 : at + 24;
  const fit = fitted(end.text, width - label - 4, 17, 10);
  return h(
    "g",
    { key: "end", class: `end ${end.kind}` },
    h("path", { class: "edge", "marker-end": "url(#tip)", d: isFlag ? `M${x - step + 42},${ROW.token} H${x - step / 2 + 3}` : `M${x - step + boxHalf(step) + 2},${ROW.a} H${at - 4}` }),
    isFlag
      ? h("path", { key: "flag", d: `M${x - step / 2 + 8},2 v76 m0,-75 h44 l-10,13 l10,13 h-44` })
      : h("path", { key: "wall", d: `M${at + 3},${ROW.a - 62} h11 v124 h-11 z` }),
    h("text", { x: label, y: isFlag ? 52 : ROW.a + 6, "font-size": fit.size }, fit.text),
  );
}

function network(record, width) {
  const left = width < 500 ? 130 : 140;
  const room = Math.max(2, Math.floor((width - left + 60) / (width < 500 ? 92 : 122))); // columns that fit
  const step = Math.min(150, (width - left + 56) / Math.max(room, 3));
  const shown = record.columns.slice(-(record.end ? Math.max(1, room - 1) : room));
  const columns = shown.map((one, i) => {
    const fed = shown[i - 1]?.lit === "back" || one.t === 1 ? "fed" : "";
    const attributes = { key: one.t, class: `column ${one.when} ${fed} lit-${one.lit || "all"}`, style: `transform: translate(${left + i * step}px, 0)` };
    return h("g", attributes, column(one, step, i === 0, shown[i + 1]));
  });
  const tip = h("marker", { id: "tip", viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 10, markerHeight: 10, markerUnits: "userSpaceOnUse", orient: "auto" }, h("path", { d: "M0,1 L9,5 L0,9 Z" }));
  return h(
    "svg",
    { key: "network", class: "network", role: "img", "aria-label": record.label, width, height: ROW.height },
    h("defs", { key: "defs" }, tip),
    h("text", { key: "cell", class: "cell", x: 4, y: ROW.a - 26, "font-size": 15 }, record.cell),
    columns,
    record.end && ending(record.end, left + shown.length * step, step, width),
  );
}

// --- The draw strips

// The segments from `from` to `to` over `width` pixels with the needle at `u`; labels stand where there is room.
function segments(record, from, to, width, height) {
  const x = (value) => ((value - from) / (to - from)) * width;
  const [rects, labels] = [[], []];
  let low = from;
  record.segments.forEach(([high, label, kind], i) => {
    const [left, wide] = [x(low), x(high) - x(low)];
    low = high;
    const mark = i === record.chosen ? (record.rejected ? "chosen rejected" : "chosen") : "";
    const attributes = { key: i, class: `segment ${kind} ${mark} ${i % 2 ? "odd" : ""}`, x: left, y: 0, width: Math.max(wide - (wide > 3 ? 1 : 0), 0.5), height };
    rects.push(h("rect", attributes, h("title", {}, label)));
    const short = kind === "run" ? label.split(" ")[0] : label;
    const text = [label, short].find((one) => textWidth(one, 14) < wide - 4) ?? (mark && wide >= 24 && label);
    if (text) labels.push(h("text", { key: `label ${i}`, class: `label ${kind} ${mark}`, x: left + wide / 2, y: height / 2 + 5, "font-size": 14 }, text));
  });
  const needle = record.u != null && h("g", { key: "needle", class: "needle", style: `transform: translate(${x(record.u)}px, 0)` }, h("path", { d: `M-7,-10 H7 L0,1 Z M0,0 V${height + 4}` }));
  return [rects, needle, labels];
}

const HATCH = { id: "hatch", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
const hatching = () => h("defs", { key: "defs" }, h("pattern", HATCH, h("rect", { width: 8, height: 8, class: "ground" }), h("rect", { width: 3.5, height: 8, class: "stripe" })));

function drawPart(record, width, step) {
  if (!record) return [];
  if (record.sentence) return [h("p", { key: "sentence", class: "sentence" }, record.sentence)];
  const parts = record.strips.map((one) =>
    h(
      "div",
      { key: `${step} ${one.caption}`, class: `draw ${one.rejected ? "rejected" : ""}` },
      h("div", { class: "caption" }, h("b", {}, one.caption), h("span", {}, one.range)),
      h("svg", { width, height: 42, viewBox: `0 -11 ${width} 42`, role: "img", "aria-label": `${one.caption} ${one.range}` }, hatching(), segments(one, 0, 1, width, 26)),
    ),
  );
  if (record.more) parts.splice(2, 0, h("div", { key: "more", class: "more" }, record.more));
  if (record.lens) parts.push(lens(record.lens, width, step));
  return parts;
}

// The neighbourhood of the needle, spread out below the last strip.
function lens(record, width, step) {
  const [low, high] = [record.low * width, record.high * width];
  const atLeft = low + high > width; // the label takes the side that the beam leaves free
  return h(
    "svg",
    { key: `lens ${step}`, class: "lens", width, height: 66, viewBox: `0 -26 ${width} 66`, "aria-hidden": "true" },
    hatching(),
    h("path", { key: "beam", class: "beam", d: `M${low},-26 L0,0 H${width} L${high},-26 Z` }),
    h("text", { key: "zoom", class: "zoom", x: atLeft ? 0 : width, y: -12, "font-size": 14, style: `text-anchor: ${atLeft ? "start" : "end"}` }, record.zoom),
    segments(record, record.low, record.high, width, 34),
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
  if (data.part === "draw") return patch(root, [h("div", { key: "title", class: "title" }, data.title), ...drawPart(data.strip, width, data.step)]);
  patch(root, [h("div", { key: "top", class: "top" }, tokenStrip(data.strip), notes(data)), network(data.network, width)]);
  keepInView(root.querySelector(".chips"));
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
