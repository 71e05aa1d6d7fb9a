// The bars: Plotly draws them in place, and in the page itself, where its style sheet reaches them. Streamlit's own chart
// is mounted anew at every step, and drawn twice then: an eighth of the time from a press to the painted step.

const CONFIG = { displayModeBar: false, doubleClick: false };
const TAP = { far: 8, long: 700 }; // pixels and milliseconds, beyond which a finger does something else

/** @typedef {{root: HTMLElement, chart: HTMLElement | null, data: BarsPart & {undrawable: string}, send: Send, width: number, observer: ResizeObserver}} Bars */

/** @type {Map<ParentNode, Bars>} where they stand -> their root element and latest data */
const allBars = new Map();

let plotlyIsAskedFor = false; // once

// Streamlit brings Plotly with the first of its own charts, from beside its other code: the same file is the same module.
async function bringPlotly() {
  plotlyIsAskedFor = true;
  try {
    const { src } = /** @type {HTMLScriptElement} */ (document.querySelector("script[type=module][src]"));
    await import(new URL(PLOTLY, src).href);
  } catch (error) {
    console.error(error);
  }
  for (const bars of allBars.values()) {
    if (window.Plotly) drawBars(bars);
    else cannotDraw(bars);
  }
}

/** @param {Bars} bars */
function drawBars(bars) {
  const { root, data, width } = bars;
  const { layout } = data.chart;
  root.setAttribute("aria-label", data.alt);
  root.style.minHeight = `${layout.height}px`;
  if (!width) return; // the observer calls again
  if (!window.Plotly) {
    if (!plotlyIsAskedFor) bringPlotly();
    return;
  }
  try {
    const chart = bars.chart ?? document.createElement("div");
    if (!bars.chart) root.replaceChildren(chart);
    window.Plotly.react(chart, data.chart.data, { ...layout, width }, CONFIG);
    bars.chart = chart;
  } catch (error) {
    console.error(error);
    cannotDraw(bars);
  }
}

// Rather than the bars before, which are not true any more.
/** @param {Bars} bars */
function cannotDraw(bars) {
  forgetChart(bars);
  patch(bars.root, undrawable(bars.data));
}

/** @param {Bars} bars */
function forgetChart(bars) {
  if (bars.chart) window.Plotly?.purge(bars.chart);
  bars.chart = null;
  bars.root.replaceChildren();
}

/** @type {(place: Component<unknown>, told: Step) => void} */
function showBars({ parentElement, setTriggerValue }, { bars: part, undrawable }) {
  if (!part) return;
  const data = { ...part, undrawable };
  const bars = allBars.get(parentElement);
  if (bars) {
    Object.assign(bars, { data, send: setTriggerValue });
    drawBars(bars);
    return;
  }
  const root = document.createElement("div");
  root.className = "yhat-bars";
  root.setAttribute("role", "figure");
  parentElement.appendChild(root);
  /** @type {Bars} */
  const first = { root, chart: null, data, send: setTriggerValue, width: 0, observer: new ResizeObserver(() => measure(first)) };
  allBars.set(parentElement, first);
  first.observer.observe(root);
  root.addEventListener("pointerdown", (event) => onPressed(first, event));
  scheme.addEventListener("change", onScheme);
}

// Dark has become light, say for a projector: Streamlit's page follows by itself, the colours of the bars are the server's.
const scheme = window.matchMedia("(prefers-color-scheme: dark)");
const onScheme = () => setTimeout(askForColours, 300); // when the page has followed, if it does

function askForColours() {
  for (const { root, data, send } of allBars.values()) {
    if (isDark(root) !== data.dark) send("theme", !data.dark);
  }
}

// A click on a row: begun and ended on it, by the left button or one finger that neither scrolls nor rests. Plotly's own
// clicks are also made by fingers that scroll, by other buttons, and by a mouse that has been moved off.
/** @type {(bars: Bars, event: PointerEvent) => void} */
function onPressed(bars, down) {
  const row = rowAt(bars, down);
  if (row == null || down.button || !down.isPrimary) return;
  const [over, said] = [new AbortController(), bars.data.chart.data[0].customdata[row]]; // said: of the step that was pressed
  /** @type {(up: PointerEvent) => void} */
  const onReleased = (up) => {
    over.abort();
    const moved = Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY);
    const isTap = down.pointerType === "mouse" || (moved < TAP.far && up.timeStamp - down.timeStamp < TAP.long);
    if (isTap && rowAt(bars, up) === row) bars.send("clicked", said);
  };
  const heard = { capture: true, signal: over.signal };
  window.addEventListener("pointerup", onReleased, heard);
  window.addEventListener("pointercancel", () => over.abort(), heard);
  window.addEventListener("pointerdown", () => over.abort(), heard); // another finger
}

/** @type {(bars: Bars, at: PointerEvent) => number | null} the row there, from 0 */
function rowAt({ chart, data }, at) {
  if (!chart) return null;
  const [{ top, left, right }, { height, margin }, rows] = [chart.getBoundingClientRect(), data.chart.layout, data.chart.data[0].customdata.length];
  const part = (at.clientY - top - margin.t) / (height - margin.t - margin.b);
  return at.clientX >= left && at.clientX < right && part >= 0 && part < 1 && rows ? Math.floor(part * rows) : null;
}

/** @param {Bars} bars */
function measure(bars) {
  const width = bars.root.clientWidth;
  if (width === bars.width) return;
  bars.width = width;
  drawBars(bars);
}

/** @param {ParentNode} parentElement */
function hideBars(parentElement) {
  const bars = allBars.get(parentElement);
  if (!bars) return;
  allBars.delete(parentElement);
  scheme.removeEventListener("change", onScheme);
  bars.observer.disconnect();
  forgetChart(bars);
  bars.root.remove();
}
