"""What a viewer predicts, as plain data that front/predict.js draws: a row a bar, chips on it, questions beside."""

from collections.abc import Mapping, Sequence

from engine.figures.labels import percent
from engine.figures.probability_bars import Bar
from engine.figures.records import Choice, PredictRow
from engine.figures.translator import Translator
from engine.prediction import AHEAD, COOLER, Outcome, Tally


def predict_rows(bars: list[Bar], chips: Mapping[Outcome, int], hidden: bool, tr: Translator) -> list[PredictRow]:
    """The rows, in the order of the bars; `hidden`: in that of the vocabulary, without lengths and numbers."""
    if hidden:
        bars = sorted(bars, key=lambda bar: (bar.token_id is None, bar.token_id))
    longest = max((max(bar.before, bar.after) for bar in bars if bar.token_id is not None), default=1.0) or 1.0
    return [_row(bar, chips.get(bar.token_id, 0), longest, hidden, tr) for bar in bars]


def _row(bar: Bar, chips: int, longest: float, hidden: bool, tr: Translator) -> PredictRow:
    token = bar.label if hidden else tr("token.prob", token=bar.label, prob=bar.after)
    return {
        "outcome": 0 if bar.token_id is None else bar.token_id + 1,
        "label": bar.label,
        "number": "" if hidden else percent(bar.after),
        "length": 0.0 if hidden else min(1.0, bar.after / longest),
        "mark": None if hidden else min(1.0, bar.before / longest),
        "torn": not hidden and max(bar.after, bar.before) > longest,
        "kind": bar.kind,
        "chips": chips,
        "title": tr("predict.row", token=token, count=chips),
        "back": tr("predict.take_back", token=bar.label) if chips else "",
    }


def predict_questions(
    questions: Sequence[tuple[int, str]], answers: Mapping[str, bool], tr: Translator
) -> list[Choice]:
    """Each question, with its place among all, and what has been answered to it so far."""
    return [
        {
            "press": "answer",
            "text": tr(f"predict.question.{name}", steps=AHEAD, temperature=COOLER),
            "options": [
                (tr("predict.no"), 2 * place, answers.get(name) is False),
                (tr("predict.yes"), 2 * place + 1, answers.get(name) is True),
            ],
        }
        for place, name in questions
    ]


def tally_line(tally: Tally, tr: Translator) -> str:
    """All predictions so far, in one line."""
    parts = []
    if tally.scored:
        parts.append(tr("predict.tally", **tally._asdict()))
    if tally.decided:
        parts.append(tr("predict.tally.answers", right=tally.right, decided=tally.decided))
    return " · ".join(parts)
