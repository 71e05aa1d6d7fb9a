// A chart of a page as a file: two buttons below it. Joined after dom.js, text_width.js, save.js and pictures.js.

const utf8 = new TextDecoder();

/** @param {Component<Uint8Array>} component */
export default ({ data, parentElement }) => {
  const part = /** @type {SaveChartPart} */ (JSON.parse(utf8.decode(data)));
  let root = /** @type {HTMLElement?} */ (parentElement.querySelector(".files"));
  if (!root) {
    root = document.createElement("div");
    root.className = "files small";
    parentElement.appendChild(root);
  }
  const shown = root;
  shown.onclick = async ({ target }) => {
    const kind = target instanceof Element && /** @type {HTMLElement?} */ (target.closest("[data-kind]"))?.dataset.kind;
    if (!kind) return;
    try {
      const drawn = await theChart(part.figure, part.width, part.caption);
      save(kind === "svg" ? new Blob([drawn.svg], { type: "image/svg+xml" }) : await png(drawn), `${part.name}.${kind}`);
    } catch (error) {
      console.error(error);
      patch(shown, undrawable(part));
    }
  };
  patch(shown, part.buttons.map(([kind, label, help]) => h("button", { key: kind, type: "button", title: help, "aria-label": help, "data-kind": kind }, label)));
};
