"""The process that trains for a visitor: `python -m engine.training.worker BENCH`, started by the page Train.

It waits for its turn, trains as request.json says, follows control.json, and tells state.json how far it is. It ends
when it is done, stopped, paused for too long, or its visitor has left.
"""

import os
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import cast

from engine import bench, locks
from engine.bench import Control, State
from engine.training.places import FullError, Ticket

LOOKS = 0.1  # seconds between two looks at what the visitor has moved
LONGEST_PAUSE = 300.0  # seconds: others wait for the place
MOST_MEMORY = 3 * 2**30  # bytes of addresses
NICE = 15  # whoever steps comes first


class LeftError(Exception):
    """The visitor has left."""


def main(place: Path) -> int:
    """The exit status: 0, also for a training that was refused or left; 1 for an error of our own, in the log."""
    _be_modest()
    held = locks.take(place / "alive")
    if held is None:
        return 0  # another worker is at this bench already
    with held:
        try:
            ticket = Ticket(bench.root())
        except FullError:
            _fail(place, "failed.full")
            return 0
        try:
            _wait(place, ticket)
            from engine.training.bench_training import train_at  # loaded when it is its turn, not while waiting

            train_at(place, controls(place))
        except LeftError:
            bench.remove(place)
        except MemoryError:
            _fail(place, "failed.memory")
        except FloatingPointError:
            _fail(place, "failed.exploded")
        except KeyboardInterrupt:
            _fail(place, "failed.died")
        except Exception:
            traceback.print_exc()
            _fail(place, "failed.died")
            return 1
        finally:
            ticket.close()
    return 0


def controls(place: Path) -> Iterator[Control]:
    """What the visitor has moved, as often as it is asked for. While it pauses, each answer takes a moment. Raises
    LeftError; a pause that lasts too long is a stop."""
    looked, paused_since, control = 0.0, None, bench.control(place)
    while True:
        now = time.monotonic()
        if now - looked >= LOOKS:
            looked, control = now, bench.control(place)
            if bench.is_left(place):
                raise LeftError
        if control["paused"]:
            paused_since = paused_since or now
            if now - paused_since > LONGEST_PAUSE:
                control = {**control, "stop": True}
        else:
            paused_since = None
        yield control
        if control["paused"] and not control["stop"]:
            time.sleep(LOOKS)


def _wait(place: Path, ticket: Ticket) -> None:
    """Until it is this training's turn. Raises LeftError, also for one that is stopped before its turn."""
    while (ahead := ticket.ahead()) is not None:
        if bench.is_left(place):
            raise LeftError
        if bench.control(place)["stop"]:
            bench.write(place / "state.json", State(phase="ended", at=time.time(), ended="unbegun"))
            sys.exit(0)
        bench.write(place / "state.json", State(phase="waiting", at=time.time(), ahead=ahead))
        time.sleep(0.5)


def _fail(place: Path, problem: str) -> None:
    now = bench.read(place / "state.json") or {}
    with suppress(FileNotFoundError):  # a bench that was cleared away
        bench.write(place / "state.json", cast(State, {**now, "phase": "failed", "problem": problem, "values": {}}))


def _be_modest() -> None:
    """After all others at the processor, bounded in memory, and the first to go where that runs out."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        with suppress(OSError):  # not everywhere may one say so
            Path("/proc/self/oom_score_adj").write_text("1000")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
