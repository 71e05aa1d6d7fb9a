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
