// --- The unrolled network

const ROW = { token: 15, y: 56, a: 99, x: 142, hot: 159, height: 168 }; // middles, pixels from above
const BOX = 36; // height of a<t>
/** @typedef {Column | TeacherForcedColumn} AnyColumn */

/** @type {Record<string, number>} */
const REACH = { feed: 1, predict: 2, draw: 3, back: 4, "": 4 }; // how far a column has come in each phase

/** @type {(kind: string, x: number, y: number, width: number, height: number, label: string, size: number) => Shape} */
function box(kind, x, y, width, height, label, size) {
  const fit = fitted(label, width - 10, size);
  return h(
    "g",
    { key: kind, class: kind, transform: `translate(${x},${y})` },
    h("rect", { x: -width / 2, y: -height / 2, width, height, rx: kind.startsWith("yhat") ? height / 2 : 7 }),
    h("text", { y: size * 0.35, "font-size": fit.size }, fit.text),
  );
}

/** @type {(kind: string, d: string) => Shape} */
const edge = (kind, d) => h("path", { key: kind, class: `edge ${kind}`, d, "marker-end": "url(#tip)" });

// One time step, its box a<t> in the middle at 0. `step`: pixels from column to column; `after`: the next column.
/** @type {(one: Column, step: number, isFirst: boolean, after: AnyColumn | undefined, left: number) => Drawing} */
function column(one, step, isFirst, after, left) {
  const reach = one.when === "past" ? 4 : one.when === "next" ? 0 : REACH[one.lit];
  const [half, room] = [boxHalf(step), step - 36];
  const pill = Math.min(room, Math.max(56, textWidth(one.token, 18) + 26));
  const input = fitted(one.input, step - 44, 18);
  const mid = step / 2; // the way back runs between the columns, and words leave it free
  const next = fitted(after?.input ?? "", step - 44, 18);
  const meets = Math.min(step - textWidth(next.text, next.size) / 2 - 7, step - 26);
  const isOpen = !one.token && one.when === "now";
  return [
    memory(one, step, isFirst, left),
    edge("feeds", `M0,${ROW.x - 12} V${ROW.a + BOX / 2 + 4}`),
    edge("gives", `M0,${ROW.a - BOX / 2} V${ROW.y + 15}`),
    edge("falls", `M0,${ROW.y - 12} V${ROW.token + 18}`),
    after && edge("back", `M${(isOpen ? 44 : pill) / 2 + 2},${ROW.token} H${mid - 8} q8,0 8,8 V${ROW.x - 8} q0,8 8,8 H${meets}`),
    box("memory-box", 0, ROW.a, 2 * half, BOX, one.a, 18),
    box(reach >= 2 || one.when === "next" ? "yhat" : "yhat waiting", 0, ROW.y, 60, 24, one.y, 15),
    one.token && box(`out ${one.kind} ${one.origin} ${one.struck ? "struck" : ""}`, 0, ROW.token, pill, 30, one.token, 18),
    isOpen && box("out open", 0, ROW.token, 44, 30, "?", 18),
    h("text", { key: "input", class: "input", y: ROW.x + 6, "font-size": input.size }, input.text),
    one.input && oneHot(one.hot),
    h("text", { key: "name", class: "name", x: -10, y: ROW.hot + 5, "font-size": 14 }, one.x),
  ];
}

// a<t-1> comes in from the left; on the first column in sight, `left` pixels from the edge, it says what it is.
/** @type {(one: Names, step: number, isFirst: boolean, left: number) => Drawing} */
function memory(one, step, isFirst, left) {
  const name = one.t === 1 ? "a⟨0⟩ = 0" : one.before;
  const between = one.t === 1 ? -boxHalf(step) - 34 : boxHalf(step) - step;
  const from = isFirst ? Math.max(between, textWidth(name, 17) + 8 - left) : between;
  return [
    edge("memory", `M${from},${ROW.a} H${-boxHalf(step) - 3}`),
    isFirst && h("text", { key: "start", class: "start", x: from - 6, y: ROW.a + 6, "font-size": 17 }, name),
  ];
}

/** @type {(step: number) => number} */
const boxHalf = (step) => Math.min(38, step / 2 - 14);

// x<t> as a vector: one cell of it is 1, where the token stands in the vocabulary; none, for the zero vector.
/** @type {(hot: number | null) => Shape} */
function oneHot(hot) {
  return h("g", { key: "hot", class: "hot", transform: `translate(-6,${ROW.hot - 3})` }, h("rect", { width: 42, height: 7, rx: 1.5 }), hot != null && h("path", { d: `M${2 + 38 * hot},0 v7` }));
}

// A flag for <EOS>, a wall for the step limit.
/** @type {(end: End, x: number, step: number, width: number) => Shape} */
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

// The same step in training: from the band of the true text below, x<t> goes in; above, y<t> is held against yhat<t>.
/** @type {(one: TeacherForcedColumn, step: number, isFirst: boolean, left: number) => Drawing} */
function teacherForcedColumn(one, step, isFirst, left) {
  const half = boxHalf(step);
  const input = fitted(one.input, step - 20, 18);
  const said = [`“${one.best}”`, one.best].map((best) => `${one.y} ${best} ${one.hit ? "✓" : "✗"}`);
  const yhat = !one.best ? one.y : said[textWidth(said[0], 15) < step - 26 ? 0 : 1];
  const loss = fitted(one.loss, step - 16, 15, 10);
  const wide = one.prob ? textWidth(one.prob, 14) + 7 : 0;
  const share = fitted(one.token, step - 24 - wide, 18, 12).text === one.token ? wide : 0; // the token before its P
  const token = fitted(one.token, step - 24 - share, 18, 12);
  const pill = textWidth(token.text, token.size) + share + 20;
  return [
    memory(one, step, isFirst, left),
    edge("feeds", `M0,${ROW.x - 14} V${ROW.a + BOX / 2 + 4}`),
    edge("gives", `M0,${ROW.a - BOX / 2} V${ROW.y + 15}`),
    !one.loss && edge("falls", `M0,${ROW.y - 12} V${ROW.token + 12}`), // the loss takes its place
    box("memory-box", 0, ROW.a, 2 * half, BOX, one.a, 18),
    box(one.best || one.when === "next" ? "yhat" : "yhat waiting", 0, ROW.y, Math.min(step - 16, Math.max(60, textWidth(yhat, 15) + 20)), 24, yhat, 15),
    h(
      "g",
      { key: "true", class: `true ${one.kind}`, transform: `translate(0,${ROW.token})` },
      h("rect", { x: -pill / 2, y: -13, width: pill, height: 25, rx: 3 }),
      h("text", { y: 6 }, h("tspan", { key: "token", "font-size": token.size, class: "token" }, token.text), share > 0 && h("tspan", { key: "prob", dx: 7, "font-size": 14 }, one.prob)),
    ),
    one.loss && h("text", { key: "loss", class: "loss", y: ROW.y - 15, "font-size": loss.size }, loss.text),
    h("text", { key: "input", class: `input ${one.input_kind}`, y: ROW.x + 5, "font-size": input.size }, input.text),
    h("text", { key: "name", class: "source", y: ROW.hot + 3, "font-size": 14 }, one.source),
  ];
}

// The band of the true text under the boxes (x<1> = 0 does not belong to it), and what its losses come to.
/** @type {(record: TeacherForcedNetwork, shown: AnyColumn[], left: number, step: number) => Drawing} */
function theText(record, shown, left, step) {
  const from = shown[0].t === 1 ? left + step / 2 : left - boxHalf(step) - 8;
  const wide = left + (shown.length - 0.5) * step - 3 - from;
  return [
    wide > 0 && h("rect", { key: "band", class: "band", x: from, y: ROW.x - 13, width: wide, height: 37, rx: 4 }),
    record.totals.map((line, i) => h("text", { key: `total ${i}`, class: "total", x: 4, y: ROW.y + 10 + 19 * i, "font-size": fitted(line, 84, 16, 11).size }, line)),
  ];
}

/** @type {(record: Switch) => Shape} */
const switchOf = (record) =>
  h(
    "div",
    { key: "switch", class: "switch", role: "group", "aria-label": record.label },
    record.choices.map(([label, argument, on]) => h("button", { key: argument, type: "button", "aria-pressed": on, "data-press": "trained", "data-argument": argument }, label)),
    record.edit && h("button", { key: "edit", class: "edit", type: "button", "data-press": "text" }, record.edit),
  );

/** @type {(record: Network | TeacherForcedNetwork, choice: Switch | null, width: number) => Shape} */
function network(record, choice, width) {
  const picture = record.teacher_forced && record.empty ? h("p", { key: "empty", class: "empty" }, record.empty) : unrolled(record, width);
  return h("div", { key: "net", class: record.teacher_forced ? "net teacher_forced" : "net" }, choice && switchOf(choice), picture);
}

// Which of the columns are shown where only `room` fit: the last ones, and in training the one after t at least.
/** @type {(record: Network | TeacherForcedNetwork, room: number) => AnyColumn[]} */
function inSight(record, room) {
  if (!record.teacher_forced) return record.columns.slice(-(record.end ? Math.max(1, room - 1) : room));
  const now = record.columns.findLastIndex((one) => one.when !== "next");
  const first = Math.max(0, Math.min(now + 2, record.columns.length) - room);
  return record.columns.slice(first, first + room);
}

/** @type {(record: Network | TeacherForcedNetwork, width: number) => Shape} */
function unrolled(record, width) {
  const left = width < 500 ? 130 : 140;
  const room = Math.max(2, Math.floor((width - left + 60) / (width < 500 ? 92 : 122))); // columns that fit
  const step = Math.min(150, (width - left + 56) / Math.max(room, 3));
  const shown = inSight(record, room);
  const columns = shown.map((one, i) => {
    const fed = shown[i - 1]?.lit === "back" || one.t === 1 ? "fed" : "";
    const attributes = { key: one.t, class: `column ${one.when} ${fed} lit-${one.lit || "all"}`, style: `transform: translate(${left + i * step}px, 0)` };
    return h("g", attributes, "best" in one ? teacherForcedColumn(one, step, i === 0, left) : column(one, step, i === 0, shown[i + 1], left));
  });
  const tip = h("marker", { id: "tip", viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 10, markerHeight: 10, markerUnits: "userSpaceOnUse", orient: "auto" }, h("path", { d: "M0,1 L9,5 L0,9 Z" }));
  return h(
    "svg",
    { key: "network", class: "network", role: "img", "aria-label": record.label, viewBox: `0 0 ${width} ${ROW.height}` },
    h("defs", { key: "defs" }, tip),
    h("text", { key: "cell", class: "cell", x: 4, y: ROW.a + (record.teacher_forced ? 27 : -26), "font-size": 15 }, record.cell),
    record.teacher_forced && theText(record, shown, left, step),
    columns,
    !record.teacher_forced && record.end && ending(record.end, left + shown.length * step, step, width),
  );
}
