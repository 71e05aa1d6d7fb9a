"""From a press of Step until every picture shows it, beside the smallest Streamlit app that draws a bar chart.

    python -m tests.benchmarks.paint [--steps 30] [--query "model=..."]

The yardstick is one button and one Plotly chart of 20 bars under Streamlit's own defaults. Both stand in one Chromium
(1280 x 720) and take turns, so their ratio holds on a noisy machine. A step counts as painted when everything that
carries a time step shows it and a frame has passed. The budget: at most 0.8 times the yardstick.
"""

import argparse
import tempfile
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from tests.browser.app_server import serving
from tests.browser.conftest import CHROMIUM, FLAGS, MARKS, ROOT

WARM_UP = 3  # steps that do not count
YARDSTICK = """
import numpy as np
import plotly.graph_objects as go
import streamlit as st

st.set_page_config(layout="wide")
st.session_state.setdefault("step", 0)


def advance():
    st.session_state.step += 1


@st.fragment
def chart():
    step = st.session_state.step
    st.button("Step", on_click=advance)
    probs = np.random.default_rng(step).dirichlet(np.ones(20))
    figure = go.Figure(go.Bar(x=probs, y=[f"token {i}" for i in range(20)], orientation="h"))
    figure.update_layout(height=420, title=f"t = {step}", meta={"step": step})
    st.plotly_chart(figure, key="chart")
    st.html(f'<div data-step="{step}"></div>')


chart()
"""
PRESS = f"""async () => {{
  const marks = {MARKS};
  const frame = () => new Promise(requestAnimationFrame);
  const button = [...document.querySelectorAll('button')].find(one => /Step/.test(one.innerText) && !one.disabled);
  const next = Math.max(...marks()) + 1, count = marks().length, start = performance.now();
  const painted = () => {{ const now = marks(); return now.length >= count && now.every(step => step === next); }};
  button.click();
  while (!painted()) {{
    if (performance.now() - start > 10000) throw new Error(`step ${{next}} is not painted after 10 s: ${{marks()}}`);
    await frame();
  }}
  await frame();
  return performance.now() - start;
}}"""


def measure(app: Page, yardstick: Page, steps: int) -> tuple[list[float], list[float]]:
    """Milliseconds of `steps` steps of each page, in turns."""
    times = []
    for _ in range(WARM_UP + steps):
        for page in (app, yardstick):
            page.bring_to_front()
            times.append(page.evaluate(PRESS))
            page.wait_for_timeout(150)
    times = times[2 * WARM_UP :]
    return times[::2], times[1::2]


def both(steps: int, query: str) -> tuple[list[float], list[float]]:
    """The same, from pages of their own: the app's as the link with this query opens it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        (folder / "yardstick.py").write_text(YARDSTICK)
        with (
            serving(ROOT / "app.py", folder / "app.log") as app_url,
            serving(folder / "yardstick.py", folder / "yardstick.log") as yardstick_url,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            pages = []
            for url in (f"{app_url}?{query}", yardstick_url):
                pages.append(browser.new_page(viewport={"width": 1280, "height": 720}))
                pages[-1].goto(url)
                pages[-1].wait_for_selector(".js-plotly-plot .main-svg", state="attached", timeout=60_000)
            times = measure(*pages, steps)
            browser.close()
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--steps", type=int, default=30)
    parser.add_argument("--query", default="eos=0&limit=1000", help="of the link to what is stepped")
    args = parser.parse_args()
    app, yardstick = both(args.steps, args.query)
    for name, times in (("stage", app), ("yardstick", yardstick)):
        print(f"{name}: median {median(times):.0f} ms, 95 % within {percentile_95(times):.0f} ms")
    ratios = median(app) / median(yardstick), percentile_95(app) / percentile_95(yardstick)
    print("ratio: median {:.2f}, 95th percentile {:.2f}".format(*ratios))


def percentile_95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
