// --- What is said of a step, at places in the page itself: the title of the bars, the line below them, the narration.

/** @type {Map<ParentNode, HTMLElement>} where it stands -> its root element */
const allWords = new Map();

/** @type {(place: ParentNode, name: "heading" | "below" | "narration", told: Step) => void} */
function showWords(place, name, told) {
  const root = allWords.get(place) ?? document.createElement("div");
  if (!allWords.has(place)) place.appendChild(root);
  allWords.set(place, root);
  if (name === "narration") narrate(root, told);
  else if (name === "heading") patch(root, [h("b", {}, told.heading?.words)]);
  else patch(root, lineBelow(told.bars?.below));
  root.classList.add(name);
  root.dataset.step = String(told.step);
}

/** @type {(line: Below | undefined) => Drawing} */
const lineBelow = (line) => [
  h("span", { key: "words" }, line?.strong && [h("b", {}, line.strong), " · "], line?.words),
  line?.drawn && h("button", { key: "drawn", type: "button", class: "offer", "data-press": "drawn" }, line.drawn),
];

// It is told as HTML, for there is some emphasis in it, and is made of these elements and attributes alone, whatever a
// token is called. All of it anew, by which those who listen know that there is something new (front/said.js).
const TAGS = ["B", "BUTTON", "DIV", "P"];
const ATTRIBUTES = ["class", "type", "data-press"];

/** @type {(root: HTMLElement, told: Step) => void} */
function narrate(root, { narration }) {
  root.className = narration?.look ?? "";
  root.dataset.said = "";
  const { body } = new DOMParser().parseFromString(narration?.html ?? "", "text/html");
  /** @type {(node: Node) => Node[]} */
  const copied = (node) => {
    if (!(node instanceof HTMLElement)) return [document.createTextNode(node.textContent ?? "")];
    const inside = [...node.childNodes].flatMap(copied);
    if (!TAGS.includes(node.tagName)) return inside;
    const copy = document.createElement(node.tagName);
    for (const name of ATTRIBUTES) if (node.hasAttribute(name)) copy.setAttribute(name, node.getAttribute(name) ?? "");
    copy.append(...inside);
    return [copy];
  };
  root.replaceChildren(...[...body.childNodes].flatMap(copied));
}

/** @param {ParentNode} place */
function hideWords(place) {
  allWords.get(place)?.remove();
  allWords.delete(place);
}
