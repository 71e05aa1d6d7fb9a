// What all pictures are drawn with. The files of this folder are joined into one module (engine/ui/stage_component.py):
// dom, token_strip, running_text, network, draw_strips, presses, link, stage. Python builds the records (engine/figures), they draw them
// and decide nothing. Text is only ever set as text.

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
