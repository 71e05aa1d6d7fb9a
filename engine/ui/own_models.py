"""A visitor's own models, trained here or uploaded: of this session alone, and of the bench that its browser knows."""

import re
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import cast
from weakref import WeakSet

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from engine import bench
from engine.model import LanguageModel, ModelError
from engine.model_file import read_facts
from engine.overflow import can_overflow

PREFIX = "own-"
COOKIE = "bench"  # by which a page that is loaded anew finds its bench; the browser keeps it while it is open
MOST = 4  # models of a session; another one takes the place of the oldest
MOST_NUMBERS = 16_000_000  # of a model: three times the largest that the page Train makes
MOST_BYTES = 512 * 2**20  # of all visitors' models in this process
_KEY = "own_models"
_OFTEN = 300.0  # seconds


class NoRoomError(ModelError):
    """The models of all visitors together take too much memory."""


class OverflowsError(ModelError):
    """A model with weights so large that its logits may be no numbers."""


class LargeModelError(ModelError):
    """A model with too many weights for a visitor to bring."""


@dataclass
class Own:
    """`bench`: the folder, None until there is a text or a model; `stamps`: when the file of each model was written;
    `going_on`: a training was, when it was last looked."""

    bench: Path | None = None
    models: dict[str, LanguageModel] = field(default_factory=dict)
    stamps: dict[str, int] = field(default_factory=dict)
    going_on: bool = False


_alive: WeakSet[LanguageModel] = WeakSet()  # of all sessions
_lock = Lock()
_tidied = -_OFTEN


def is_own(name: str) -> bool:
    """Whether a model of that name is a visitor's own, of this session or another."""
    return name.startswith(PREFIX)


def own() -> Own:
    """What the session has; at first what is on the bench that its browser was at before."""
    if get_script_run_ctx() is None:
        return Own()
    if _KEY not in st.session_state:
        _tidy()
        here = st.session_state[_KEY] = Own(bench.find(st.context.cookies.get(COOKIE)))
        for path in sorted((here.bench / "models").glob("*.npz")) if here.bench else ():
            try:
                add(path)
            except (ModelError, OSError):
                continue  # it is gone, or there is no room for it: the link says that the model is not here
        here.going_on = here.bench is not None and bench.is_going_on(here.bench)
    return cast(Own, st.session_state[_KEY])


def own_bench() -> Path:
    """The session's bench, made where it has none yet, or has no more. Raises OSError."""
    here = own()
    if here.bench is None or not here.bench.exists():
        here.bench = bench.new()
    return here.bench


def add(path: Path) -> str:
    """The model in a file of the bench, one of the session's from now on; its name. Raises ModelError or OSError."""
    here, name, stamp = own(), path.stem, path.stat().st_mtime_ns
    weights = read_facts(path).weights.values()
    if sum(header.bytes_in_memory for header in weights) > 4 * MOST_NUMBERS:
        raise LargeModelError(f"{path.name} has more than {MOST_NUMBERS:,} weights")
    model = LanguageModel.load(path)
    if can_overflow(model):
        raise OverflowsError("its weights are so large that sums of them overflow")
    with _lock:
        if sum(map(_bytes, _alive)) + _bytes(model) > MOST_BYTES:
            raise NoRoomError("the models of all visitors take too much memory")
        _alive.add(model)
    here.models.pop(name, None)
    for oldest in list(here.models)[: max(0, len(here.models) + 1 - MOST)]:
        del here.models[oldest]
        (path.parent / f"{oldest}.npz").unlink(missing_ok=True)
    here.models[name], here.stamps[name] = model, stamp
    return name


def named(text: str) -> str:
    """The name of a model of one's own that is called `text`: letters, digits, hyphens.

    >>> named("My poems (1)"), named("own-names"), named("../…")
    ('own-My-poems-1', 'own-names', 'own-text')
    """
    plain = re.sub(r"[^\w-]+", "-", text.removeprefix(PREFIX))[:30].strip("-_")
    return PREFIX + (plain or "text")


def keep_alive() -> None:
    """While a training goes on, a page that does not show it still asks for it, or its visitor would have left."""
    here = own()
    if here.bench is None:
        return
    bench.seen(here.bench)
    if here.going_on:
        st.fragment(_ask, run_every=bench.LEFT_AFTER / 3)()


def _tidy() -> None:
    """Now and then, when somebody comes: texts that nobody asks for any more are nobody's to keep."""
    global _tidied
    if time.monotonic() - _tidied > _OFTEN:
        _tidied = time.monotonic()
        with suppress(OSError):
            bench.clear()


def _ask() -> None:
    here = own()
    if here.bench is not None:
        bench.seen(here.bench)
        here.going_on = bench.is_going_on(here.bench)


def _bytes(model: LanguageModel) -> int:
    table = 0 if model.input_table is None else model.input_table.nbytes
    return table + sum(weight.nbytes for weight in model.state_dict().values())
