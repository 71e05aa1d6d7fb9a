"""Turns: so many trainings at once on a machine, whichever processes they were asked for in; the others wait in line.

A place is a file that is held (engine/locks.py), so one that dies gives its place away.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from engine import locks
from engine.bench import at_once

MOST_WAITING = 20


class FullError(RuntimeError):
    """The line is too long."""


class Ticket:
    """A place in the line of `folder`, held until it is called or closed. Raises FullError."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._line = folder / "line"
        self._line.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(folder):
            waiting = self._waiting()
            if len(waiting) >= MOST_WAITING:
                raise FullError(f"{len(waiting)} trainings are waiting")
            number = 1 + max((int(path.name.split("-")[0]) for path in waiting), default=0)
            self._path = self._line / f"{number:08}-{secrets.token_hex(4)}"
            self._file = locks.take(self._path)
        self._place: IO[bytes] | None = None

    def ahead(self) -> int | None:
        """How many are to be called before; None once it has its place, which it holds until it is closed."""
        with _alone(self._folder):
            before = sum(path.name < self._path.name for path in self._waiting())
            for i in range(at_once()) if not before else ():
                self._place = locks.take(self._folder / f"place-{i}")
                if self._place is not None:
                    self._leave_line()
                    return None
        return before

    def close(self) -> None:
        """Leave the line, or the place."""
        self._leave_line()
        if self._place is not None:
            self._place.close()

    def _leave_line(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)

    def _waiting(self) -> list[Path]:
        """The tickets of who lives; those of the dead are swept up."""
        found = []
        for path in self._line.iterdir():
            if locks.is_held(path):
                found.append(path)
            else:
                with suppress(FileNotFoundError):
                    path.unlink()
        return found


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else looks at the line meanwhile."""
    while (file := locks.take(folder / "line.lock")) is None:
        time.sleep(0.005)
    try:
        yield
    finally:
        file.close()
