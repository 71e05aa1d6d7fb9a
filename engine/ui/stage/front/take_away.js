// The run as files. Joined after dom.js and save.js.

const utf8 = new TextDecoder();

/** @type {(file: TakenFile, i: number) => Shape} */
const buttonOf = (file, i) => h("button", { key: file.name, type: "button", title: file.help, "data-file": i }, file.label);

/** @param {Component<Uint8Array>} component */
export default ({ data, parentElement }) => {
  const part = /** @type {TakeAwayPart} */ (JSON.parse(utf8.decode(data)));
  let root = /** @type {HTMLElement?} */ (parentElement.querySelector(".files"));
  if (!root) {
    root = document.createElement("div");
    root.className = "files";
    parentElement.appendChild(root);
  }
  root.onclick = ({ target }) => {
    const button = target instanceof Element && /** @type {HTMLElement?} */ (target.closest("[data-file]"));
    if (!button) return;
    const { text, kind, name } = part.files[Number(button.dataset.file)];
    save(new Blob([text], { type: `${kind};charset=utf-8` }), name);
  };
  try {
    patch(root, part.files.map(buttonOf));
  } catch (error) {
    console.error(error);
    patch(root, undrawable(part)); // rather than the buttons before, whose files are of another moment
  }
};
