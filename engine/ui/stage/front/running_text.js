// --- The running text: what the model has written so far, to be read and copied

// `text`, `empty` (what stands there before the first token) and the words of the button.
/** @type {(data: RunningText) => Shape} */
function runningText(data) {
  const text = h("div", { key: "text", class: data.text ? "text" : "text empty", dir: "auto", role: "group", "aria-label": data.label, tabindex: 0 }, h("span", {}, data.text || data.empty));
  const copy = h("button", { key: "copy", class: "copy", type: "button", title: data.help, "aria-label": data.help, disabled: data.text ? null : "", "data-copy": "" }, data.copy);
  return h("div", { key: "running", class: "running" }, text, copy);
}

/** @type {(button: HTMLElement, data: RunningText) => Promise<void>} */
async function copyFrom(button, data) {
  if (!(await copyText(data.text, /** @type {Node} */ (button.previousElementSibling)))) return;
  const word = /** @type {Text} */ (button.firstChild);
  word.data = data.copied;
  setTimeout(() => {
    if (word.data === data.copied) word.data = data.copy;
  }, 2000);
}
