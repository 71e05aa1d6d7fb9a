// Texts to be copied: the link and the code of a frame. Joined after dom.js and copying.js.

const utf8 = new TextDecoder();

/** @type {(one: CopiedText, i: number) => Shape} */
const rowOf = (one, i) =>
  h(
    "div",
    { key: i, class: "copied" },
    h("div", { class: "label", id: `copied ${i}` }, one.label),
    h("div", { class: "row" }, h("code", { tabindex: 0, "aria-labelledby": `copied ${i}` }, one.text), h("button", { type: "button", "data-text": i, "aria-label": `${one.copy}: ${one.label}` }, one.copy)),
  );

/** @param {Component<Uint8Array>} component */
export default ({ data, parentElement }) => {
  const part = /** @type {SharePart} */ (JSON.parse(utf8.decode(data)));
  let root = /** @type {HTMLElement?} */ (parentElement.querySelector(".texts"));
  if (!root) {
    root = document.createElement("div");
    root.className = "texts";
    parentElement.appendChild(root);
  }
  root.onclick = async ({ target }) => {
    const button = target instanceof Element && /** @type {HTMLElement?} */ (target.closest("[data-text]"));
    if (!button) return;
    const one = part.texts[Number(button.dataset.text)];
    if (await copyText(one.text, /** @type {Node} */ (button.previousElementSibling))) button.textContent = one.copied;
  };
  try {
    patch(root, part.texts.map(rowOf));
  } catch (error) {
    console.error(error);
    patch(root, undrawable(part));
  }
};
