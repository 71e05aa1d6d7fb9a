// --- Live: while the slider of the temperature is dragged, every place that it comes to is told. Streamlit tells the last
// --- one by itself, when it is let go.

const TEMPERATURE = ".st-key-setting_temperature";
const drag = { slider: /** @type {HTMLInputElement?} */ (null), told: "" };

/** @type {(event: Event) => void} */
function onGrasp({ target }) {
  const around = target instanceof Element && target.closest(TEMPERATURE);
  drag.slider = around && !(/** @type {Element} */ (target).closest("label")) ? around.querySelector("input[type=range]") : null;
  if (!drag.slider) return;
  drag.told = drag.slider.value;
  requestAnimationFrame(tellPlace);
}

// Once a frame while it is held: the slider may take a move in only after the frame in which that came.
function tellPlace() {
  if (!drag.slider?.isConnected) return; // let go, or left with its page
  requestAnimationFrame(tellPlace);
  if (drag.slider.value === drag.told) return;
  drag.told = drag.slider.value;
  pressLatest("drag", Number(drag.told));
}

function onLetGo() {
  drag.slider = null;
}
