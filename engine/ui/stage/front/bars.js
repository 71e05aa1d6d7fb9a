// The bars: Plotly draws them in place, and in the page itself, where its style sheet reaches them. Streamlit's own chart
// is mounted anew at every step, and drawn twice then: an eighth of the time from a press to the painted step.

const CONFIG = { displayModeBar: false, doubleClick: false };

/** @typedef {{root: HTMLElement, chart: PlotlyChart | null, data: BarsPart, send: Send, width: number, observer: ResizeObserver}} Bars */

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
    const chart = bars.chart ?? /** @type {PlotlyChart} */ (/** @type {Node} */ (document.createElement("div")));
    if (!bars.chart) root.replaceChildren(chart);
    window.Plotly.react(chart, data.chart.data, { ...layout, width }, CONFIG);
    if (!bars.chart) chart.on("plotly_click", ({ points }) => bars.send("clicked", points[0].customdata));
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

/** @param {Component<BarsPart>} component */
function showBars({ data, parentElement, setTriggerValue }) {
  const bars = allBars.get(parentElement);
  if (bars) {
    Object.assign(bars, { data, send: setTriggerValue });
    drawBars(bars);
    return;
  }
  const root = document.createElement("div");
  root.className = "bars";
  root.setAttribute("role", "figure");
  parentElement.appendChild(root);
  /** @type {Bars} */
  const first = { root, chart: null, data, send: setTriggerValue, width: 0, observer: new ResizeObserver(() => measure(first)) };
  allBars.set(parentElement, first);
  first.observer.observe(root);
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
  bars.observer.disconnect();
  forgetChart(bars);
  bars.root.remove();
}
