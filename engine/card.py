"""A model's card: a JSON object on where the model comes from, bounded, for it may come from anyone.

What the app reads of it is checked by name: a text is a text, a number a finite one, a curve rises along its axis.
"""

import json
from itertools import pairwise
from typing import Any, Never

from engine.archive import ModelError

MAX_CARD = 100_000  # characters as JSON
_MAX_TEXT = 1_000  # characters of one text in it
_MAX_POINTS = 1_000  # of a curve
_TEXTS = ("name", "text", "origin", "licence", "split", "cell")
_NUMBERS = ("characters_per_token", "seconds", "cpu_seconds", "held_out_nats_per_token", "held_out_bits_per_character",
            "held_out_bits_per_character_spelled")  # fmt: skip


def read_card(text: str) -> dict[str, Any]:
    """The card in a JSON text. Raises ModelError, which names the value that cannot be."""
    if len(text) > MAX_CARD:
        raise ModelError(
            "card must have {max_card:,} characters at most, but has {count:,}", max_card=MAX_CARD, count=len(text)
        )
    try:
        card = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise ModelError("card is not JSON ({error})", error=str(error)) from error
    if not isinstance(card, dict):
        raise ModelError("card must be a JSON object")
    for key, value in card.items():
        _check(key, key)
        _check(key, value)
    for key in _TEXTS:
        if not isinstance(card.get(key, ""), str):
            raise ModelError("card: {key} must be a text", key=key)
    for key in _NUMBERS:
        if card.get(key) is not None and not _is_measure(card[key]):
            raise ModelError("card: {key} must be a number, 0 or from 1e-6 to 1e15", key=key)
    if not _is_curve(card.get("loss_by_context", [])):
        raise ModelError(
            "card: loss_by_context must be at most {max_points:,} pairs [context, loss], contexts rising",
            max_points=_MAX_POINTS,
        )
    return card


def _no_number(name: str) -> Never:
    raise ValueError(f"{name} is no number there")


def _check(key: str, value: object) -> None:
    """Whatever it is: no text without end and no number beyond all others, at any depth."""
    if isinstance(value, str) and len(value) > _MAX_TEXT:
        raise ModelError(
            "card: {key} has a text of {count:,} characters; {max_text:,} are allowed",
            key=key[:80],
            count=len(value),
            max_text=_MAX_TEXT,
        )
    if isinstance(value, int | float) and abs(value) > 1e15:
        raise ModelError("card: {key} has a number beyond 1e15", key=key[:80])
    if isinstance(value, list | dict):
        for part in [*value, *value.values()] if isinstance(value, dict) else value:
            _check(key, part)


def _is_measure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and (value == 0 or 1e-6 <= value <= 1e15)


def _is_curve(curve: object) -> bool:
    if not isinstance(curve, list) or len(curve) > _MAX_POINTS:
        return False
    if not all(isinstance(pair, list) and len(pair) == 2 and all(map(_is_measure, pair)) for pair in curve):
        return False
    contexts = [context for context, _ in curve]
    return all(context < later for context, later in pairwise(contexts))
