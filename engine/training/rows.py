"""What a network under way writes, kept row by row, so that one sees gibberish turn into words.

Every row is written with the same luck. The networks are kept too: with another temperature all of them write anew.
"""

import dataclasses
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.bench import Row
from engine.generation import generate
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.sampling import SamplingSettings
from engine.training.copying import Meter
from engine.vocabulary import Vocabulary
from engine.words import spaced

TOKENS = {"word": 40, "char": 160}  # of a row
MOST_RUNS = 12
_MOST, _BYTES = 30, 128 * 2**20  # rows, and what their networks may take


class _Kept(NamedTuple):
    update: int
    loss: float | None
    weights: dict[str, NDArray[np.float16]]  # as the model would be saved
    row: Row


class Rows:
    """The rows so far, the first one first; beyond some those that lie closest together are thinned out."""

    def __init__(self, meter: Meter, vocabulary: Vocabulary, seed: int, temperature: float) -> None:
        self._meter, self._vocabulary, self._seed, self._temperature = meter, vocabulary, seed, temperature
        self._kept: list[_Kept] = []

    @property
    def rows(self) -> list[Row]:
        """As a page draws them."""
        return [one.row for one in self._kept]

    def add(self, model: LanguageModel, update: int, loss: float | None) -> None:
        """What `model` writes, after so many updates."""
        weights = {name: weight.astype(np.float16) for name, weight in model.state_dict().items()}
        self._kept.append(_Kept(update, loss, weights, self._row(model, update, loss)))
        size = sum(weight.nbytes for weight in weights.values())
        if len(self._kept) > max(4, min(_MOST, _BYTES // size)):
            updates = [one.update for one in self._kept]
            inner = range(1, len(updates) - 1)
            del self._kept[min(inner, key=lambda i: (updates[i + 1] - updates[i - 1]) / (updates[i] + 1))]

    def warm(self, temperature: float) -> bool:
        """All rows at another temperature; whether it is another one."""
        if temperature == self._temperature:
            return False
        self._temperature = temperature
        for i, one in enumerate(self._kept):
            model = LanguageModel.from_state_dict(self._vocabulary, one.weights)
            self._kept[i] = one._replace(row=self._row(model, one.update, one.loss))
        return True

    def _row(self, model: LanguageModel, update: int, loss: float | None) -> Row:
        vocabulary = model.vocabulary
        most = TOKENS[vocabulary.level]
        recipe = Recipe(self._seed, SamplingSettings(self._temperature), limit=most)
        runs, windows, known = list[list[tuple[str, bool]]](), 0, 0
        written = 0
        while written < most and len(runs) < (1 if vocabulary.eos_id is None else MOST_RUNS):
            seed = (self._seed + len(runs)) % 2**32
            token_ids = [step.token_id for step in generate(model, dataclasses.replace(recipe, seed=seed))]
            copied = self._meter.measure(token_ids)
            windows, known = windows + copied.windows, known + copied.known
            runs.append(_pieces(model, token_ids, copied.tokens))
            written += len(token_ids)
        return Row(update=update, temperature=self._temperature, loss=loss, runs=runs, windows=windows, known=known)


def _pieces(model: LanguageModel, token_ids: list[int], marks: list[bool]) -> list[tuple[str, bool]]:
    """The text in stretches that are copied or not; <EOS> leaves no trace."""
    vocabulary = model.vocabulary
    shown = [(i, mark) for i, mark in zip(token_ids, marks, strict=True) if i != vocabulary.eos_id]
    tokens = [vocabulary.tokens[i] for i, _ in shown]
    texts = tokens if vocabulary.level == "char" else spaced(tokens)
    pieces = list[tuple[str, bool]]()
    for text, (_, mark) in zip(texts, shown, strict=True):
        if pieces and pieces[-1][1] == mark:
            pieces[-1] = (pieces[-1][0] + text, mark)
        else:
            pieces.append((text, mark))
    return pieces


def thinned(points: list[tuple[int, float]], most: int) -> list[tuple[int, float]]:
    """At most so many points of a curve, two neighbours made one again and again: their mean, at the later update."""
    while len(points) > most:
        pairs = [points[i : i + 2] for i in range(0, len(points), 2)]
        points = [(pair[-1][0], float(np.mean([loss for _, loss in pair]))) for pair in pairs]
    return points
