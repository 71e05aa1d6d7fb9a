"""A hall that presses Play: how many steps a second each gets, and how long a press of somebody else waits meanwhile.

    python -m tests.benchmarks.players [--players 100] [--seconds 60]

Visitors without browsers keep the clock that the page gives to a browser (a fragment's `run_every`). The second half of
the time is measured.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.crowd import QUERY
from tests.browser.app_server import serving
from tests.visitor import Visitor

ROOT = Path(__file__).parents[2]


async def play(url, delay, measured, end):
    """The steps a second of one player."""
    await asyncio.sleep(delay)
    one = await Visitor.enter(url, QUERY)
    await one.press("control_play")
    before = None
    while (now := time.perf_counter()) < end:
        if before is None and now >= measured:
            before = one.step
        await asyncio.sleep(one.clock[0] if one.clock else 1.0)
        await one.run(fragment=one.clock[1] if one.clock else "")
    await one.leave()
    return (one.step - (before or 0)) / (end - measured)


async def pressing(url, measured, end):
    """The milliseconds that presses of somebody else take."""
    one = await Visitor.enter(url, QUERY)
    taken = []
    while (now := time.perf_counter()) < end:
        await one.press("control_step")
        if now >= measured:
            taken.append(1e3 * (time.perf_counter() - now))
        await asyncio.sleep(1.0)
    await one.leave()
    return taken


async def hall(url, players, seconds):
    begun = time.perf_counter()
    measured, end = begun + seconds / 2, begun + seconds
    others = [play(url, 10 * i / players, measured, end) for i in range(players)]
    taken, *played = await asyncio.gather(pressing(url, measured, end), *others)
    return played, taken


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--players", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=60)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, serving(ROOT / "app.py", Path(folder) / "log") as url:
        rates, taken = asyncio.run(hall(url, asked.players, asked.seconds))
    print(f"{asked.players} play: {sum(rates):.0f} steps a second, a player {median(rates):.2f}", end=" ")
    print(f"(from {min(rates):.2f} to {max(rates):.2f})")
    print(f"a press of somebody else: median {median(taken):.0f} ms, 95 % within {quantiles(taken, n=20)[-1]:.0f} ms")


if __name__ == "__main__":
    main()
