// --- The token strip

/** @type {(strip: TokenStrip) => Shape} */
function tokenStrip(strip) {
  /** @type {(to: Jump | null, key: string) => Drawn} */
  const jump = (to, key) => to && h("button", { key, class: "jump", type: "button", "data-show": to.t }, to.text);
  const invitation = [h("span", { class: "chip open", "aria-hidden": "true" }, h("span", { class: "card" }, h("span", { class: "token" }, "?"))), h("p", {}, strip.empty)];
  const stop = strip.chips.find((chip) => chip.when === "now") ?? strip.chips[0]; // the strip's one Tab stop (roving.js)
  const chips = h("div", { key: "chips", class: "chips" }, strip.empty ? invitation : strip.chips.map((chip) => chipOf(chip, chip === stop)));
  return h("div", { key: "strip", class: "strip", role: "group", "aria-label": strip.label }, jump(strip.earlier, "earlier"), chips, jump(strip.later, "later"));
}

/** @type {(chip: Chip, isStop: boolean) => Shape} */
function chipOf(chip, isStop) {
  const attributes = {
    key: chip.t,
    type: "button",
    class: `chip ${chip.kind} ${chip.when} ${chip.origin} shade${chip.shade ?? ""}`,
    title: chip.title,
    "aria-label": chip.title,
    "aria-current": chip.when === "now" ? "step" : null,
    "data-show": chip.t,
    tabindex: isStop ? 0 : -1,
  };
  return h(
    "button",
    attributes,
    h("span", { class: "over" }, chip.changed && h("b", {}, `${chip.changed} →`), chip.rejected && h("s", {}, chip.rejected), chip.sign && h("em", {}, chip.sign)),
    h("span", { class: "card" }, h("span", { class: "token", dir: "auto" }, chip.text), h("span", { class: "prob" }, chip.prob || "\u00a0")),
  );
}

/** @type {(lines: string[], strip: TokenStrip | null) => Shape} */
function notes(lines, strip) {
  const swatches = [0, 1, 2, 3, 4].map((shade) => h("i", { class: `shade${shade}` }));
  return h(
    "div",
    { key: "notes", class: "notes" },
    lines.map((line) => h("div", {}, line)),
    strip && h("div", { class: "scale", "aria-hidden": "true" }, `${strip.scale[0]} `, swatches, ` ${strip.scale[1]}`),
  );
}
