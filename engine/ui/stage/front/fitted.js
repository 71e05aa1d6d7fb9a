// `text` and its size in pixels, made to fit into `width`: first smaller, down to `least`, then cut with an ellipsis.
/** @type {(text: string, width: number, size: number, least?: number) => {text: string, size: number}} */
function fitted(text, width, size, least = size - 4) {
  while (size > least && textWidth(text, size) > width) size -= 1;
  const signs = [...text];
  if (textWidth(text, size) <= width) return { text, size };
  while (signs.length > 1 && textWidth(`${signs.join("")}…`, size) > width) signs.pop();
  return { text: `${signs.join("")}…`, size };
}
