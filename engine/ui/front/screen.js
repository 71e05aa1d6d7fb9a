// Tells Python how much larger than a laptop's (16 pixels) the type of this page is: page.css lets it grow with the screen.

export default ({ data, parentElement, setStateValue }) => {
  const ruler = parentElement.querySelector("i");
  ruler.style = "display: block; width: 1rem; height: 0";
  const observer = new ResizeObserver(() => {
    const scale = Math.round((ruler.getBoundingClientRect().width / 16) * 100) / 100;
    if (scale && scale !== data) setStateValue("scale", (data = scale));
  });
  observer.observe(ruler);
  return () => observer.disconnect();
};
