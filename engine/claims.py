"""What the lecture claims of character models, held against the numbers of two models and of one text."""

from collections.abc import Mapping
from typing import NamedTuple

from engine.comparison import Cut, reach, training_seconds


class Claim(NamedTuple):
    """A claim of the lecture: "longer", "unknown", "grip" or "cost". `verdict`: "yes", "no", "mixed", or "open" where
    the numbers to tell are missing. `numbers`: those it rests on, by the names that the sentence about it has."""

    name: str
    verdict: str
    numbers: Mapping[str, float | tuple[str, ...]]


def claims(word: Cut, char: Cut) -> list[Claim]:
    """What the lecture says of character models, against the numbers of these two models and of this text."""
    return [_longer(word, char), _unknown(word, char), _grip(word, char), _cost(word, char)]


def _longer(word: Cut, char: Cut) -> Claim:
    counts = {"word": len(word.scores), "char": len(char.scores)}
    if not word.scores or not char.scores:
        return Claim("longer", "open", {})
    verdict = "yes" if counts["char"] > counts["word"] else "no"
    return Claim("longer", verdict, counts | {"times": counts["char"] / counts["word"]})


def _unknown(word: Cut, char: Cut) -> Claim:
    for kind, verdict in (("foreign", "no"), ("unk", "mixed")):
        letters = char.written(kind)
        if letters:
            return Claim("unknown", verdict, {"letters": tuple(letters)})
    unknown = sum(piece.kind != "token" for piece in word.pieces)
    return Claim("unknown", "yes" if word.pieces else "open", {"count": unknown, "word": len(word.pieces)})


def _grip(word: Cut, char: Cut) -> Claim:
    of_word, of_char = reach(word.model.card), reach(char.model.card)
    if of_word is None or of_char is None:
        return Claim("grip", "open", {})
    numbers = {"word": round(of_word.characters), "char": round(of_char.characters)}  # as the chart above names them
    return Claim("grip", "yes" if of_char.characters < of_word.characters else "no", numbers)


def _cost(word: Cut, char: Cut) -> Claim:
    if not word.scores or not char.scores:
        return Claim("cost", "open", {})
    numbers = {"times": char.multiply_adds / word.multiply_adds}
    seconds, _ = training_seconds(word.model.card, char.model.card)
    if not seconds:
        return Claim("cost", "open", numbers)
    numbers |= {"longer": seconds[1] / seconds[0]}
    dearer = {ratio > 1 for ratio in numbers.values()}
    return Claim("cost", "mixed" if len(dearer) > 1 else "yes" if dearer == {True} else "no", numbers)
