// --- The draw strips

// The segments from `from` to `to` over `width` pixels with the needle at `u`; labels stand where there is room. There can
// be hundreds, so all of one look are one path, and the name of the one under the mouse is looked up (`nameUnder`).
/** @type {(record: Segments, from: number, to: number, width: number, height: number) => Drawing} */
function segments(record, from, to, width, height) {
  const x = (/** @type {number} */ value) => ((value - from) / (to - from)) * width;
  const looks = new Map();
  /** @type {Shape[]} */
  const labels = [];
  let low = from;
  record.segments.forEach(([high, label, kind], i) => {
    const [left, wide] = [x(low), x(high) - x(low)];
    low = high;
    const mark = i === record.chosen ? (record.rejected ? "chosen rejected" : "chosen") : "";
    const look = `segment ${kind} ${mark || (i % 2 ? "odd" : "")}`;
    const across = Math.max(wide - (wide > 3 ? 1 : 0), 0.5);
    looks.set(look, `${looks.get(look) ?? ""}M${left},0h${across}v${height}h${-across}z`);
    const short = kind === "run" ? label.split(" ")[0] : label;
    const whole = wide > 12 && [label, short].find((one) => textWidth(one, 14) < wide - 4);
    const fit = whole ? { text: whole, size: 14 } : mark && wide >= 24 && fitted(label, wide - 8, 14, 10);
    if (fit) labels.push(h("text", { key: `label ${i}`, class: `label ${kind} ${mark}`, x: left + wide / 2, y: height / 2 + 5, "font-size": fit.size }, fit.text));
  });
  const chosen = (/** @type {string} */ look) => Number(look.includes("chosen")); // drawn last, over the others
  const paths = [...looks].sort(([one], [other]) => chosen(one) - chosen(other)).map(([look, d]) => h("path", { key: look, class: look, d }));
  const needle = record.u != null && h("g", { key: "needle", class: "needle", style: `transform: translate(${x(record.u)}px, 0)` }, h("path", { d: `M-7,-10 H7 L0,1 Z M0,0 V${height + 4}` }));
  return [h("title", { key: "title" }), paths, needle, labels];
}

// Gives a strip the name of its segment under the mouse as title.
/** @type {(event: MouseEvent, record: DrawStrips) => void} */
function nameUnder(event, record) {
  const strip = event.target instanceof Element && /** @type {SVGElement?} */ (event.target.closest("[data-strip]"));
  if (!strip) return;
  const one = strip.dataset.strip === "lens" ? record.lens : record.strips[Number(strip.dataset.strip)];
  const title = strip.querySelector("title");
  if (!one || !title) return;
  const { left, width } = strip.getBoundingClientRect();
  const [low, high] = "low" in one ? [one.low, one.high] : [0, 1];
  const value = low + ((event.clientX - left) / width) * (high - low);
  title.textContent = one.segments.find(([end]) => value < end)?.[1] ?? "";
}

// An id is there once in a part: all its strips use the pattern that the first one has.
const HATCH = { id: "hatch", width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" };
const hatching = () => h("defs", { key: "defs" }, h("pattern", HATCH, h("rect", { width: 8, height: 8, class: "ground" }), h("rect", { width: 3.5, height: 8, class: "stripe" })));

/** @type {(record: DrawStrips | null, width: number, step: number) => Drawing} */
function drawStrips(record, width, step) {
  if (!record) return [];
  if (record.sentence) return [h("p", { key: "sentence", class: "sentence" }, record.sentence)];
  const many = record.strips.length + (record.more ? 1 : 0) > 2; // then flatter, so that a lens and what is said of the draws stay on one screen
  const thick = many ? 15 : 22;
  const parts = record.strips.map((one, i) =>
    h(
      "div",
      { key: `${step} ${one.caption}`, class: `draw ${one.rejected ? "rejected" : ""} ${many ? "many" : ""}` },
      h("div", { class: "caption" }, h("b", {}, one.caption), h("span", {}, one.range)),
      h("svg", { "data-strip": i, viewBox: `0 -11 ${width} ${thick + 16}`, role: "img", "aria-label": `${one.caption} ${one.range}` }, i === 0 && hatching(), segments(one, 0, 1, width, thick)),
    ),
  );
  if (record.more) parts.unshift(h("div", { key: "more", class: "more" }, record.more));
  if (record.lens) parts.push(lens(record.lens, width, step, thick + 6));
  return parts;
}

// The neighbourhood of the needle, spread out below the last strip.
/** @type {(record: Lens, width: number, step: number, thick: number) => Shape} */
function lens(record, width, step, thick) {
  const [low, high] = [record.low * width, record.high * width];
  const atLeft = low + high > width; // the label takes the side that the beam leaves free
  return h(
    "svg",
    { key: `lens ${step}`, class: "lens", "data-strip": "lens", viewBox: `0 -22 ${width} ${thick + 27}`, "aria-hidden": "true" },
    h("path", { key: "beam", class: "beam", d: `M${low},-22 L0,0 H${width} L${high},-22 Z` }),
    h("text", { key: "zoom", class: "zoom", x: atLeft ? 0 : width, y: -9, "font-size": 14, style: `text-anchor: ${atLeft ? "start" : "end"}` }, record.zoom),
    segments(record, record.low, record.high, width, thick),
  );
}

// Lines of code that give the same draw again, folded; they stay open from step to step.
let numpyIsOpen = false;

/** @type {(event: Event) => void} */
function keepNumpyOpen({ target }) {
  numpyIsOpen = target instanceof HTMLDetailsElement && target.open;
}

/** @type {(lines: string[]) => Shape} */
const numpyLines = (lines) =>
  h(
    "details",
    { key: "numpy", class: "numpy", open: numpyIsOpen ? "" : null, hidden: lines.length ? null : "" },
    h("summary", {}, "numpy"),
    lines.map((line) => h("code", {}, line)),
  );
