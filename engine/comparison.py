"""One text under a word model and a character model: how it is cut, what it costs, how far back each model looks."""

import math
from collections.abc import Mapping
from itertools import islice
from time import perf_counter
from typing import Any, NamedTuple, TypeGuard

import numpy as np

from engine.generation import GenerationStep, generate
from engine.model import LanguageModel, multiply_adds
from engine.recipe import Recipe
from engine.sampling import LogitsError, softmax
from engine.scoring import TokenScore, bits_per_character, characters_of, score, spelling_bits
from engine.typed_text import typed_text

LONGEST = 300  # characters of a text: a second's work for the largest of the models
LIMITS = {"word": 60, "char": 360}  # steps of a run: as long a text for both, at six characters a word
HELPS = 0.01  # more context still helps while the loss lies this far above its lowest
PLACES = 100  # of a text at which the past is cut off, at most
_SLICE = 0.5  # seconds that a run may take before it hands back


class Piece(NamedTuple):
    """text[start:end], typed for one token. `kind`: "token"; "unk", for which <UNK> stands; or "foreign", which the
    vocabulary has no way to say.
    """

    start: int
    end: int
    kind: str


class Cut(NamedTuple):
    """A text as one model takes it.

    `text`: as it was typed; `changes`: what of it is read otherwise (`TypedText`); `read`: each piece as it is read.
    `scores`: of each piece, then of <EOS> where the vocabulary has it; none for an empty text or one with a foreign
    piece. `characters`: as `characters_of` counts them, the end as one where <EOS> says it.
    """

    model: LanguageModel
    text: str
    pieces: tuple[Piece, ...]
    scores: tuple[TokenScore, ...]
    characters: int
    read: tuple[str, ...]
    changes: tuple[tuple[str, str], ...]

    def written(self, kind: str) -> list[str]:
        """The pieces of that kind as they stand in the text, each once."""
        return list(dict.fromkeys(self.text[start:end] for start, end, one in self.pieces if one == kind))

    @property
    def bits(self) -> float | None:
        """-log2 P of all tokens by the model's own distribution; None where there are no scores."""
        return float(sum(each.surprisal for each in self.scores)) if self.scores else None

    @property
    def bits_per_character(self) -> float | None:
        """As it is: <UNK> costs what the model gives <UNK>, and the letters it stands for cost nothing."""
        return bits_per_character(self.scores, self.characters) if self.scores else None

    @property
    def letters(self) -> float:
        """The bits that it takes to spell every word for which <UNK> stands, so that models can be compared."""
        unknown = [self.text[start:end] for start, end, kind in self.pieces if kind == "unk"]
        return spelling_bits(self.model.vocabulary.ordinary, unknown) if unknown else 0.0

    @property
    def multiply_adds(self) -> int:
        """Of all its time steps."""
        return multiply_adds(self.model.state_dict()) * len(self.scores)


class Track(NamedTuple):
    """A run on its way, with the `seconds` that the engine's own steps have taken, on the clock. `overflowed`: its next
    step cannot be made (OverflowedError).
    """

    model: LanguageModel
    recipe: Recipe
    steps: tuple[GenerationStep, ...] = ()
    seconds: float = 0.0
    overflowed: bool = False

    @property
    def has_ended(self) -> bool:
        """Whether there is no further step."""
        return self.finish_reason is not None or self.overflowed

    @property
    def finish_reason(self) -> str | None:
        """ "eos" or "length" once the run has ended."""
        return self.steps[-1].finish_reason if self.steps else None

    @property
    def text(self) -> str:
        """The tokens so far as running text."""
        return self.model.vocabulary.decode([step.token_id for step in self.steps])

    @property
    def rejections(self) -> int:
        """Draws of <UNK> that were rejected so far."""
        return sum(max(0, len(step.draws) - 1) for step in self.steps)

    def advanced(self, count: int = 1) -> "Track":
        """With up to `count` more steps: fewer at the end of the run, or after half a second."""
        steps, seconds, overflowed = [], 0.0, False
        coming = generate(self.model, self.recipe, after=self.steps[-1] if self.steps else None)
        coming = islice(coming, 0 if self.has_ended else count)
        while seconds < _SLICE:
            start = perf_counter()
            try:
                step = next(coming, None)
            except LogitsError:
                overflowed = True
                break
            if step is None:
                break
            seconds += perf_counter() - start
            steps.append(step)
        steps_now, overflowed = (*self.steps, *steps), self.overflowed or overflowed
        return self._replace(steps=steps_now, seconds=self.seconds + seconds, overflowed=overflowed)


class Reach(NamedTuple):
    """How much of the past helps a model, in its own tokens and in characters; `longest`: more was not measured."""

    tokens: float
    characters: float
    longest: bool


def begun(model: LanguageModel, seed: int) -> Track:
    """A run with this seed, before its first step; all settings as they are at first."""
    return Track(model, Recipe(seed, limit=LIMITS[model.vocabulary.level]))


def cut(model: LanguageModel, text: str) -> Cut:
    """`text` under `model`, <EOS> after it where the vocabulary has one."""
    vocabulary, typed = model.vocabulary, typed_text(text, model.vocabulary)
    read = vocabulary.split(typed.text)
    lacking = "foreign" if vocabulary.unk_id is None else "unk"
    # what was typed between the pieces (spaces, for words) the model never sees; <UNK> as typed is that token itself
    pieces = [
        Piece(*place, "token" if piece in vocabulary and piece != vocabulary.eos_token else lacking)
        for piece, place in zip(read, typed.places(read), strict=True)
    ]
    end = [] if vocabulary.eos_id is None else [vocabulary.eos_id]
    scores = []
    if pieces and all(piece.kind != "foreign" for piece in pieces):
        scores = score(model, vocabulary.encode(typed.text) + end)
    characters = characters_of(vocabulary, text)
    return Cut(model, text, tuple(pieces), tuple(scores), characters, tuple(read), typed.changes)


def seconds_of(whole: Cut) -> float:
    """Seconds on the clock, now, to take all tokens through the network one by one, yhat<t> each time; the best of
    five times, since a busy machine only adds to them."""
    seconds = []
    for _ in range(5):
        start = perf_counter()
        token_id, state = None, whole.model.initial_state()
        for each in whole.scores:
            logits, state = whole.model.step(token_id, state)
            softmax(logits)
            token_id = each.token_id
        seconds.append(perf_counter() - start)
    return min(seconds)


def change_without_past(whole: Cut, seen: int) -> list[tuple[int, float]]:
    """(i, how much yhat changes) at the places where a model that sees only the last `seen` tokens loses any.

    The change at piece i (from 0) is the total variation, half the sum of |p - q| over the vocabulary, between yhat
    after all pieces before it and yhat after the last `seen` of them, which begin with x<1> = 0 and a<0> = 0. Of a long
    text 100 places, evenly spread. From 0 (nothing changes) to 1.
    """
    ids = np.array([each.token_id for each in whole.scores[: len(whole.pieces)]], int)
    if len(ids) <= seen + 1:
        return []
    places = np.unique(np.linspace(seen + 1, len(ids) - 1, min(PLACES, len(ids) - seen - 1)).astype(int))
    model = whole.model
    outputs, state = [], model.advance(None, model.initial_state())
    for token_id in ids[:-1].tolist():
        state = model.advance(token_id, state)
        outputs.append(state.h[-1])
    state = model.advance(None, model.initial_state(len(places)))
    for back in range(seen, 0, -1):
        state = model.advance(ids[places - back], state)
    full = model.logits(state._replace(h=np.stack(outputs)[None, places - 1]))
    changes = [
        0.5 * float(np.abs(softmax(p) - softmax(q)).sum()) for p, q in zip(full, model.logits(state), strict=True)
    ]
    return list(zip(places.tolist(), changes, strict=True))


def context_curve(card: Mapping[str, Any]) -> list[tuple[float, float]]:
    """(characters in sight, loss in bits per character) of the held-out part, by a card; [] where it does not say.

    A word model's loss has the bits that spell its <UNK>s added, the same at every point.
    """
    per_token = card.get("characters_per_token")
    curve = _pairs(card.get("loss_by_context"))
    if not curve or not _is_positive(per_token):
        return []
    plain, spelled = (card.get(f"held_out_bits_per_character{key}") for key in ("", "_spelled"))
    letters = spelled - plain if _is_positive(plain) and _is_positive(spelled) else 0.0
    return [(seen * per_token, nats / math.log(2) / per_token + letters) for seen, nats in curve]


def reach(card: Mapping[str, Any]) -> Reach | None:
    """The shortest context whose loss lies within 1 % of the lowest: beyond it more context stops helping.

    Between two measured contexts the loss is taken to fall evenly with the logarithm of the context, as the chart draws
    it. Where only the longest context comes so low, it is the answer: the lowest loss may lie beyond. None where the
    card does not say.
    """
    curve = _pairs(card.get("loss_by_context"))
    if not curve or not _is_positive(card.get("characters_per_token")):
        return None
    enough = (1 + HELPS) * min(nats for _, nats in curve)
    i = next(i for i, (_, nats) in enumerate(curve) if nats <= enough)
    tokens, nats = curve[i]
    longest = i == len(curve) - 1
    if i > 0 and not longest:
        before, higher = curve[i - 1]
        tokens = before * (tokens / before) ** ((higher - enough) / (higher - nats))
    return Reach(tokens, tokens * card["characters_per_token"], longest)


def training_seconds(*cards: Mapping[str, Any]) -> tuple[list[float], str]:
    """What the trainings took, by the one clock that all cards have: "cpu_seconds" of all cores, or else "seconds" on
    the clock; an empty list where they have none in common."""
    for clock in ("cpu_seconds", "seconds"):
        if all(_is_positive(card.get(clock)) for card in cards):
            return [card[clock] for card in cards], clock
    return [], ""


def _pairs(curve: object) -> list[tuple[float, float]]:
    """A curve as a card should have it; [] if it is anything else, for a card may come from anyone."""
    pairs = curve if isinstance(curve, list) else []
    good = all(isinstance(pair, list) and len(pair) == 2 and all(map(_is_positive, pair)) for pair in pairs)
    return [(first, second) for first, second in pairs] if good else []


def _is_positive(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < float("inf")
