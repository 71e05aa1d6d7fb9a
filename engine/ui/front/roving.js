// Many buttons, one Tab stop: the arrows, Home and End go from one to the next.
/** @type {(event: KeyboardEvent, buttons: HTMLElement[], back?: string, on?: string) => void} */
function rove(event, buttons, back = "ArrowLeft", on = "ArrowRight") {
  const here = buttons.findIndex((button) => event.target instanceof Node && button.contains(event.target));
  const ways = new Map([[on, here + 1], [back, here - 1], ["Home", 0], ["End", buttons.length - 1]]);
  const to = ways.get(event.key);
  if (here < 0 || to == null || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault(); // at either end too: the key belongs to the row
  if (!buttons[to]) return;
  for (const button of buttons) button.tabIndex = button === buttons[to] ? 0 : -1;
  buttons[to].focus();
}
