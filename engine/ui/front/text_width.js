// How wide a text is, which SVG does not ask by itself. FONT, before this: theme.py's.

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));

/** @type {(text: string, size: number) => number} */
function textWidth(text, size) {
  pen.font = `600 ${size}px ${FONT}`;
  return pen.measureText(text).width;
}
