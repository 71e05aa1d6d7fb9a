"""The models of `pretrained/`: which there are, loaded once and shared by all sessions."""

from pathlib import Path
from typing import NamedTuple

import streamlit as st

from engine.figures.translator import Translator
from engine.model import LanguageModel, ModelError
from engine.model_file import read_facts
from engine.overflow import can_overflow

FOLDER = Path(__file__).parents[2] / "pretrained"
DEFAULTS = {"word": "speeches-word", "char": "shakespeare-char"}  # what each level opens with, where it is there


class OverflowingModelError(ModelError):
    """A model with weights so large that its logits may be no numbers. `name`: as the menu has it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name}.npz cannot be used as a model: its weights are so large that sums of them overflow")
        self.name = name


def problem_of(error: ModelError, tr: Translator) -> str:
    """Why a model cannot be used, for visitors to read."""
    return tr("app.overflow", name=error.name) if isinstance(error, OverflowingModelError) else str(error)


class Shelf(NamedTuple):
    """`names` per level, the default first; `problems`: a sentence for each file that cannot be read; `texts`: what the
    models were trained on, by name, of those whose card says it.
    """

    names: dict[str, list[str]]
    problems: list[str]
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


def shelf() -> Shelf:
    """What is in the folder now; a file dropped into it shows at the next visit."""
    files = {path.stem: path.stat().st_mtime_ns for path in FOLDER.glob("*.npz")}
    return _read_shelf(tuple(sorted(files.items())))


def load_model(name: str) -> LanguageModel:
    """The model `name` of the folder. Raises ModelError, for visitors to read: it names the file without its folder."""
    path = FOLDER / f"{name}.npz"
    try:
        return _load(path, path.stat().st_mtime_ns)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> ModelError:
    return ModelError(f"{path.name} cannot be read: {error.strerror or type(error).__name__}")


@st.cache_resource(show_spinner=False, max_entries=4)
def _read_shelf(files: tuple[tuple[str, int], ...]) -> Shelf:
    names: dict[str, list[str]] = {"word": [], "char": []}
    problems: list[str] = []
    texts: dict[str, str] = {}
    for name, _ in files:
        path = FOLDER / f"{name}.npz"
        try:
            vocabulary, card = read_facts(path)
            names[vocabulary.level].append(name)
            if isinstance(card.get("text"), str):
                texts[name] = card["text"]
        except ModelError as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(str(_unreadable(path, error)))
    for level, default in DEFAULTS.items():
        others = sorted(name for name in names[level] if name != default)
        names[level] = [default] * (default in names[level]) + others
    return Shelf(names, problems, texts)


@st.cache_resource(show_spinner=False, max_entries=32)
def _load(path: Path, modified: int) -> LanguageModel:
    model = LanguageModel.load(path)
    if can_overflow(model):  # found here, no page ever meets logits that are no numbers
        raise OverflowingModelError(path.stem)
    return model
