// --- Predictions: chips laid on the bars before u falls, and the questions beside the draw. What lies where is kept in
// --- Python; a press says what is to be laid, taken back or answered.

/** @type {(data: PredictPart) => Drawing} */
function thePrediction(data) {
  const held = focused(); // the row with the focus stays the one that Tab leaves, and comes back to
  const stop = Math.max(0, data.rows.findIndex((row) => held?.matches(".lay") && held.dataset.argument === String(row.outcome)));
  return [
    h("div", { key: "rows", class: "rows", role: "group", "aria-label": data.label }, data.rows.map((row, i) => rowOf(row, i === stop))),
    h("p", { key: "placed", class: "placed", role: "status" }, data.placed),
    h("p", { key: "how" }, data.how),
  ];
}

// On a phone the rows stand far below what is said of the prediction once u has fallen.
function showTheScore() {
  const isPhone = window.matchMedia("(max-width: 640px)").matches;
  if (isPhone) document.querySelector(".narration:has(.predicted)")?.scrollIntoView({ block: "nearest" });
}

// The bar is a picture beside the words of its button; the chips lie on it.
/** @type {(row: PredictRow, isStop: boolean) => Shape} */
function rowOf(row, isStop) {
  const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(2)}%`;
  return h(
    "div",
    { key: row.outcome, class: `row ${row.kind}` },
    h(
      "button",
      { key: "lay", class: "lay", type: "button", title: row.title, "aria-label": row.title, "data-press": "lay", "data-argument": row.outcome, tabindex: isStop ? 0 : -1 },
      h("span", { class: "label", dir: "auto" }, row.label),
      h("span", { class: "number" }, row.number),
      h(
        "span",
        { class: "lane" },
        h("i", { class: `bar ${row.torn ? "torn" : ""}`, style: `width: ${percent(row.length)}` }),
        row.mark != null && h("i", { class: "mark", style: `left: ${percent(row.mark)}` }),
        h("span", { class: "chips-laid" }, Array.from({ length: row.chips }, () => h("i", {}))),
      ),
    ),
    row.back && h("button", { key: "back", class: "back", type: "button", title: row.back, "aria-label": row.back, "data-press": "take_back", "data-argument": row.outcome, tabindex: -1 }, "−"),
  );
}

// Up and down go through the rows; Enter and Space lay a chip, as they press any button; Backspace takes one back.
/** @type {(event: KeyboardEvent, root: HTMLElement) => void} */
function onRows(event, root) {
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(".lay"))];
  const here = rows.find((row) => event.target instanceof Node && row.contains(event.target));
  if (!here) return;
  rove(event, rows, "ArrowUp", "ArrowDown");
  if (!["Backspace", "Delete", "-"].includes(event.key)) return;
  event.preventDefault();
  press("take_back", Number(here.dataset.argument));
}

/** @type {(predict: Predict) => Shape} */
const predictSwitch = (predict) =>
  h("button", { key: "predict", class: "predict-switch", type: "button", title: predict.help, "aria-pressed": String(predict.on), "data-press": "predict" }, predict.label);

/** @type {(predict: Predict) => Drawn} */
const predictChoices = (predict) =>
  predict.choices.length > 0 &&
  h(
    "div",
    { key: "choices", class: "choices" },
    predict.choices.map((choice) =>
      h(
        "div",
        { key: choice.text, class: "choice", role: "group", "aria-label": choice.text },
        h("span", {}, choice.text),
        choice.options.map(([label, argument, on]) => h("button", { key: argument, type: "button", "aria-pressed": String(on), "data-press": choice.press, "data-argument": argument }, label)),
      ),
    ),
  );
