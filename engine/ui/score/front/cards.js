// The cards of a text that is scored: one for each token, flowing like the text. Python builds the record
// (engine/figures/surprisals.py), this draws it. Joined after dom.js and roving.js. Text is only ever set as text.

/** @type {(card: Card, firstChoice: string, focusable: boolean) => Shape} */
const cardOf = (card, firstChoice, focusable) => {
  const rather = card.rather.length ? card.rather.map((token) => h("span", { dir: "auto" }, token)) : h("span", { class: "best" }, firstChoice);
  const attributes = { key: card.place, type: "button", class: `card ${card.kind} shade${card.shade}`, title: card.title, "aria-label": card.title, "data-place": card.place, tabindex: focusable ? 0 : -1 };
  return h(
    "button",
    attributes,
    h("span", { class: "bar" }, h("span", { class: "bits" }, card.bits), h("i", { style: `height: ${3.5 * card.height}rem` })),
    h("span", { class: "token", dir: "auto" }, card.text, card.sign && h("small", {}, card.sign)),
    h("span", { class: "prob" }, card.prob),
    h("span", { class: "rank" }, card.rank),
    h("span", { class: "rather" }, rather),
  );
};

const ROWS = ["bar", "token", "prob", "rank", "rather"];

/** @type {(data: Cards) => Drawing} */
function theCards(data) {
  const names = h("div", { key: "names", class: "card names", "aria-hidden": "true" }, data.names.map((name, i) => h("span", { class: ROWS[i] }, name)));
  const cards = data.cards.map((card, i) => cardOf(card, data.first_choice, i === 0));
  const signed = data.cards.some((card) => card.sign) ? "signed" : "";
  return [h("div", { key: "cards", class: `cards ${signed}`, role: "group", "aria-label": data.label }, names, cards)];
}

/** @param {Component<ScorePart>} component */
export default ({ data, parentElement, setTriggerValue }) => {
  let root = /** @type {HTMLElement?} */ (parentElement.querySelector(".text"));
  if (!root) {
    root = document.createElement("div");
    root.className = "text";
    parentElement.appendChild(root);
    root.addEventListener("keydown", (event) => rove(event, [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")]));
  }
  root.onclick = ({ target }) => {
    const card = target instanceof Element && /** @type {HTMLElement?} */ (target.closest("[data-place]"));
    if (card) setTriggerValue("token", Number(card.dataset.place));
  };
  try {
    patch(root, data.cards.length ? theCards(data) : []);
  } catch (error) {
    console.error(error);
    patch(root, undrawable(data)); // rather than the cards before, which are of another text
  }
  if (data.query) writeAddress(data.query);
};
