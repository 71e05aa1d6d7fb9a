"""A model file that a visitor brings: one of ours, or of a layout that engine/convert/ reads, where its package is.

It is read within bounds: its size is told by its headers first, and another program's file is converted by a process of
its own, with an end to its time and its memory.
"""

from importlib.util import find_spec
from pathlib import PurePath
from typing import Any

from engine.model import ModelError
from engine.ui import changes, own_models, session
from engine.ui.models import problem_of
from engine.ui.own_models import LargeModelError, NoRoomError, OverflowsError
from engine.ui.train.processes import NotDoneError, run

_NEEDS = {"pt": "torch", "pth": "torch", "ckpt": "torch", "h5": "h5py", "hdf5": "h5py", "keras": "h5py"}
# What can be read here.
SUFFIXES = ("npz", "safetensors", *(suffix for suffix, package in _NEEDS.items() if find_spec(package)))

Refusal = tuple[str, dict[str, Any]]


def bring(file: str, data: bytes) -> Refusal | None:
    """The model of that file, on the stage from now on; else why it cannot be, as `Desk.refused` has it."""
    name = own_models.named(PurePath(file).stem)
    suffix = PurePath(file).suffix.lower()
    try:
        place = own_models.own_bench()
        uploaded, path = place / f"upload{suffix}", place / "models" / f"{name}.npz"
        uploaded.write_bytes(data)
        try:
            if suffix == ".npz":
                refusal = _taken(uploaded, path)
                if refusal is None or refusal[0] != "model":
                    return refusal
            printed = run("engine.convert", uploaded, "--output", path, "--force")
            own_models.add(path)
        finally:
            uploaded.unlink(missing_ok=True)
    except NotDoneError as error:
        return "model", {"problem": error.said.partition(": ")[2] or file}
    except (ModelError, OSError) as error:
        return _refusal(error)
    _show(name)
    _say_what_was_assumed(name, printed)
    return None


def _say_what_was_assumed(name: str, printed: str) -> None:
    """Name what the file did not tell and the conversion took for granted, by the options that it says would decide."""
    for option, key in (("--start TOKEN", "train.assumed.start"), ("--variant relu", "train.assumed.tanh")):
        if option in printed:
            session.notice(session.tr()(key, name=name.removeprefix(own_models.PREFIX), option=option))


def _taken(uploaded: Any, path: Any) -> Refusal | None:
    """One of ours as it is, so that its card and its hashes stay."""
    uploaded.replace(path)
    try:
        own_models.add(path)
    except (ModelError, OSError) as error:
        path.replace(uploaded)  # what is none of ours may be another program's
        return _refusal(error)
    _show(path.stem)
    return None


def _refusal(error: ModelError | OSError) -> Refusal:
    if isinstance(error, NoRoomError):
        return "room", {}
    if isinstance(error, LargeModelError):
        return "weights", {"most": own_models.MOST_NUMBERS}
    if isinstance(error, OverflowsError):
        return "overflow", {}
    if isinstance(error, ModelError):
        return "model", {"problem": problem_of(error, session.tr())}
    return "model", {"problem": error.strerror or type(error).__name__}


def _show(name: str) -> None:
    changes.change_model(name)
    session.notice(session.tr()("train.brought", name=name.removeprefix(own_models.PREFIX)))
