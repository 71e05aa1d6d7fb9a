// --- The running text: what the model has written so far, to be read and copied

// `text`, `empty` (what stands there before the first token) and the words of the button.
/** @type {(data: RunningText) => Shape} */
function runningText(data) {
  const text = h("div", { key: "text", class: data.text ? "text" : "text empty", dir: "auto", role: "group", "aria-label": data.label, tabindex: 0 }, h("span", {}, data.text || data.empty));
  const copy = h("button", { key: "copy", class: "copy", type: "button", title: data.help, "aria-label": data.help, disabled: data.text ? null : "", "data-copy": "" }, data.copy);
  return h("div", { key: "running", class: "running" }, text, copy);
}

// To the clipboard as it is, spaces and line ends too. On a page without https there is no navigator.clipboard; there
// the command "copy" does it, which takes what is put into its event in place of the selection.
/** @type {(text: string, shown: Node) => Promise<boolean>} */
async function copyText(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const put = (/** @type {ClipboardEvent} */ event) => {
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
    };
    getSelection()?.selectAllChildren(shown);
    document.addEventListener("copy", put, { once: true, capture: true });
    const done = document.execCommand("copy");
    document.removeEventListener("copy", put, { capture: true });
    getSelection()?.removeAllRanges();
    return done;
  }
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
