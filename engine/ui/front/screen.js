// Tells Python what it cannot know of the screen: how much larger than a laptop's (16 pixels) the type of this page is, which
// page.css lets grow with the screen, and whether it is as narrow as a phone, upright or on its side.

/**
 * From now on, until what it returns is called.
 * @param {Component<Frame>} component
 */
function tellOfScreen({ data, parentElement, setStateValue }) {
  const ruler = /** @type {HTMLElement} */ (parentElement.querySelector("i"));
  ruler.style.cssText = "display: block; width: 1rem; height: 0";
  const phone = window.matchMedia("(max-width: 900px)");
  let known = { scale: data.scale, narrow: data.narrow };
  const tell = () => {
    const scale = Math.round((ruler.getBoundingClientRect().width / 16) * 100) / 100;
    const told = { scale, narrow: phone.matches };
    if (!scale || JSON.stringify(told) === JSON.stringify(known)) return;
    known = told;
    setStateValue("told", told);
  };
  const observer = new ResizeObserver(tell);
  observer.observe(ruler);
  phone.addEventListener("change", tell);
  return () => {
    observer.disconnect();
    phone.removeEventListener("change", tell);
  };
}
