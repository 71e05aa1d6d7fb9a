// A file that is in the page already: a click asks no server and no address that a proxy would have to pass on.

/** @type {(blob: Blob, name: string) => void} */
function save(blob, name) {
  const url = URL.createObjectURL(blob);
  Object.assign(document.createElement("a"), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000); // some browsers ask first where to put it
}
