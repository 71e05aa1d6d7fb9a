// What all pictures are drawn with. Python builds the records (engine/figures/records.py), the front end draws them and
// decides nothing; the files of a page are joined into one module (engine/ui/front_end.py). Text is only ever set as text.

const SVG = "http://www.w3.org/2000/svg";

// --- Drawing: a picture is a list of h(...), patched into what already stands there, so that elements keep their
// --- identity (and their transitions) from step to step.

/**
 * @typedef {{tag: string, attributes: Attributes, children: (Shape | string | number)[]}} Shape
 * @typedef {Record<string, string | number | boolean | null | undefined>} Attributes
 * @typedef {Shape | string | number | boolean | null | undefined} Drawn what is empty is left out
 * @typedef {(Drawn | Drawn[] | Drawing)[]} Drawing
 */

/** @type {(tag: string, attributes?: Attributes, ...children: Drawing) => Shape} */
const h = (tag, attributes = {}, ...children) => ({ tag, attributes, children: drawn(children) });

/** @type {(drawing: Drawing) => (Shape | string | number)[]} */
const drawn = (drawing) => /** @type {any[]} */ (drawing.flat(3)).filter((one) => one != null && typeof one !== "boolean" && one !== "");

/** @type {(parent: Element, drawing: Drawing) => void} */
function patch(parent, drawing) {
  const wanted = drawn(drawing);
  /** @type {Map<string | undefined, any>} */
  const kept = new Map();
  for (const child of [...parent.childNodes]) kept.set(child.stageKey, child);
  wanted.forEach((one, i) => {
    const key = typeof one === "object" ? `${one.tag} ${one.attributes.key ?? i}` : `text ${i}`;
    const node = kept.get(key) ?? made(one, parent);
    node.stageKey = key;
    kept.delete(key);
    if (parent.childNodes[i] !== node) parent.insertBefore(node, parent.childNodes[i] ?? null);
    if (typeof one !== "object") {
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

/** @type {(one: Shape | string | number, parent: Element) => Node} */
function made(one, parent) {
  if (typeof one !== "object") return document.createTextNode("");
  return one.tag === "svg" || parent.namespaceURI === SVG ? document.createElementNS(SVG, one.tag) : document.createElement(one.tag);
}

/** @type {(data: {undrawable: string}) => Drawing} what stands in place of a picture that cannot be drawn */
const undrawable = (data) => [h("p", { key: "undrawable", class: "sentence", role: "alert" }, data.undrawable)];
