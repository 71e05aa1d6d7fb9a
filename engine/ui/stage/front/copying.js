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
