// Many buttons, one Tab stop: the arrows, Home and End go from one to the next.
function rove(event, buttons) {
  const here = buttons.indexOf(event.target.closest("button"));
  const to = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (here < 0 || to == null || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault(); // at either end too: the key belongs to the row
  if (!buttons[to]) return;
  buttons.forEach((button, i) => (button.tabIndex = i === to ? 0 : -1));
  buttons[to].focus();
}
