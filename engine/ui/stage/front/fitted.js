// How wide a text is, which SVG does not ask by itself. FONT, before this: theme.py's.

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/** @type {(text: string, size: number) => number} */
function textWidth(text, size) {
  pen.font = `600 ${size}px ${FONT}`;
  return pen.measureText(text).width;
}

// `text` and its size in pixels, made to fit into `width`: first smaller, down to `least`, then cut with an ellipsis.
/** @type {(text: string, width: number, size: number, least?: number) => {text: string, size: number}} */
function fitted(text, width, size, least = size - 4) {
  while (size > least && textWidth(text, size) > width) size -= 1;
  const signs = [...text];
  if (textWidth(text, size) <= width) return { text, size };
  while (signs.length > 1 && textWidth(`${signs.join("")}…`, size) > width) signs.pop();
  return { text: `${signs.join("")}…`, size };
}
