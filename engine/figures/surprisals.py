"""A text token by token: a card for each with its surprisal as a bar and a colour, as plain data that front/cards.js
draws; and what the whole text adds up to."""

from typing import NamedTuple

from engine.figures.labels import chance, joined, token_kind, token_label, visible
from engine.figures.records import Card, Cards
from engine.figures.token_strip import SHADES
from engine.figures.translator import Translator
from engine.scoring import Reading, TokenScore, bits_per_character, log_prob, perplexity, spelling_bits
from engine.vocabulary import Vocabulary

CARDS = {"word": 60, "char": 140}  # on one page; the others are not drawn
_LEAST_TOP = 10  # bits that the tallest bar stands for at least, so that a text without surprises looks like one


class Totals(NamedTuple):
    """What the tokens of a text add up to.

    `log_prob` (in nats) and `perplexity` are of the text itself, for it may go on; `end_prob`: P(<EOS>) after it, None
    for a vocabulary without <EOS>. `bits_per_character` takes the text for a whole one and counts its end, as model
    cards and the page "Word vs character" do; `spelled` with the letters of unknown words added (equal to it if there
    are none).
    """

    tokens: int
    characters: int
    log_prob: float
    perplexity: float
    bits_per_character: float
    spelled: float
    end_prob: float | None


def totals(reading: Reading, vocabulary: Vocabulary) -> Totals:
    """The totals of a text of at least one token.

    An unknown word is spelled with the shares that letters have in the words of the vocabulary, each word counted once.
    """
    scores, characters = reading.scores, reading.characters
    known = vocabulary.ordinary if reading.unknown else []
    bare = bits_per_character(_with_end(reading), characters)
    return Totals(
        len(scores),
        characters,
        log_prob(scores),
        perplexity(scores),
        bare,
        bare + spelling_bits(known, reading.unknown) / characters,
        None if reading.end is None else reading.end.prob,
    )


def pages(reading: Reading, vocabulary: Vocabulary) -> int:
    """How many pages of cards a text fills, at least 1; <EOS> comes after the last token."""
    count = len(reading.scores) + (reading.end is not None)
    return max(1, -(-count // CARDS[vocabulary.level]))


def top_bits(readings: list[Reading]) -> float:
    """The bits that the tallest bar stands for: the same for all texts that are compared."""
    return max([_LEAST_TOP, *(score.surprisal for reading in readings for score in _with_end(reading))])


def cards(reading: Reading, vocabulary: Vocabulary, page: int, top: float, tr: Translator) -> Cards:
    """The cards of one page (from 1). `top`: the bits of a full bar."""
    size = CARDS[vocabulary.level]
    first, count = (page - 1) * size, len(_with_end(reading))
    last = min(first + size, count)
    return {
        "label": tr("score.cards", first=first + 1, last=last, count=count),
        "names": [tr(f"score.name.{name}") for name in ("bits", "token", "prob", "rank", "rather")],
        "first_choice": tr("score.first_choice"),
        "cards": [_card(place, reading, vocabulary, top, tr) for place in range(first, last)],
    }


def most_surprising(reading: Reading) -> int:
    """The place of the token with the highest surprisal, the first of equals."""
    return max(range(len(reading.scores)), key=lambda place: reading.scores[place].surprisal)


def written(reading: Reading, place: int, vocabulary: Vocabulary) -> str:
    """A token as the text has it: an unknown word itself, a space as ␣; one place beyond the text, <EOS>."""
    token_id = _with_end(reading)[place].token_id
    return visible(reading.pieces[place]) if token_id == vocabulary.unk_id else token_label(vocabulary, token_id)


def _with_end(reading: Reading) -> list[TokenScore]:
    return reading.scores if reading.end is None else [*reading.scores, reading.end]


def _card(place: int, reading: Reading, vocabulary: Vocabulary, top: float, tr: Translator) -> Card:
    score = _with_end(reading)[place]
    text, token = written(reading, place, vocabulary), token_label(vocabulary, score.token_id)
    rather = [(token_label(vocabulary, token_id), prob) for token_id, prob in score.preferred]
    named = f"“{text}”" if text == token else tr("score.unknown_as", text=text, token=token)
    values = {"prob": score.prob, "rank": score.rank, "bits": score.surprisal}
    figures = tr("score.figures", t=place + 1, token=named, **values)
    wishes = tr("score.first_choice.long")
    if rather:
        wishes = tr(
            "score.rather", tokens=joined((tr("token.prob", token=label, prob=prob) for label, prob in rather), tr)
        )
    return {
        "place": place,
        "text": text,
        "sign": token if text != token else "",
        "kind": token_kind(vocabulary, score.token_id),
        "bits": f"{score.surprisal:.1f}",
        "height": round(score.surprisal / top, 3),
        "shade": sum(score.surprisal >= edge for edge in SHADES),
        "prob": chance(score.prob),
        "rank": f"{score.rank:,}",
        "rather": [label for label, _ in rather],
        "title": tr("score.title", figures=figures, rather=wishes),
    }
