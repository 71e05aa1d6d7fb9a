"""Where a trained model is written, under which name, and what it may replace: never a shipped or a better one."""

import os
import re
import secrets
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.locks import takes
from engine.model import LanguageModel
from engine.model_file import ModelError, read_facts
from engine.training.plans import PLANS, TrainingText

_FORBIDDEN = re.compile('[\x00-\x1f\x7f\ud800-\udfff<>:"/\\\\|?*]')  # in a file's name, on one system or another
_RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{k}" for port in ("com", "lpt") for k in range(1, 10))}
_LONGEST = 60  # characters


class OutputError(ValueError):
    """A name or a place that a model cannot be written to; the message says what to do."""


def checked_name(name: str) -> str:
    """A model's own name, in composed characters: it becomes a file's, so any system must take it, and no shipped
    model's. Raises OutputError."""
    name = unicodedata.normalize("NFC", name)
    if not name.strip():
        raise OutputError("a model needs a name; give one such as mine")
    if len(name) > _LONGEST:
        raise OutputError(f"the name has {len(name)} characters; give one of at most {_LONGEST}")
    reserved = name.split(".")[0].lower() in _RESERVED
    if reserved or _FORBIDDEN.search(name) or name != name.strip(" .-"):
        raise OutputError(
            f"{name!r} cannot be the name of a file on every system; use letters, digits, _ and -, as in my-poems"
        )
    if name.lower() in PLANS:
        raise OutputError(f"{name} is the name of a shipped model; give another one, as my-{name}")
    return name


def check(path: Path, text: TrainingText, force: bool) -> None:
    """Whether a model of `text` may and can be written to `path`, told before a training and not after it.

    What stands there may be replaced with `force`, or if it is a model of the same text and vocabulary, so that the
    better one can be kept. Raises OutputError.
    """
    if path.is_dir():
        raise OutputError(f"the output must be a file, but {path} is a folder; give {path / 'mine.npz'}")
    if path.suffix != ".npz":
        raise OutputError(f"the output must end in .npz, but is {path.name}; give {path.name}.npz")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = _beside(path)
        unfinished.touch()
        unfinished.unlink()
    except OSError as error:
        raise OutputError(
            f"nothing can be written to {path.parent} ({error.strerror or error}); choose a place by --output PATH"
        ) from error
    if path.exists() and not force and _loss_there(path, text) is None:
        raise OutputError(
            f"{path} is there already{_described(path)}; --force replaces it when the training is done, "
            "--output PATH (or another --name) keeps both"
        )


def write(model: LanguageModel, path: Path, text: TrainingText, force: bool) -> bool:
    """Write the model, unless what stands there is better on the same held-out text (or cannot be compared) and there
    is no `force`; whether it was written."""
    if path.exists() and not force:
        there = _loss_there(path, text)
        if there is None or there < model.card["held_out_nats_per_token"]:
            return False
    with replacing(path) as unfinished:
        model.save(unfinished)
    return True


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A file beside `path`, of a name of its own, that becomes `path` at the end, or nothing at all after an error: so
    nobody ever sees half of it, and two who write the same do not share it."""
    unfinished = _beside(path)
    try:
        yield unfinished
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """While this lasts, nobody else can lock `path`; a process that dies lets go of it. Raises OutputError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as file:
        if not takes(file.fileno()):
            raise OutputError(
                "another training of this name and seed is under way; wait for it, or give another name or seed"
            )
        try:
            yield
        finally:
            if sys.platform != "win32":  # there an open file cannot be removed
                path.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")


def _loss_there(path: Path, text: TrainingText) -> float | None:
    """The held-out loss of the model at `path`, None if it cannot be compared with one of `text`."""
    try:
        card = read_facts(path).card
    except (ModelError, OSError):
        return None
    loss = card.get("held_out_nats_per_token")
    return loss if card.get("held_out_fingerprint") == text.fingerprint() and isinstance(loss, float) else None


def _described(path: Path) -> str:
    try:
        loss = read_facts(path).card.get("held_out_nats_per_token")
    except (ModelError, OSError):
        return ""
    return f" (held-out loss {loss})" if isinstance(loss, float) else ""
