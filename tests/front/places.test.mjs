import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { FakeElement, inside, page } from "./load.mjs";

let front;

class Made extends FakeElement {
  childNodes = [];
  attributes = [];
  dataset = {};
  classList = { add: (name) => (this.className = `${this.className} ${name}`.trim()) };
  constructor(tag) {
    super(tag);
    this.tagName = tag.toUpperCase();
  }
  appendChild(child) {
    this.insertBefore(child, null);
  }
  append(...children) {
    for (const child of children) this.appendChild(child);
  }
  replaceChildren(...children) {
    this.childNodes = [];
    this.append(...children);
  }
  insertBefore(child, before) {
    child.parentNode = this;
    const i = this.childNodes.indexOf(before);
    this.childNodes.splice(i < 0 ? this.childNodes.length : i, 0, child);
  }
  remove() {
    if (this.parentNode) this.parentNode.childNodes = this.parentNode.childNodes.filter((one) => one !== this);
  }
  setAttribute(name, value) {
    this.attributes.push({ name, value });
  }
  getAttribute(name) {
    return this.attributes.find((one) => one.name === name)?.value ?? null;
  }
  hasAttribute(name) {
    return this.getAttribute(name) != null;
  }
}

/** Nodes as a parser of HTML gives them. */
const element = (tag, attributes, ...childNodes) => Object.assign(new Made(tag), { attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })), childNodes });
const text = (words) => ({ data: words, textContent: words });
const html = (node) => (node.tagName ? `<${[node.tagName, ...node.attributes.map(({ name, value }) => `${name}=${value}`)].join(" ")}>${node.childNodes.map(html).join("")}</>` : node.data);
const shown = (place) => place.childNodes.map((root) => root.childNodes.map(html).join("")).join("");

beforeEach(async () => {
  page();
  globalThis.document.createElement = (tag) => Object.assign(new Made(tag), { getContext: () => ({}) });
  globalThis.document.createTextNode = (words) => text(words);
  Object.assign(globalThis, { HTMLElement: Made, DOMParser: class { parseFromString = (nodes) => ({ body: { childNodes: nodes } }); } });
  front = await inside("stage", "show", "hide", "letGo", "presses");
});

afterEach(() => front.letGo());

const below = { strong: "", words: "click a bar", drawn: "" };
/** What a step sends; nothing of it can be seen of the run, which has no width here. */
const step = (t, more = {}) => ({ part: "step", step: t, query: null, deck: {}, ack: null, run: {}, heading: { words: `yhat ${t}` }, bars: null, narration: { html: [text(`at ${t}`)], look: "" }, ...more });
const told = (data, parentElement = new Made("run")) => {
  parentElement.getRootNode = () => ({ adoptedStyleSheets: [] });
  front.show({ data, parentElement, setTriggerValue() {} });
  return { data, parentElement };
};
const placed = (name, parentElement = new Made("place")) => {
  front.show({ data: { part: "place", name }, parentElement, setTriggerValue() {} });
  return parentElement;
};

test("a place shows the step that is told, whichever of them comes first, and each one after", () => {
  const first = placed("heading");
  assert.equal(shown(first), "");
  told(step(1));
  const second = placed("heading");
  for (const place of [first, second]) assert.equal(shown(place), "<B>yhat 1</>");
  told(step(2));
  for (const place of [first, second]) assert.equal(shown(place), "<B>yhat 2</>");
  assert.equal(first.childNodes.length, 1);
  assert.equal(first.childNodes[0].dataset.step, "2");
});

test("a place that has gone shows nothing more", () => {
  const place = placed("heading");
  told(step(1));
  front.hide({ data: { part: "place", name: "heading" }, parentElement: place, setTriggerValue() {} });
  told(step(2));
  assert.deepEqual(place.childNodes, []);
});

test("where the step itself has gone, as when it cannot be computed, its places show nothing of the one before", () => {
  const places = ["heading", "narration", "below"].map((name) => placed(name));
  const { data, parentElement } = told(step(1, { bars: { chart: {}, alt: "", below } }));
  for (const place of places) assert.notEqual(shown(place), "");
  front.hide({ data, parentElement, setTriggerValue: front.presses.send });
  for (const place of [...places, placed("heading")]) assert.equal(shown(place), "");
});

test("a place of which a step says nothing is empty, and takes no gap", () => {
  const place = placed("below");
  const around = { toggleAttribute: (name, is) => (around[name] = is) };
  place.closest = () => around;
  told(step(1, { bars: { chart: {}, alt: "", below } }));
  assert.deepEqual([shown(place) !== "", around["data-empty"]], [true, false]);
  told(step(2));
  assert.deepEqual([shown(place), around["data-empty"]], ["", true]);
});

test("the line below the bars has a way back to the draw where a token was chosen by hand", () => {
  const place = placed("below");
  told(step(1, { bars: { chart: {}, alt: "", below: { ...below, strong: "a = b", drawn: "Draw after all" } } }));
  assert.match(shown(place), /<SPAN><B>a = b<\/> · click a bar<\/><BUTTON [^>]*data-press=drawn[^>]*>Draw after all<\/>/);
});

test("the narration is made of a few elements and attributes, whatever it is told, and anew at each step", () => {
  const place = placed("narration");
  const nodes = () => [
    element("p", { class: "novel", onclick: "alert()", style: "position: fixed" }, text("Fed "), element("b", {}, text("a"))),
    element("img", { src: "x", onerror: "alert()" }),
    element("a", { href: "javascript:alert()" }, text("there")),
    element("button", { type: "button", class: "offer", "data-press": "tour", autofocus: "" }, text("Tour")),
  ];
  told(step(1, { narration: { html: nodes(), look: "eos" } }));
  assert.equal(shown(place), "<P class=novel>Fed <B>a</></>there<BUTTON class=offer type=button data-press=tour>Tour</>");
  const [root] = place.childNodes;
  assert.equal(root.className, "eos narration");
  const before = root.childNodes[0];
  told(step(2, { narration: { html: nodes(), look: "" } }));
  assert.equal(root.className, "narration");
  assert.notEqual(root.childNodes[0], before);
});
