"""A visitor's bench: a private folder in which a text of theirs is trained on by another process than the app's.

The app and the worker speak through its files alone, so any process of the app finds a training where it is, and one
that dies takes none along. Who knows the bench's name, 32 random hexadecimal digits, may use it.

source       the text as it came         text.txt     the same, clean UTF-8        look.json    what it is good for
request.json what is to be trained       control.json what the visitor has moved since
state.json   how far it is               alive        held by the worker            seen         when a page last asked
models/      what was learned, a model file each
"""

import json
import os
import re
import secrets
import shutil
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal, TypedDict, cast

from engine import locks

LEFT_AFTER = (
    90.0  # seconds in which no page has asked: the visitor has left (a browser's hidden page asks once a minute)
)
AT_ONCE = 2  # trainings on a machine; the environment variable TRAININGS_AT_ONCE says otherwise
KEPT = 3600.0  # seconds that a bench nobody asks for is kept, for who comes back by the same browser
MOST_KEPT = 30  # benches without a training
STARTS_WITHIN = 30.0  # seconds until a worker holds its bench

Phase = Literal["starting", "waiting", "preparing", "training", "paused", "finishing", "ended", "failed"]
GOING_ON = ("starting", "waiting", "preparing", "training", "paused", "finishing")


class Request(TypedDict):
    """What is to be trained. `name`: of the model; `chunk`, `dropout`, `learning_rate`: None as the text suggests."""

    name: str
    level: str
    sequences: str
    vocabulary_size: int | None
    cell: str
    size: str
    seconds: float
    learning_rate: float | None
    dropout: float | None
    chunk: int | None
    seed: int


class Control(TypedDict):
    """What a visitor moves while it trains. `learning_rate`: a factor; `temperature`: of the samples; `last`: the last
    weights are kept, not those with the lowest held-out loss."""

    paused: bool
    stop: bool
    learning_rate: float
    temperature: float
    last: bool


class Row(TypedDict):
    """What the network wrote after so many updates, always with the same seeds: `runs`, each a list of (text, whether
    it is copied). `known` of its `windows` stand in the training text. `loss`: held out, None before the first one."""

    update: int
    temperature: float
    loss: float | None
    runs: list[list[tuple[str, bool]]]
    windows: int
    known: int


class State(TypedDict, total=False):
    """How far a training is. Losses in nats per token, by update; `ahead`: trainings that have their turn before."""

    phase: Phase
    at: float  # time.time()
    ahead: int
    ended: str  # "updates", "time", "no better", "stopped", "pause"
    problem: str  # of a failed one: "failed." or "refused." and why (engine/ui/words/train.py)
    values: dict[str, Any]  # of that key, or of a text that is refused
    update: int
    updates: int
    seconds: float
    left: float
    speed: float  # tokens a second
    uniform: float
    ngram: float | None
    losses: list[tuple[int, float]]
    held_out: list[tuple[int, float]]
    best: int  # the update with the lowest held-out loss
    rows: list[Row]
    model: str  # the name of the model that was kept
    kept: int  # and after how many updates it was


CONTROL = Control(paused=False, stop=False, learning_rate=1.0, temperature=0.8, last=False)


def root() -> Path:
    """The folder of all benches and places of this machine's user; nobody else's. Raises OSError where it is not so."""
    user = str(os.getuid()) if hasattr(os, "getuid") else os.environ.get("USERNAME", "user")
    folder = Path(os.environ.get("TRAININGS_FOLDER") or Path(tempfile.gettempdir()) / f"sequences-{user}")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.lstat()
    if hasattr(os, "getuid") and (found.st_uid != os.getuid() or found.st_mode & 0o077 or folder.is_symlink()):
        raise PermissionError(f"{folder} must be a folder of this user alone (chmod 700)")
    return folder


def at_once() -> int:
    """How many trainings may run at once on this machine."""
    asked = os.environ.get("TRAININGS_AT_ONCE", "")
    return int(asked) if asked.isdigit() else AT_ONCE


def new() -> Path:
    """A bench of its own; those that nobody asks for any more are cleared away."""
    clear()
    bench = root() / "benches" / secrets.token_hex(16)
    (bench / "models").mkdir(mode=0o700, parents=True)
    seen(bench)
    return bench


def find(name: object) -> Path | None:
    """The bench of that name, if it is there; `name` may be anything."""
    if not isinstance(name, str) or not re.fullmatch("[0-9a-f]{32}", name):
        return None
    try:
        bench = root() / "benches" / name
    except OSError:
        return None
    return bench if (bench / "seen").exists() else None


def seen(bench: Path) -> None:
    """A page has asked for it just now."""
    with suppress(OSError):  # cleared away meanwhile
        (bench / "seen").touch()


def is_left(bench: Path) -> bool:
    """Whether no page has asked for it for so long that its visitor must have left."""
    return _unseen(bench) > LEFT_AFTER


def state(bench: Path) -> State | None:
    """How far its training is; None where there was none. One whose worker is gone without a word has failed."""
    now = cast(State | None, read(bench / "state.json"))
    if now is None or now["phase"] not in GOING_ON or locks.is_held(bench / "alive"):
        return now
    if now["phase"] == "starting" and time.time() - now["at"] < STARTS_WITHIN:
        return now
    now = cast(State | None, read(bench / "state.json")) or now  # it may have ended between two looks
    return now if now["phase"] not in GOING_ON else {**now, "phase": "failed", "problem": "failed.died"}


def is_going_on(bench: Path) -> bool:
    """Whether a training is under way there, or has its turn later."""
    now = state(bench)
    return now is not None and now["phase"] in GOING_ON


def control(bench: Path) -> Control:
    """What the visitor has moved."""
    return cast(Control, CONTROL | (read(bench / "control.json") or {}))


def read(path: Path) -> dict[str, Any] | None:
    """The record in a file; None where there is none."""
    try:
        record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return record


def write(path: Path, record: Mapping[str, Any]) -> None:
    """Nobody ever reads half of it."""
    unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    unfinished.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    os.replace(unfinished, path)


def remove(bench: Path) -> None:
    """Clear it away with all that is in it."""
    shutil.rmtree(bench, ignore_errors=True)


def _unseen(bench: Path) -> float:
    try:
        return time.time() - (bench / "seen").stat().st_mtime
    except OSError:
        return float("inf")


def clear() -> None:
    """Take away the benches without a training that nobody has asked for in an hour, and beyond so many the oldest."""
    folder = root() / "benches"
    folder.mkdir(mode=0o700, exist_ok=True)
    idle = [bench for bench in folder.iterdir() if not is_going_on(bench)]
    idle.sort(key=_unseen)
    for i, bench in enumerate(idle):
        if _unseen(bench) > KEPT or i >= MOST_KEPT:
            remove(bench)
