"""A lecture hall, measured: what a step costs, how many a process and a hall carry, beside the smallest Streamlit app.

    python -m tests.benchmarks.hall [--sessions 300] [--seconds 60] [--pace 3]

The yardstick is that of `paint` (one button, one chart of 20 bars) under this app's own configuration. The crowd speaks
the app's protocol from this same machine, so it takes part of the processor too. `at most` is the budget. Some six
minutes; run it by hand on a machine that does nothing else.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from tests.benchmarks.crowd import Seen, crowd, pids_at, resident, step_cost
from tests.benchmarks.paint import YARDSTICK
from tests.browser.app_server import serving
from tests.browser.conftest import ROOT
from tests.browser.hall_server import hall_of

OURS, THEIRS = "control_step", "Step"  # the button of each
SATURATED = 60  # sessions that press without a pause
Row = tuple[str, str, str, str]  # what, ours, the yardstick's, at most


def one_process(folder: Path, name: str, script: Path, button: str, seconds: float) -> tuple[float, float, Seen]:
    """(ms of the processor for a step, kB of a step, the crowd at saturation)."""
    with serving(script, folder / f"{name}.log") as url:
        cost, size = step_cost(url, pids_at(url), 200, button)
        return cost, size, crowd([url], SATURATED, seconds, 0.0, seconds / 4, 2.0, button)


def whole_hall(folder: Path, processes: int, asked: argparse.Namespace) -> tuple[Seen, float, float]:
    """(the crowd behind the balancer; the processes' megabytes before it came and while it was there)."""
    with hall_of(processes, folder / f"hall{processes}.log") as hall:
        pids = hall.pids.values()
        crowd([hall.url], 4 * processes, 2.0, 1.0, 0.0, 1.0, OURS)  # models and libraries are there
        empty = resident(pids)
        seen = crowd([hall.url], asked.sessions, asked.seconds + 20, asked.pace, 20.0, 10.0, OURS)
        return seen, empty, resident(pids)


def rows(folder: Path, asked: argparse.Namespace) -> list[Row]:
    """The table, measured."""
    (folder / "yardstick.py").write_text(YARDSTICK.replace('"Step", on_click', '"Step", key="Step", on_click'))
    shutil.copytree(ROOT / ".streamlit", folder / ".streamlit")
    ours, size, full = one_process(folder, "app", ROOT / "app.py", OURS, asked.seconds / 2)
    theirs, their_size, their_full = one_process(
        folder, "yardstick", folder / "yardstick.py", THEIRS, asked.seconds / 2
    )
    table: list[Row] = [
        ("processor for a step", f"{ours:.1f} ms", f"{theirs:.1f} ms", "8 ms"),
        ("sent for a step", f"{size:.0f} kB", f"{their_size:.0f} kB", ""),
        (
            f"one process, {SATURATED} sessions without a pause",
            f"{full.rate:.0f} steps/s ({full.rate / their_full.rate:.2f} ×)",
            f"{their_full.rate:.0f} steps/s",
            "0.5 × and more",
        ),
    ]
    for processes, most in ((1, 500), (2, 800)):
        seen, empty, there = whole_hall(folder, processes, asked)
        said = f"{asked.sessions} sessions, a step every {asked.pace:g} s, {processes} process{'es' * (processes > 1)}"
        limit = "250 ms" if processes > 1 else ""
        first = f"95 %: {seen.percentile(0.95, 'opened') / 1000:.1f} s"
        table += [
            (said, f"{seen.percentile(0.5):.0f} ms, 95 %: {seen.percentile(0.95):.0f} ms", "", limit),
            ("– steps a second", f"{seen.rate:.0f}", "", ""),
            ("– errors, lost steps", f"{len(seen.errors)}, {seen.lost}", "", "0, 0"),
            ("– first page, of all opened within 10 s", first, "", "4 s"),
            ("– memory", f"{there:.0f} MB, {(there - empty) / asked.sessions:.2f} a session", "", f"{most} MB, 2"),
        ]
        for error in sorted(set(seen.errors))[:5]:
            print(error)
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--sessions", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pace", type=float, default=3)
    with tempfile.TemporaryDirectory() as folder:
        table = rows(Path(folder), parser.parse_args())
    print("| what | ours | yardstick | at most |\n| --- | --- | --- | --- |")
    for row in table:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
