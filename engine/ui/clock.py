"""The clock: parts of a page that go on by themselves, a tick at a time: play, both runs, a search, many runs."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps

import streamlit as st

from engine.ui import session
from engine.ui.overflowed import said_in_a_notice, said_in_its_place

EARLY = 0.05  # seconds that a tick of the browser's clock may come before its time
# A tick is late by the server's doing, and not by the browser's or the line's, where so many parts are drawn at once.
CROWD = 4
LATE = 1.5  # times its interval


@dataclass
class Due:
    """By part: when its next tick is due, by `time.monotonic`; where a crowd has made the latest one late, the seconds
    from the one before to it.
    """

    at: dict[str, float] = field(default_factory=dict)
    slowed: dict[str, float] = field(default_factory=dict)


_at_work: list[str] = []  # parts of all sessions that are being drawn now


def going_on(
    draw: Callable[[], None],
    tick: Callable[[], None],
    pace: Callable[[], float | None],
    around: Callable[[], object] = lambda: None,
    stop: Callable[[], object] = lambda: None,
) -> None:
    """Draw a part of the page that runs by itself, a fragment: what it brings draws nothing else again.

    `pace`: the seconds from one `tick` to the next now; None while nothing goes on. A tick comes when it is due by the
    server's clock, whatever else the part runs for: a press, a menu; the first one so long after the start.
    `around`: what the rest of the page shows of the session. Where that, or the pace, is another one after a press or a
    tick, the whole page is drawn again, to which the browser's clock belongs. `stop`: ends what goes on where a step of
    it cannot be made.
    """
    every, shown = pace(), around()
    name = f"{draw.__module__}.{draw.__qualname__}"

    @wraps(draw)  # Streamlit tells fragments apart by their names
    def part() -> None:
        _at_work.append(name)
        try:
            if _is_due(name, pace()):
                said_in_a_notice(tick, stop)()
            if (pace(), around()) != (every, shown):
                st.rerun()
            with session.in_one_go():  # drawing looks for its session some fifty times
                said_in_its_place(draw)()
        finally:
            _at_work.remove(name)

    st.fragment(part, run_every=every)()


def slowed() -> float | None:
    """The seconds from one tick to the next where more visitors let something go on than the server can serve in time.

    A browser's clock asks for one tick at a time, so each is served as often as the others, and nothing piles up.
    """
    return max(session.record(Due).slowed.values(), default=None)


def _is_due(name: str, every: float | None) -> bool:
    """Whether the part has a tick now; if so its next one is due `every` seconds later."""
    due, now = session.record(Due), time.monotonic()
    if every is None:
        due.at.pop(name, None)
        due.slowed.pop(name, None)
        return False
    here = due.at.setdefault(name, now + every)
    if now < here - EARLY:
        return False
    took = every + now - here
    if took > LATE * every and len(_at_work) >= CROWD:
        due.slowed[name] = took
    else:
        due.slowed.pop(name, None)
    due.at[name] = max(here, now - EARLY) + every
    return True
