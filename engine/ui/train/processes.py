"""The processes that work at a visitor's bench. The app never trains: it starts them and reads what they tell."""

import os
import subprocess
import sys
import time
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from engine import bench
from engine.bench import Control, Request, State

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0  # seconds for a look at a text, or the conversion of a file
MOST_MEMORY = 6 * 2**30  # bytes of addresses, of a conversion: torch alone asks for half of them
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

_short = BoundedSemaphore(2)  # looks and conversions at once: each takes a core for some seconds
_started: list[subprocess.Popen[bytes]] = []  # to be asked now and then how they ended, or the dead would pile up


class NotDoneError(RuntimeError):
    """A short process that came to nothing: too long, too much memory, or an error of ours. `said`: its last line."""

    def __init__(self, said: str) -> None:
        super().__init__(said)
        self.said = said


def look(place: Path, asked: dict[str, Any]) -> dict[str, Any]:
    """What the text in this bench is good for, if it is asked for so (engine/training/look.py). Raises NotDoneError."""
    bench.write(place / "asked.json", asked)
    (place / "look.json").unlink(missing_ok=True)
    run("engine.training.look", place)
    record = bench.read(place / "look.json")
    if record is None:
        raise NotDoneError("")
    return record


def start(place: Path, request: Request, control: Control) -> None:
    """Begin to train, or to wait for it."""
    bench.write(place / "request.json", request)
    bench.write(place / "control.json", control)
    bench.write(place / "state.json", State(phase="starting", at=time.time()))
    bench.seen(place)
    _started[:] = [process for process in _started if process.poll() is None]
    with open(place / "log", "ab") as log:
        _started.append(
            subprocess.Popen(
                [sys.executable, "-m", "engine.training.worker", str(place)],
                cwd=ROOT,
                env=_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        )


def run(module: str, *arguments: object) -> str:
    """A short process from its start to its end; what it has printed. Raises NotDoneError."""
    with _short:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=ROOT,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        with process:
            if sys.platform == "linux":
                import resource

                resource.prlimit(process.pid, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
            try:
                printed, errors = process.communicate(timeout=PATIENCE)
            except subprocess.TimeoutExpired as error:
                process.kill()
                process.communicate()
                raise NotDoneError("") from error
    if process.returncode:
        raise NotDoneError(errors.decode("utf-8", "replace").strip().rpartition("\n")[2])
    return printed.decode("utf-8", "replace")


def _environment() -> dict[str, str]:
    """One thread for a product: two trainings share two cores with all who step."""
    return os.environ | dict.fromkeys(_THREADS, "1") | {"PYTHONPATH": str(ROOT)}
