// --- Live: while the slider of a setting is dragged, every place that it comes to is told. Streamlit tells the last one
// --- by itself, when it is let go.

const DRAGGED = ["temperature", "top_p", "min_p"];
const drag = { slider: /** @type {HTMLInputElement?} */ (null), action: "", told: "" };

/** @type {(event: Event) => void} */
function onGrasp({ target }) {
  drag.slider = null;
  if (!(target instanceof Element) || target.closest("label")) return;
  for (const name of DRAGGED) {
    const slider = target.closest(`.st-key-setting_${name}`)?.querySelector("input[type=range]");
    if (slider) Object.assign(drag, { slider, action: `drag_${name}`, told: /** @type {HTMLInputElement} */ (slider).value });
  }
  if (drag.slider) requestAnimationFrame(tellPlace);
}

// Once a frame while it is held: the slider may take a move in only after the frame in which that came.
function tellPlace() {
  if (!drag.slider?.isConnected) return; // let go, or left with its page
  requestAnimationFrame(tellPlace);
  if (drag.slider.value === drag.told) return;
  drag.told = drag.slider.value;
  pressLatest(drag.action, Number(drag.told));
}

function onLetGo() {
  drag.slider = null;
}
