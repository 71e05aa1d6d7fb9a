"""From logits to a token: temperature -> top_k -> top_p -> min_p -> renormalise -> draw with a random number u."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import inf, isfinite
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.filters import Floats, Mask, min_p, rounding_of, top_k, top_p

Probs: TypeAlias = NDArray[np.float64]  # (V,), sums to 1
_OFF = "off"  # None, in a link
BLOCK = 64  # tokens whose probabilities are summed at once: about the square root of a word model's vocabulary
_ROUNDING = 2.0**-52  # that a sum of numbers from 0 on may be wrong by for each of them, in proportion to the sum


@dataclass(frozen=True)
class Setting:
    """One sampling setting: its bounds, how a field for it is, its text in a link, and its filter.

    From `least` to `most`, `least` itself not if `above`. A whole number if `whole`, and typed into a field; the others
    are dragged on a slider. `offered`: the largest value of either, in steps of `step`. `keeps`: (weights, value,
    rounding) -> mask of the tokens kept; None for the temperature, which is no filter and never off. `off`: the value
    that is as good as None, to the last digit.
    """

    name: str
    least: float
    most: float
    offered: float
    step: float
    keeps: Callable[[Floats, float, float], Mask] | None
    above: bool = False
    whole: bool = False
    off: float | None = None

    @property
    def marks(self) -> list[float]:
        """The values of a slider."""
        return [round(self.step * k, 9) for k in range(self.above, round(self.offered / self.step) + 1)]

    @property
    def rule(self) -> str:
        """The bounds in words."""
        if self.most == inf:
            return f"{self.least} or more"
        if self.above:
            return f"above {self.least} and at most {self.most}"
        return f"{'a whole number ' if self.whole else ''}from {self.least} to {self.most}"

    def checked(self, value: Any) -> Any:
        """`value` as a plain int or float, or None for off. Raises ValueError."""
        if value is None and self.keeps is not None:
            return None
        if is_whole(value) or (not self.whole and isinstance(value, float | np.floating) and isfinite(value)):
            number = int(value) if self.whole else float(value)
            if self.least <= number <= self.most and not (self.above and number == self.least):
                return number
        hint = "0 is greedy" if self.keeps is None else "None is off"
        raise ValueError(f"{self.name} must be {self.rule}, but is {value!r}; {hint}")

    def parse(self, text: str) -> Any:
        """The value from its text in a link. Raises ValueError."""
        if text == _OFF:
            return self.checked(None)
        if not re.fullmatch(r"[0-9]{1,10}" if self.whole else r"[0-9.]{1,30}(e[+-]?[0-9]{1,3})?", text):
            raise ValueError(f"cannot read {text!r}")
        return self.checked(int(text) if self.whole else float(text))

    def text(self, value: float | None) -> str:
        """The value as a link has it, the reverse of `parse`."""
        return _OFF if value is None else repr(value)


# In the order in which they are applied.
SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("temperature", 0, inf, offered=2.0, step=0.05, keeps=None),
        Setting("top_k", 1, 2**32 - 1, offered=2**32 - 1, step=1, keeps=top_k, whole=True),
        Setting("top_p", 0, 1, offered=1.0, step=0.01, keeps=top_p, above=True, off=1.0),
        Setting("min_p", 0, 1, offered=0.5, step=0.01, keeps=min_p, off=0.0),
    )
}
FILTERS = {name: setting for name, setting in SETTINGS.items() if setting.keeps is not None}


@dataclass(frozen=True)
class SamplingSettings:
    """What is done to the logits before the draw. None is off; temperature 0 is greedy (always the likeliest).

    numpy's numbers are taken and become plain ones. Raises ValueError that names the setting.
    """

    temperature: float = 1.0
    top_k: int | None = None
    top_p: float | None = None
    min_p: float | None = None

    def __post_init__(self) -> None:
        for name, setting in SETTINGS.items():
            object.__setattr__(self, name, setting.checked(getattr(self, name)))

    @cached_property
    def are_off(self) -> bool:
        """Whether the draw is from the model's own distribution."""
        return self.temperature == 1.0 and not self.filters

    @cached_property
    def filters(self) -> list[str]:
        """Those that are on, in their order."""
        return [name for name, setting in FILTERS.items() if getattr(self, name) not in (None, setting.off)]


class LogitsError(ValueError):
    """Logits that are no numbers: the weights of the model are so large that its sums overflow."""

    def __init__(self, largest: object) -> None:
        super().__init__(f"logits must be finite numbers (or -inf), but the largest is {largest}")


class Draw(NamedTuple):
    """One random number and the segment of the 0-1 strip it fell into: low <= u < high, high - low = P(token)."""

    u: float
    token_id: int
    low: float
    high: float


def softmax(logits: ArrayLike, temperature: float = 1.0) -> Probs:
    """exp(logits / T) / sum(exp(logits / T)), shape (V,), float64; T = 0: all on the first maximum."""
    logits = np.asarray(logits)
    top = logits.max()
    if not isfinite(top):
        raise LogitsError(top)
    if temperature == 0:
        greedy = np.zeros(len(logits))
        greedy[logits.argmax()] = 1.0
        return greedy
    probs: Probs = np.subtract(logits, top, dtype=np.float64)
    if temperature != 1.0:
        with np.errstate(over="ignore"):  # a tiny temperature sends the rest to -inf, and exp(-inf) = 0 is right
            probs /= temperature
    np.exp(probs, out=probs)
    probs /= probs.sum()
    return probs


def next_token_probs(logits: ArrayLike, settings: SamplingSettings) -> Probs:
    """The distribution a token is drawn from: shape (V,), float64, sums to 1; filtered tokens have exactly 0.

    softmax(logits / T), then the filters in the order of SETTINGS, each on what the one before has left. Among equals
    the lower id is kept. Raises LogitsError, a ValueError, for logits that are not numbers.

    >>> next_token_probs(np.log([0.5, 0.25, 0.25]), SamplingSettings(top_k=2)).round(3).tolist()
    [0.667, 0.333, 0.0]
    """
    logits = np.asarray(logits)
    probs = softmax(logits, settings.temperature)
    if settings.temperature > 0 and apply_filters(probs, settings, logits):
        probs /= probs.sum()
    return probs


def apply_filters(weights: Floats, settings: SamplingSettings, logits: Floats) -> bool:
    """Set to 0, in place, what the filters leave out, one after another; False if all are off.

    `weights`: (V,), or (B, V) for a batch, in proportion to the probabilities that `logits` have after temperature.
    """
    on = settings.filters
    for name in on:
        keeps = FILTERS[name].keeps
        if keeps is not None:
            weights *= keeps(weights, getattr(settings, name), rounding_of(logits))
    return bool(on)


def draw(probs: ArrayLike, u: float) -> Draw:
    """The token whose segment of the 0-1 strip holds u, in [0, 1).

    The same token as `Generator.choice(len(probs), p=probs)` gives when its random number is u: segments lie in
    vocabulary order, a segment holds its left edge and not its right one, so a token of probability 0 is never drawn.
    As there, edges are sums in float64, also of float32. Raises ValueError for what is no distribution.

    >>> draw(np.array([0.2, 0.0, 0.8]), 0.2)
    Draw(u=0.2, token_id=2, low=0.2, high=1.0)
    """
    if not 0 <= u < 1:
        raise ValueError(f"u must be in [0, 1), but is {u}")
    probs, u = np.asarray(probs, np.float64), float(u)
    if probs.ndim == 1 and len(probs) > BLOCK:
        found = _in_its_block(probs, u)
        if found is not None:
            return found
    edges = probs.cumsum()
    if probs.ndim != 1 or not (len(edges) and 0 < edges[-1] < inf and probs.min() >= 0):
        raise ValueError(f"probs must be a row of numbers from 0 on, not all of them 0, but is {probs}")
    total = edges[-1]
    token_id = min(int(edges.searchsorted(u * total, side="right")), len(edges) - 1)
    while edges[token_id] / total <= u:  # choice divides all edges by their last; those next to u are enough
        token_id += 1
    while token_id and edges[token_id - 1] / total > u:
        token_id -= 1
    low = float(edges[token_id - 1] / total) if token_id else 0.0
    return Draw(u, token_id, low, float(edges[token_id] / total))


def _in_its_block(probs: Probs, u: float) -> Draw | None:
    """`draw` by the sums of blocks and by the edges of the one that holds u: a third of the time that all edges take.

    These edges differ from sums one by one in the last digits, so it is None where u is that near to one of them, or
    where nothing is left beyond the segment; also for what is no distribution.
    """
    ends = np.add.accumulate(np.add.reduceat(probs, _block_starts(len(probs))))
    total = float(ends[-1])
    if not (0 < total < inf and probs.min() >= 0):
        return None
    at, near = u * total, len(probs) * _ROUNDING * total
    block = int(ends.searchsorted(at, side="right"))
    begin = block * BLOCK
    low = float(ends[block - 1]) if block else 0.0
    edges = np.add.accumulate(probs[begin : begin + BLOCK])
    place = int(edges.searchsorted(at - low, side="right"))
    if place == len(edges):
        return None
    high = low + float(edges[place])
    if place:
        low += float(edges[place - 1])
    if not low + near < at < high - near < total - 2 * near:
        return None
    return Draw(u, begin + place, low / total, high / total)


@lru_cache(maxsize=64)
def _block_starts(size: int) -> NDArray[np.intp]:
    starts = np.arange(0, size, BLOCK)
    starts.flags.writeable = False
    return starts


def without(probs: Probs, token_id: int) -> Probs | None:
    """The distribution given that `token_id` is not drawn: P(token) / (1 - P(token_id)). None where nothing is left."""
    rest = probs.copy()
    rest[token_id] = 0.0
    total = rest.sum()
    if total > 0:
        rest /= total
        return rest
    return None


def is_whole(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool)
