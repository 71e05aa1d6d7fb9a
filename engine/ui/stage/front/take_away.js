// The run as files. Their texts are in the page already: a click asks no server and no address that a proxy would have to
// pass on. Joined after dom.js.

const utf8 = new TextDecoder();

/** @type {(file: TakenFile) => void} */
function save(file) {
  const url = URL.createObjectURL(new Blob([file.text], { type: `${file.kind};charset=utf-8` }));
  Object.assign(document.createElement("a"), { href: url, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers ask first where to put it
}

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
    if (button) save(part.files[Number(button.dataset.file)]);
  };
  try {
    patch(root, part.files.map(buttonOf));
  } catch (error) {
    console.error(error);
    patch(root, undrawable(part)); // rather than the buttons before, whose files are of another moment
  }
};
