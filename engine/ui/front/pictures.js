// Pictures to take away, as SVG and PNG: drawn in the light theme, whatever theme the page has, on white, with the caption
// below. The record or the figure is in the page already, so that a file asks no server for anything. Joined after dom.js,
// text_width.js and save.js.

const GAP = 14; // pixels around a picture
const LINE = { size: 14, height: 19 }; // of a caption
const PNG_SCALE = 3; // dots of a PNG for each pixel: 2,300 across, enough for a column of a paper
// A colour of theme.py as the light theme has it: the page declares all of them.
const colour = (/** @type {string} */ name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
// A file has no fonts of the page's own: Latin letters in what is everywhere, Chinese ones in what each system has.
const FILE_FONT = '"Source Sans 3", "Noto Sans", "Helvetica Neue", Arial, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';
const WIDER = 1.15; // than the page's own font, at most

/** @typedef {{svg: string, width: number, height: number}} Drawn2 a picture as it stands in a file */

/** @type {(text: string, width: number) => string[]} a paragraph in lines; Chinese breaks at any letter, not before a stop */
function wrapped(text, width) {
  const lines = [""];
  for (const piece of text.match(/[\u2e80-\uffef][，。；：、！？）”]*|[^\s\u2e80-\uffef]+[，。；：、！？）]*\s*|\s+/g) ?? []) {
    const last = lines.length - 1;
    if (lines[last] && WIDER * textWidth(lines[last] + piece.trimEnd(), LINE.size) > width) lines.push(piece.trimStart());
    else lines[last] += piece;
  }
  return lines;
}

/** @type {(tag: string, attributes: Record<string, string | number>, text?: string) => SVGElement} */
function shape(tag, attributes, text) {
  const one = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, String(value));
  if (text != null) one.textContent = text;
  return one;
}

// Parts one below the other, and the caption under them, as one file.
/** @type {(parts: {one: SVGElement, height: number}[], width: number, caption: string) => Drawn2} */
function page(parts, width, caption) {
  const [wide, lines] = [width + 2 * GAP, caption.split("\n").flatMap((paragraph) => wrapped(paragraph, width))];
  const root = shape("svg", { xmlns: SVG, "font-family": FILE_FONT });
  root.append(shape("title", {}, caption));
  const ground = shape("rect", { width: wide, fill: "#fff" });
  root.append(ground);
  let y = GAP;
  for (const { one, height } of parts) {
    const place = shape("g", { transform: `translate(${GAP},${y})` });
    place.append(one);
    root.append(place);
    y += height;
  }
  y += 8;
  for (const line of lines) {
    y += LINE.height;
    root.append(shape("text", { x: GAP, y: y - 5, "font-size": LINE.size, fill: colour("dark-ink") }, line));
  }
  const height = Math.ceil(y + GAP);
  ground.setAttribute("height", String(height));
  for (const [name, value] of Object.entries({ width: wide, height, viewBox: `0 0 ${wide} ${height}` })) root.setAttribute(name, String(value));
  return { svg: new XMLSerializer().serializeToString(root), width: wide, height };
}

// Plotly draws its own charts anew, from a figure in the colours of the light theme.
/** @type {(figure: string, width: number, caption: string) => Promise<Drawn2>} */
async function theChart(figure, width, caption) {
  if (!window.Plotly) await window.sequenceStage?.bringPlotly?.(); // no chart has been on this page yet
  const plotly = window.Plotly;
  if (!plotly) throw new Error("Plotly is not there yet");
  const { data, layout } = JSON.parse(figure);
  const height = layout.height ?? 360;
  const address = await plotly.toImage({ data, layout: { ...layout, width, height } }, { format: "svg", width, height });
  const text = decodeURIComponent(address.slice(address.indexOf(",") + 1));
  const one = /** @type {SVGElement} */ (/** @type {unknown} */ (new DOMParser().parseFromString(text, "image/svg+xml").documentElement));
  for (const text of /** @type {NodeListOf<SVGElement>} */ (one.querySelectorAll("[style*=font-family]"))) text.style.fontFamily = FILE_FONT;
  return page([{ one, height }], width, caption);
}

/** @type {(drawn: Drawn2) => Promise<Blob>} */
async function png({ svg, width, height }) {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  image.src = address;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: width * PNG_SCALE, height: height * PNG_SCALE });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))), "image/png"));
}
