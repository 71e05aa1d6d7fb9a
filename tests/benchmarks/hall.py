"""A lecture hall, measured: what a step costs, how many a process and a hall carry, beside the smallest Streamlit app.

    python -m tests.benchmarks.hall [--sessions 300] [--seconds 60] [--pace 3] [--soak 600]

The yardstick is that of `paint` (one button, one chart of 20 bars) under this app's own configuration, for `paint`
under Streamlit's; of a step of the engine its matrix-vector products. The crowd speaks the app's protocol from here,
so it takes part of the processor too. `at most` is the budget. Some eighteen minutes, ten of them the soak; run it by
hand on a machine that does nothing else.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is imported, as app.py has it

from playwright.sync_api import sync_playwright

from engine.cells import CELLS
from tests.benchmarks import paint, step_speed
from tests.benchmarks.crowd import Held, Seen, crowd, holding, pids_at, step_cost
from tests.browser.app_server import serving
from tests.browser.conftest import CHROMIUM, FLAGS, ROOT
from tests.browser.hall_server import hall_of

OURS, THEIRS = "control_step", "Step"  # the button of each
SATURATED = 60  # sessions that press without a pause
WARM_UP = 20.0  # seconds of a hall that are not measured
Row = tuple[str, str, str, str]  # what, ours, the yardstick's, at most


def cold_start(folder: Path) -> float:
    """Seconds from the command to the first picture of the stage in a browser that is open already."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        begun = time.perf_counter()
        with serving(ROOT / "app.py", folder / "cold.log") as url:
            page.goto(url)
            page.wait_for_selector(".js-plotly-plot .main-svg", state="attached", timeout=60_000)
            taken = time.perf_counter() - begun
            browser.close()
    return taken


def alone(folder: Path) -> Iterator[Row]:
    """What one visitor meets, and one step of the engine."""
    yield "command to first picture, cold", f"{cold_start(folder):.1f} s", "", "4 s"
    app, yardstick = paint.both(30, "eos=0&limit=1000")
    for name, of, most in (("median", median, "0.6 ×"), ("95 %", paint.percentile_95, "0.8 ×")):
        ours, theirs = of(app), of(yardstick)
        yield f"press of Step to painted, {name}", f"{ours:.0f} ms ({ours / theirs:.2f} ×)", f"{theirs:.0f} ms", most
    for cell in CELLS:
        taken = step_speed.side_by_side(4_000, cell)
        ours, theirs = median(taken["engine step"]), median(taken["products"])
        yield (
            f"step of the engine, {cell} 256, 4,000 words",
            f"{ours:.0f} µs ({ours / theirs:.2f} ×)",
            f"{theirs:.0f} µs",
            "1.4 ×",
        )


def one_process(
    folder: Path, name: str, script: Path, button: str, seconds: float
) -> tuple[float, float, float, Seen, Seen]:
    """(ms of the processor for a step, the same for who comes after, kB of a step, the crowd without a pause: at one
    link, and each at a run of its own).
    """
    with serving(script, folder / f"{name}.log") as url:
        cost, size = step_cost(url, pids_at(url), 200, button)
        after, _ = step_cost(url, pids_at(url), 200, button)
        at_one, own = (
            crowd([url], SATURATED, seconds, 0.0, seconds / 4, 2.0, button, own_runs=own_runs)
            for own_runs in (False, True)
        )
        return cost, after, size, at_one, own


def saturated(folder: Path, seconds: float) -> Iterator[Row]:
    """What a step costs, and how many of them one process makes."""
    (folder / "yardstick.py").write_text(paint.YARDSTICK.replace('"Step", on_click', '"Step", key="Step", on_click'))
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    ours, after, size, at_one, own = one_process(folder, "app", ROOT / "app.py", OURS, seconds)
    theirs, _, their_size, their, again = one_process(folder, "yardstick", folder / "yardstick.py", THEIRS, seconds)
    yield "processor for a step", f"{ours:.1f} ms ({ours / theirs:.2f} ×)", f"{theirs:.1f} ms", "8 ms"
    yield "– where somebody has been before", f"{after:.1f} ms ({after / theirs:.2f} ×)", "", ""
    yield "sent for a step", f"{size:.0f} kB", f"{their_size:.0f} kB", ""
    said = f"one process, {SATURATED} sessions without a pause, all at one link"
    yield said, *_rates(at_one, their), "0.5 × and more"
    yield "– each at a run of its own", *_rates(own, again), ""


def _rates(ours: Seen, theirs: Seen) -> tuple[str, str]:
    return f"{ours.rate:.0f} steps/s ({ours.rate / theirs.rate:.2f} ×)", f"{theirs.rate:.0f} steps/s"


def whole_hall(
    folder: Path, processes: int, seconds: float, asked: argparse.Namespace, own_runs: bool = False
) -> Iterator[Row]:
    """A crowd behind the balancer that presses at its pace, and what the processes hold meanwhile."""
    with hall_of(processes, folder / f"hall{processes}.log") as hall:
        pids = list(hall.pids.values())
        crowd([hall.url], 4 * processes, 2.0, 1.0, 0.0, 1.0, OURS)  # models and libraries are there
        empty = holding(pids)
        course = list[Held]()
        seen = crowd(
            [hall.url], asked.sessions, seconds + WARM_UP, asked.pace, WARM_UP, 10.0, OURS, pids, course, own_runs
        )
        last = course[-1]
        early = next(held for held in course if held.seconds >= min(60.0, seconds / 2))
    for error in sorted(set(seen.errors))[:5]:
        print(error)
    name = f"{processes} process{'es' * (processes > 1)}"
    said = f"{asked.sessions} sessions, a step every {asked.pace:g} s for {seconds:.0f} s, {name}"
    said += ", each at a run of its own" if own_runs else ", all at one link"
    both = f"{seen.percentile(0.5):.0f} ms, 95 %: {seen.percentile(0.95):.0f} ms"
    yield said, both, "", "250 ms" if processes > 1 else ""
    yield "– steps a second", f"{seen.rate:.0f}", "", ""
    yield "– errors, lost steps", f"{len(seen.errors)}, {seen.lost}", "", "0, 0"
    first = f"95 %: {seen.percentile(0.95, 'opened') / 1000:.1f} s"
    yield "– first page, of all opened within 10 s", first, "", "4 s"
    each = (last.megabytes - empty.megabytes) / asked.sessions
    most = "800 MB, 2" if processes > 1 else "500 MB, 2"
    yield "– memory, of it a session's", f"{last.megabytes:.0f} MB, {each:.2f}", "", most
    grown = last.megabytes / early.megabytes - 1
    change = f"{grown:+.1%}, {last.descriptors - early.descriptors:+}, {last.threads - early.threads:+}"
    yield "– memory, descriptors, threads since the first minute", change, "", "5 %, 0, 0"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sessions", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pace", type=float, default=3)
    parser.add_argument("--soak", type=float, default=600, help="seconds of the hall with two processes; 0: none")
    asked = parser.parse_args()
    print("| what | ours | yardstick | at most |\n| --- | --- | --- | --- |", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = (
            alone(folder),
            saturated(folder, asked.seconds / 2),
            whole_hall(folder, 1, asked.seconds, asked),
            whole_hall(folder, 2, asked.soak, asked) if asked.soak else (),
            whole_hall(folder, 2, asked.seconds, asked, own_runs=True),
        )
        for part in parts:
            for row in part:
                print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
