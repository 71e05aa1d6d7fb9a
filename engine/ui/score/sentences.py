"""A text that is scored, in words: what it adds up to, what surprised the model, what <UNK> means for its price."""

from html import escape
from typing import NamedTuple

from engine.figures import surprisals
from engine.figures.labels import chance, in_hundreds, joined, listed
from engine.figures.translator import Translator
from engine.model import LanguageModel, ModelError
from engine.sampling import LogitsError
from engine.scoring import Reading, read
from engine.typed_text import typed_text
from engine.ui import session
from engine.ui.kept import kept
from engine.ui.models import load_model, problem_of
from engine.ui.presets import preset
from engine.ui.sentences import quoted, read_otherwise
from engine.vocabulary import UnknownTokenError, Vocabulary


class Scored(NamedTuple):
    """`reading` is None where the vocabulary cannot spell the text, or where the model `overflows` on the way."""

    model_name: str
    model: LanguageModel
    text: str
    reading: Reading | None
    overflows: LogitsError | None = None


def scored(model_name: str | None, text: str | None, tr: Translator) -> Scored:
    """`text` (None: the sentence that suits the model) under the model of that name (None: that of the stage)."""
    name = model_name or session.current().model_name
    try:
        model = session.run().model if name == session.current().model_name else load_model(name)
    except ModelError as error:
        session.notice(tr("app.bad_model", problem=problem_of(error, tr)))
        name, model = session.current().model_name, session.run().model
    text = preset(name, model.vocabulary, model.card) if text is None else text
    try:
        return Scored(name, model, text, _read(model, text))
    except UnknownTokenError:
        return Scored(name, model, text, None)
    except LogitsError as error:
        return Scored(name, model, text, None, error)


def sentences(sides: list[Scored], tr: Translator) -> list[str]:
    """What a lecturer would say about one text, or about two that are compared; for `as_html`."""
    read = [(side.reading, side.model.vocabulary) for side in sides if side.reading is not None]
    if len(read) < len(sides):
        return [tr("score.refused")]
    if not all(reading.scores for reading, _ in read):
        return [tr("score.empty")]
    said = _surprise(*read[0], tr) if len(read) == 1 else [_comparison(read, tr)]
    said += dict.fromkeys(_unknown_words(*one, tr) for one in read if one[0].unknown)
    return said + list(dict.fromkeys(read_otherwise(reading.changes, tr) for reading, _ in read if reading.changes))


def totals(reading: Reading, vocabulary: Vocabulary, tr: Translator) -> str:
    """The measures of the whole text, as HTML; one that this vocabulary cannot have says so."""
    sums, unknown = surprisals.totals(reading, vocabulary), len(reading.unknown)
    end = ("–", tr("score.total.no_eos")) if sums.end_prob is None else (chance(sums.end_prob), "")
    share = tr("score.total.no_unk") if vocabulary.level == "word" else ""
    if vocabulary.unk_id is not None:
        share = tr("score.total.unk", count=unknown)
    rows = {
        "log_prob": (f"{sums.log_prob:,.1f}".replace("-", "−"), ""),
        "perplexity": (in_hundreds(sums.perplexity), ""),
        "bits": (
            f"{sums.spelled:.2f}",
            tr("score.total.bare", bits=sums.bits_per_character) if unknown else "",
        ),
        "end": end,
        "tokens": (f"{sums.tokens:,}", share),
    }
    names = {name: tr(f"score.total.{name}") for name in rows}
    if sums.end_prob is not None:
        names["bits"] = tr("score.total.bits.end")
    cells = "".join(
        f"<div><dt>{escape(names[name])}</dt><dd>{escape(value)} <small>{escape(note)}</small></dd></div>"
        for name, (value, note) in rows.items()
    )
    return f'<dl class="totals">{cells}</dl>'


def refusal(side: Scored, tr: Translator) -> str:
    """Which characters (or words, where there is no <UNK>) the vocabulary lacks, or that the model overflows; and what
    to do.
    """
    if side.overflows is not None:
        return problem_of(side.overflows, tr)
    vocabulary = side.model.vocabulary
    pieces = vocabulary.split(typed_text(side.text, vocabulary).text)
    lacking = [p for p in pieces if p not in vocabulary or p == vocabulary.eos_token]
    return tr(f"score.refused.{vocabulary.level}", pieces=listed(lacking, tr))


def _comparison(both: list[tuple[Reading, Vocabulary]], tr: Translator) -> str:
    (first, one), (second, other) = ((surprisals.totals(*read), read[1]) for read in both)
    if one.tokens != other.tokens:
        return tr("score.across", first=first.spelled, second=second.spelled)
    more = first.log_prob - second.log_prob
    if more == 0:
        return tr("score.as_probable")
    which = "first" if more > 0 else "second"
    return tr(f"score.more_probable.{which}", times=abs(more))


def _unknown_words(reading: Reading, vocabulary: Vocabulary, tr: Translator) -> str:
    """What it means that <UNK> stands for words of this text."""
    key = "score.unknown.char" if vocabulary.level == "char" else "score.unknown"
    return tr(key, words=listed(reading.unknown, tr), count=len(vocabulary.ordinary))


def _surprise(reading: Reading, vocabulary: Vocabulary, tr: Translator) -> list[str]:
    place = surprisals.most_surprising(reading)
    score = reading.scores[place]
    token, written = quoted(vocabulary, score.token_id), surprisals.written(reading, place, vocabulary)
    if score.token_id == vocabulary.unk_id and written != vocabulary.unk_token:
        token = tr("teacher_forcing.unknown_piece", piece=written, token=token)
    said = tr("score.surprise", token=token, t=place + 1, bits=score.surprisal, prob=score.prob)
    if not score.preferred:
        return [said, tr("score.surprise.none")]
    rather = joined((quoted(vocabulary, token_id) for token_id, _ in score.preferred), tr)
    return [said, tr("score.surprise.rather", tokens=rather)]


@kept(most=16)
def _read(model: LanguageModel, text: str) -> Reading:
    """A text is read once."""
    return read(model, text)
