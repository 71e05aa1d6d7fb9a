// A picture of the stage, as it is saved: light, on white, with its caption; and the buttons that save it. The network and
// the draw are drawn by the stage's own code. Joined after dom.js,
// text_width.js, save.js and pictures.js.

const utf8 = new TextDecoder();
// What style sheets may say of a shape; a file has no style sheet.
const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "font-size", "font-weight", "text-anchor", "text-decoration-line", "paint-order", "visibility"];

// Draws as the stage does, out of sight and in the light theme, for `take` to make a copy of it.
/** @type {<Taken>(draw: (stage: Stage) => Drawing, width: number, take: (root: HTMLElement) => Taken) => Taken} */
function outOfSight(draw, width, take) {
  const stage = window.sequenceStage;
  if (!stage?.sheet) throw new Error("the stage's code is not there yet");
  const host = document.createElement("div");
  host.style.cssText = `position: fixed; left: -20000px; top: 0; width: ${width}px; --st-text-color: ${colour("dark-ink")}; --st-background-color: #fff`;
  const root = document.createElement("div");
  root.className = "stage light";
  const inside = host.attachShadow({ mode: "open" });
  inside.adoptedStyleSheets = [stage.sheet];
  inside.append(root);
  document.body.append(host);
  try {
    patch(root, draw(/** @type {Stage} */ (stage)));
    return take(root);
  } finally {
    host.remove();
  }
}

// A copy of a drawing that stands in the page, with the looks that it has there as attributes.
/** @type {(drawn: SVGElement, width: number, height: number) => SVGElement} */
function styled(drawn, width, height) {
  const copy = /** @type {SVGElement} */ (drawn.cloneNode(true));
  const [from, to] = [drawn, copy].map((root) => [root, .../** @type {NodeListOf<SVGElement>} */ (root.querySelectorAll("*"))]);
  from.forEach((one, i) => {
    const looks = getComputedStyle(one);
    for (const name of LOOKS) {
      const value = looks.getPropertyValue(name).replace(/^url\("(.*)"\)$/, "url($1)");
      if (value && value !== "none" && value !== "normal") to[i].setAttribute(name === "text-decoration-line" ? "text-decoration" : name, value);
      else if (name === "fill") to[i].setAttribute(name, "none");
    }
    // what only browsers know: a place by style, and a tip in the colour of its line
    const moved = /translate\(([-\d.e]+)(?:px)?(?:, *([-\d.e]+)(?:px)?)?\)/.exec(one.style.transform);
    if (moved) to[i].setAttribute("transform", `translate(${moved[1]},${moved[2] ?? 0})`);
    if (one.closest("marker") && one.tagName === "path") to[i].setAttribute("fill", colour("line"));
    for (const name of ["class", "style", "role", "aria-label", "data-strip"]) to[i].removeAttribute(name);
  });
  for (const [name, value] of Object.entries({ width, height, overflow: "visible" })) copy.setAttribute(name, String(value));
  return copy;
}

/** @typedef {{one: SVGElement, height: number}[]} Parts one below the other */

/** @type {(svg: SVGSVGElement) => Parts[number]} a drawing that begins above its own top edge is moved down */
function partOf(svg) {
  const box = svg.viewBox.baseVal;
  const copy = styled(svg, box.width, box.height);
  return { one: copy, height: box.height };
}

/** @type {(record: Network | TeacherForcedNetwork, width: number) => Parts} */
const theNetwork = (record, width) =>
  outOfSight((stage) => [stage.network(record, { label: "", choices: [], edit: "" }, width)], width, (root) => [...root.querySelectorAll("svg")].map(partOf));

// The words above a strip, which are HTML on the page.
/** @type {(left: string, right: string, width: number) => Parts[number]} */
function words(left, right, width) {
  const group = shape("g", {});
  group.append(shape("text", { y: 14, "font-size": 15, "font-weight": 700, fill: colour("dark-ink") }, left));
  group.append(shape("text", { y: 14, x: width, "font-size": 13, "text-anchor": "end", fill: colour("dark-ink") }, right));
  return { one: group, height: 19 };
}

/** @type {(record: DrawStrips, width: number) => Parts} */
const theStrips = (record, width) =>
  outOfSight((stage) => stage.drawStrips(record, width, 0), width, (root) =>
    [...root.children].flatMap((child) => {
      const svg = child instanceof SVGSVGElement ? child : child.querySelector("svg");
      const [left, right] = [child.querySelector(".caption b"), child.querySelector(".caption span")].map((one) => one?.textContent ?? "");
      const said = left ? [words(left, right, width)] : child instanceof SVGElement ? [] : [words(child.textContent ?? "", "", width)];
      return svg ? [...(left ? said : []), partOf(svg)] : said;
    }),
  );

// The chips of the tokens that are out, in lines.
/** @type {(strip: TokenStrip, width: number) => Parts} */
function theTokens(strip, width) {
  const [lines, high] = [/** @type {SVGElement[]} */ ([]), 66];
  let x = 0;
  for (const chip of strip.chips.filter((one) => one.when !== "future")) {
    const over = [chip.changed && `${chip.changed} →`, chip.rejected, chip.sign].filter(Boolean).join(" ");
    const wide = WIDER * Math.max(24, textWidth(chip.text, 21), textWidth(chip.prob, 14), textWidth(over, 14) - 10) + 14;
    if (!lines.length || x + wide > width) {
      lines.push(shape("g", {}));
      x = 0;
    }
    const [eos, middle] = [chip.kind === "eos", x + wide / 2];
    const ground = eos ? colour("green") : chip.shade == null ? "none" : colour(`shade${chip.shade}`);
    const border = chip.kind === "unk" ? colour("vermilion") : colour("dash");
    /** @type {Record<string, string | number>} */
    const dashed = chip.origin !== "drawn" || chip.kind !== "token" ? { stroke: border, "stroke-width": 2, "stroke-dasharray": "5 3" } : {};
    const text = { x: middle, "text-anchor": "middle", fill: eos ? "#fff" : colour("dark-ink") };
    const line = lines[lines.length - 1];
    if (over) line.append(shape("text", { ...text, y: 12, "font-size": 14, "font-weight": 600, fill: chip.rejected ? colour("no") : colour("dark-ink"), "text-decoration": chip.rejected && !chip.changed ? "line-through" : "none" }, over));
    line.append(shape("rect", { x, y: 18, width: wide, height: 43, rx: 8, fill: ground, ...dashed }));
    line.append(shape("text", { ...text, y: 39, "font-size": 21, "xml:space": "preserve" }, chip.text));
    line.append(shape("text", { ...text, y: 56, "font-size": 14 }, chip.prob));
    x += wide + 6;
  }
  return lines.map((one) => ({ one, height: high }));
}

/** @type {(part: PicturePart) => Promise<Drawn2>} */
async function thePicture({ kind, record, width, caption }) {
  if (kind === "chart") return theChart(record, width, caption);
  const read = JSON.parse(record);
  const parts = kind === "network" ? theNetwork(read, width) : kind === "strips" ? theStrips(read, width) : theTokens(read, width);
  return page(parts, width, caption);
}

/** @type {(part: PicturePart, root: HTMLElement) => Promise<void>} */
async function showPicture(part, root) {
  try {
    const drawn = await thePicture(part);
    if (root.dataset.wanted !== part.record + part.caption) return; // a later picture is there already
    const address = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(drawn.svg)}`;
    const buttons = part.buttons.map(([kind, label, help]) => h("button", { key: kind, type: "button", title: help, "data-kind": kind }, label));
    patch(root, [h("img", { key: "img", src: address, alt: part.caption, width: drawn.width, height: drawn.height }), h("div", { key: "buttons", class: "files" }, buttons)]);
    root.onclick = async ({ target }) => {
      const kind = target instanceof Element && /** @type {HTMLElement?} */ (target.closest("[data-kind]"))?.dataset.kind;
      if (kind) save(kind === "svg" ? new Blob([drawn.svg], { type: "image/svg+xml" }) : await png(drawn), `${part.name}.${kind}`);
    };
  } catch (error) {
    console.error(error);
    patch(root, undrawable(part)); // rather than the picture before, which is of another moment
  }
}

/** @param {Component<Uint8Array>} component */
export default ({ data, parentElement }) => {
  const part = /** @type {PicturePart} */ (JSON.parse(utf8.decode(data)));
  let root = /** @type {HTMLElement?} */ (parentElement.querySelector(".picture"));
  if (!root) {
    root = document.createElement("div");
    root.className = "picture";
    parentElement.appendChild(root);
  }
  if (root.dataset.wanted === part.record + part.caption) return;
  root.dataset.wanted = part.record + part.caption;
  showPicture(part, root);
};
