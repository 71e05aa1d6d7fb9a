"""A crowd of visitors without browsers, each pressing Step every few seconds, and what the server's processes take."""

import asyncio
import os
import random
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import urlsplit

import websockets

from tests.visitor import Visitor

TICKS = os.sysconf("SC_CLK_TCK")
QUERY = "eos=0&limit=1000"  # no run ends while it is measured
WATCH = 5.0  # seconds from one look at the processes to the next


@dataclass
class Seen:
    """Seconds from a press to its last message (`steps`) and of the first page (`opened`); presses after which the time
    step had not moved on by one (`lost`), errors, bytes of all steps.
    """

    steps: list[float] = field(default_factory=list)
    opened: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    lost: int = 0
    received: int = 0
    seconds: float = 0.0  # that were measured

    @property
    def rate(self) -> float:
        """Steps a second."""
        return len(self.steps) / self.seconds

    def percentile(self, share: float, of: str = "steps") -> float:
        """Milliseconds; infinite where there was nothing."""
        times = sorted(getattr(self, of))
        return 1000 * times[min(len(times) - 1, int(share * len(times)))] if times else float("inf")


class Held(NamedTuple):
    """What processes hold, so many seconds after the crowd came."""

    seconds: float
    megabytes: float
    descriptors: int
    threads: int


def crowd(
    urls: Sequence[str],
    sessions: int,
    seconds: float,
    pace: float,
    warm_up: float,
    within: float,
    button: str,
    pids: Sequence[int] = (),
    course: list[Held] | None = None,
    own_runs: bool = False,
) -> Seen:
    """So many sessions, spread evenly, that open `within` seconds and press every `pace` seconds; the first `warm_up`
    seconds are not measured. `course` is filled with what the processes `pids` hold, every few seconds. All are at one
    link, or with `own_runs` each at another seed.
    """
    return asyncio.run(_crowd(urls, sessions, seconds, pace, warm_up, within, button, pids, course, own_runs))


async def _crowd(urls, sessions, seconds, pace, warm_up, within, button, pids, course, own_runs):
    seen, begun = Seen(seconds=seconds - warm_up), time.perf_counter()
    measured, end = begun + warm_up, begun + seconds
    visits = []
    for i in range(sessions):
        query = f"{QUERY}&seed={i}" if own_runs else QUERY
        visits.append(_visit(urls[i % len(urls)], query, within * i / sessions, measured, end, pace, button, seen))
    if course is not None:
        visits.append(_watch(pids, course, begun, begun + seconds))
    await asyncio.gather(*visits)
    return seen


async def _watch(pids, course, begun, end):
    while (now := time.perf_counter()) < end:
        course.append(holding(pids, now - begun))
        await asyncio.sleep(WATCH)


async def _visit(url, query, delay, measured, end, pace, button, seen):
    await asyncio.sleep(delay)
    begun = time.perf_counter()
    try:
        visitor = await Visitor.enter(url, query)
        seen.opened.append(time.perf_counter() - begun)
        while time.perf_counter() < end:
            await asyncio.sleep(pace * random.uniform(0.5, 1.5))
            pressed, step, received = time.perf_counter(), visitor.step, visitor.received
            await visitor.press(button)
            seen.lost += visitor.step != step + 1
            if measured <= pressed < end:
                seen.steps.append(time.perf_counter() - pressed)
                seen.received += visitor.received - received
        seen.errors += visitor.exceptions
        await visitor.leave()
    except (OSError, TimeoutError, websockets.WebSocketException) as error:  # what went wrong is a result too
        seen.errors.append(f"{type(error).__name__}: {error}")


def pids_at(url: str) -> list[int]:
    """The process that was started for that port (tests/browser/app_server.py)."""
    asked = f"--server.port={urlsplit(url).port}".encode()
    return [int(one.parent.name) for one in Path("/proc").glob("[0-9]*/cmdline") if asked in one.read_bytes()]


def processor(pids: Iterable[int]) -> float:
    """Seconds of the processor that these processes have taken."""
    fields = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in pids]
    return sum(int(one[11]) + int(one[12]) for one in fields) / TICKS


def holding(pids: Iterable[int], seconds: float = 0.0) -> Held:
    """What these processes hold now, all together."""
    folders = [Path("/proc", str(pid)) for pid in pids]
    pages = sum(int((one / "statm").read_text().split()[1]) for one in folders)
    counts = (sum(len(os.listdir(one / what)) for one in folders) for what in ("fd", "task"))
    return Held(seconds, pages * os.sysconf("SC_PAGE_SIZE") / 1e6, *counts)


def step_cost(url: str, pids: Iterable[int], steps: int, button: str) -> tuple[float, float]:
    """Of one visitor alone: milliseconds of the processor and kilobytes to the browser for one step."""
    return asyncio.run(_step_cost(url, list(pids), steps, button))


async def _step_cost(url, pids, steps, button):
    visitor = await Visitor.enter(url, QUERY)
    for _ in range(20):
        await visitor.press(button)
    before, visitor.received = processor(pids), 0
    sizes = []
    for _ in range(steps):
        already = visitor.received
        await visitor.press(button)
        sizes.append(visitor.received - already)
    taken = processor(pids) - before
    await visitor.leave()
    return 1000 * taken / steps, median(sizes) / 1000
