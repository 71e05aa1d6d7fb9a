// The words in the page's SVG pictures whose contrast is below `least`, as "word: contrast (colour on colour)". Axe leaves
// these out: it cannot tell what lies behind a word in a picture. Here all filled shapes drawn before it at its place do.
(least) => {
  const deep = (root, selector) => [
    ...root.querySelectorAll(selector),
    ...[...root.querySelectorAll("*")].filter((one) => one.shadowRoot).flatMap((one) => deep(one.shadowRoot, selector)),
  ];
  const parent = (one) => one.parentElement ?? one.getRootNode().host;
  const numbers = (colour) => [...(colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number), 1].slice(0, 4);
  const over = ([r, g, b, a], share, below) => [r, g, b].map((value, i) => a * share * value + (1 - a * share) * below[i]);
  const opacity = (one) => (one ? Number(getComputedStyle(one).opacity) * opacity(parent(one)) : 1);
  const page = (one) => {
    if (!one) return [255, 255, 255];
    return over(numbers(getComputedStyle(one).backgroundColor), 1, page(parent(one)));
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => value / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (light + 0.05) / (dark + 0.05);
  };
  const behind = (word, x, y, shapes) => {
    const style = getComputedStyle(word);
    // a word with a rim is read against its rim
    if (style.paintOrder.startsWith("stroke") && style.stroke !== "none") return numbers(style.stroke).slice(0, 3);
    return shapes
      .filter(({ shape }) => {
        const isBefore = shape.compareDocumentPosition(word) & Node.DOCUMENT_POSITION_FOLLOWING;
        return isBefore && shape.isPointInFill(new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse()));
      })
      .reduce((below, { shape, fill, share }) => over(numbers(fill), share, below), page(word));
  };
  const bad = [];
  for (const picture of new Set(deep(document, "svg").map((svg) => svg.closest(".svg-container") ?? svg))) {
    const shapes = [...picture.querySelectorAll("rect, path, circle, polygon")]
      .map((shape) => {
        const { fill, fillOpacity, visibility } = getComputedStyle(shape);
        return { shape, fill, share: visibility === "visible" ? fillOpacity * opacity(shape) : 0 };
      })
      .filter(({ shape, fill }) => fill.startsWith("rgb") && !shape.closest("defs"));
    for (const text of picture.querySelectorAll("text")) {
      const leaves = [...text.querySelectorAll("tspan")].filter((one) => !one.querySelector("tspan"));
      for (const word of leaves.length ? leaves : [text]) {
        const box = text.getBoundingClientRect();
        const style = getComputedStyle(word);
        if (!word.textContent.trim() || !box.width || style.visibility !== "visible") continue;
        for (const part of [0.1, 0.5, 0.9]) {
          const [x, y] = [box.left + part * box.width, box.top + box.height / 2];
          const below = behind(word, x, y, shapes);
          const colour = over(numbers(style.fill), style.fillOpacity * opacity(word), below);
          const found = contrast(colour, below);
          if (found < least) bad.push(`${word.textContent.trim()}: ${found.toFixed(2)} (${colour.map(Math.round)} on ${below.map(Math.round)})`);
        }
      }
    }
  }
  return [...new Set(bad)];
}
