"""The models of `pretrained/`: which there are, loaded once and shared by all sessions.

Anyone may have put anything into the folder, so each entry is tried by itself: what cannot be a model is named with
the reason, and the others stay. The names, shapes and tokens of all files are read when the folder is listed; their
numbers, which takes a hundred times as long, only of files that `LanguageModel.save` has not written, and else when a
model is first shown: one that fails then goes from the menu to the problems.
"""

import os
import stat
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

from engine.figures.translator import Translator
from engine.model import LanguageModel, ModelError, OverflowedError
from engine.overflow import can_overflow
from engine.sampling import LogitsError
from engine.ui import own_models
from engine.ui.i18n import WORDS
from engine.ui.kept import kept

FOLDER = Path(__file__).parents[2] / "pretrained"
DEFAULTS = {"word": "speeches-word", "char": "shakespeare-char"}  # what each level opens with, where it is there
CONVERTIBLE = {
    ".pt",
    ".pth",
    ".ckpt",
    ".net",
    ".safetensors",
    ".h5",
    ".hdf5",
    ".keras",
}  # engine/convert/ makes models of them


class Problem(NamedTuple):
    """What keeps an entry of the folder from the menu: the key of the words for it, and what they are told, which is
    the entry's name or, for "app.bad_model", a whole sentence, that of `error`."""

    key: str
    what: str
    error: ModelError | None = None

    @property
    def name(self) -> str | None:
        """That of the model which the entry would be; None where it has none."""
        if self.error is None:
            return self.what if self.key == "app.overflow" else None
        return self.error.file and Path(self.error.file).stem

    def said(self, tr: Translator) -> str:
        """The problem, for visitors to read."""
        return tr(self.key, problem=self.what if self.error is None else problem_of(self.error, tr))


def _bad(error: ModelError) -> Problem:
    return Problem("app.bad_model", str(error), error.apart())


class OverflowingModelError(ModelError):
    """A model with weights so large that its logits may be no numbers. `name`: as the menu has it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}.npz cannot be used as a model: its weights are so large that sums of them overflow")
        self.name = name


class AwayModelError(ModelError):
    """A visitor's own model that this session does not have, or no more."""


def problem_of(error: ModelError | LogitsError, tr: Translator) -> str:
    """Why a model cannot be used, or not as far as that, for visitors to read."""
    if isinstance(error, LogitsError):
        name = _names.get(error.model, str(error.model)) if isinstance(error, OverflowedError) else ""
        return tr("app.overflow.later", problem=name)
    if isinstance(error, AwayModelError):
        return tr("app.own.elsewhere")
    if isinstance(error, OverflowingModelError):
        return tr("app.overflow", problem=error.name)
    reason = tr(f"reason.{error.reason}", **error.values) if f"reason.{error.reason}" in WORDS else error.reason
    return reason if error.file is None else tr("app.of_file", file=error.file, reason=reason)


class Shelf(NamedTuple):
    """`names` per level, the default first; `problems`: one for each entry that should be a model and is none; `texts`:
    what the models were trained on, by name, of those whose card says it.
    """

    names: dict[str, list[str]]
    problems: list[Problem]
    texts: dict[str, str]

    def of_level(self, level: str, name: str, last: str | None) -> str:
        """The model of `level` to go to from the model `name`: one of the same text, if there is one, else any; and of
        these the one that was used `last`, else the first. Raises IndexError where the level has none.
        """
        names = self.names[level]
        same = [one for one in names if name in self.texts and self.texts.get(one) == self.texts[name]]
        names = same or names
        return last if last in names else names[0]

    def level(self, name: str) -> str:
        """The level of the model `name`. Raises KeyError."""
        for level, names in self.names.items():
            if name in names:
                return level
        raise KeyError(name)


class File(NamedTuple):
    """A file as it is now: another one in its place is another File."""

    path: Path
    modified: int  # nanoseconds
    size: int
    inode: int


def shelf() -> Shelf:
    """What is in the folder now, and the visitor's own models; a file dropped into it shows at the next visit."""
    files, problems = _listed(FOLDER)
    failed = tuple(file for file in files if file in _failed)
    read = _look(tuple(file for file in files if file not in failed))
    bad = [_failed[file] for file in failed]
    return _with_own(read._replace(problems=[*problems, *bad, *read.problems]))


def _with_own(shelf: Shelf) -> Shelf:
    own = own_models.own().models
    if not own:
        return shelf
    names = {level: [*names, *(name for name, model in own.items() if model.vocabulary.level == level)]
             for level, names in shelf.names.items()}  # fmt: skip
    texts = {name: model.card["text"] for name, model in own.items() if "text" in model.card}
    return shelf._replace(names=names, texts=shelf.texts | texts)


def load_model(name: str) -> LanguageModel:
    """The model `name` of the folder, or the visitor's own. Raises ModelError, for visitors to read: it names the file
    without its folder."""
    if own_models.is_own(name):
        own = own_models.own().models.get(name)
        if own is None:
            raise AwayModelError(f"{name} is a model of another session")
        return own
    path = FOLDER / f"{name}.npz"
    try:
        file = _file(path, path.stat())
        try:
            return _load(file)
        except ModelError as error:
            overflows = isinstance(error, OverflowingModelError)
            _failed[file] = Problem("app.overflow", name) if overflows else _bad(error)
            raise
    except OSError as error:
        raise _unreadable(path, error) from error


def _listed(folder: Path) -> tuple[list[File], list[Problem]]:
    """(the files that may be models, a problem for each entry that should be one and is none), by name."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        return [], [_bad(_unreadable(folder, error))]
    files: list[File] = []
    problems: list[Problem] = []
    present = {entry.name for entry in entries}
    for entry in entries:
        path, shown = folder / entry.name, _shown(entry.name)
        if entry.name.startswith("."):  # ._x.npz: what macOS writes beside x.npz
            continue
        if path.suffix == ".npz":
            try:
                found = entry.stat()
            except FileNotFoundError:
                if entry.is_symlink():  # else it was deleted while the folder was listed
                    problems.append(Problem("app.entry.lost", shown))
            except OSError as error:
                problems.append(_bad(_unreadable(path, error)))
            else:
                if not stat.S_ISREG(found.st_mode):
                    problems.append(Problem("app.entry.no_file", shown))
                elif shown != entry.name:
                    problems.append(Problem("app.entry.not_utf8", shown))
                else:
                    files.append(_file(path, found))
        elif path.suffix.lower() == ".npz":
            problems.append(Problem("app.entry.ending", shown))
        elif path.suffix.lower() in CONVERTIBLE and f"{entry.name.split('.')[0]}.npz" not in present:
            problems.append(Problem("app.entry.convert", shown))
    return files, problems


def _shown(name: str) -> str:
    """A file name that can be shown; bytes that are no UTF-8 as \\udc..."""
    return name.encode("utf-8", "backslashreplace").decode()


def _file(path: Path, found: os.stat_result) -> File:
    return File(path, found.st_mtime_ns, found.st_size, found.st_ino)


def _unreadable(path: Path, error: OSError | MemoryError) -> ModelError:
    name = _shown(path.name)
    if isinstance(error, MemoryError):
        return ModelError("{name} cannot be read: it does not fit into the memory", name=name)
    return ModelError("{name} cannot be read: {why}", name=name, why=error.strerror or type(error).__name__)


@kept(most=4)
def _look(files: tuple[File, ...]) -> Shelf:
    names: dict[str, list[str]] = {"word": [], "char": []}
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for file in files:
        try:
            vocabulary, card = LanguageModel.look_into(file.path)
        except ModelError as error:
            problems.append(_bad(error))
        except (OSError, MemoryError) as error:
            problems.append(_bad(_unreadable(file.path, error)))
        else:
            names[vocabulary.level].append(file.path.stem)
            if "text" in card:
                texts[file.path.stem] = card["text"]
    for level, default in DEFAULTS.items():
        others = sorted(name for name in names[level] if name != default)
        names[level] = [default] * (default in names[level]) + others
    return Shelf(names, problems, texts)


@kept(most=32)
def _load(file: File) -> LanguageModel:
    model = LanguageModel.load(file.path)
    if can_overflow(model):  # found here, no page meets it; what only shows on the way says engine/ui/overflowed.py
        raise OverflowingModelError(file.path.stem)
    _names[model] = file.path.stem
    return model


_names = WeakKeyDictionary[LanguageModel, str]()
_failed: dict[File, Problem] = {}  # those whose numbers turned out bad when they were loaded, with the reason
