"""yhat<t> as bars: the likeliest tokens, <UNK>, <EOS> and the chosen one, and one honest bar for all others."""

from collections.abc import Iterable
from math import log10
from typing import Any, NamedTuple
from unicodedata import east_asian_width

import numpy as np
import plotly.graph_objects as go

from engine.figures.labels import percent, token_label
from engine.figures.rest_share import rejected_so_far, shows_rest
from engine.figures.theme import COLOURS, VEIL, Chart, base_layout, page, tint
from engine.figures.translator import Translator
from engine.generation import Distributions, GenerationStep
from engine.phases import Moment, is_out
from engine.recipe import Rules
from engine.time_step import prob_after
from engine.vocabulary import Vocabulary

ROWS = 13  # always that many (unless the vocabulary is smaller), so that the chart keeps its height from step to step
ROW_HEIGHT = 19  # pixels
DECADES = 6  # the logarithmic axis begins at 10^-6; what is less has no length there
AXIS_HEIGHT = 20  # pixels that the text of the logarithmic axis takes
LABELS, NUMBERS = 104, 73  # pixels kept for names and percentages, so that the bars begin at one place at every step


class Bar(NamedTuple):
    """One row. `token_id` is None for the bar of all others; `kind` is a key of COLOURS; `sign` says beside the bar how
    the token came out ("drawn", "greedy", "given", "forced", "teacher_forced") or that it was "rejected".

    `before`: probability by the model itself; `after`: in the distribution that the latest draw was made from (before
    the first: will be made from): after temperature and filters, and for a redraw from the rest that of the rest.
    """

    token_id: int | None
    label: str
    before: float
    after: float
    kind: str
    sign: str = ""


def probability_bars(
    distributions: Distributions,
    step: GenerationStep,
    rules: Rules,
    moment: Moment,
    vocabulary: Vocabulary,
    tr: Translator,
    pins: Iterable[int] = (),
) -> list[Bar]:
    """The rows from top to bottom: likeliest first, "n others" last; `before` and `after` each sum to 1.

    `step`: the step on show, whose outcome and rejections are marked as far as `moment` has come. `pins`: ids of tokens
    that are to be among the rows.
    """
    rejections = rejected_so_far(step, moment)
    rest = shows_rest(step, rules, moment)
    probs, taken_out = distributions.source(rest), vocabulary.unk_id if rest else None
    chosen = step.token_id if is_out(step, moment) else None
    wanted = {i for i in (vocabulary.unk_id, vocabulary.eos_id, chosen, *pins) if i is not None}
    # before a rejection takes <UNK> out, so that rows keep their order; then the model, so that a greedy step still
    # shows what it won against
    enough = min(len(vocabulary), ROWS + len(wanted))
    best = np.flatnonzero(distributions.probs >= np.partition(distributions.probs, -enough)[-enough])
    order = best[np.lexsort((-distributions.model[best], -distributions.probs[best]))]
    likeliest = [int(token_id) for token_id in order[:enough] if int(token_id) not in wanted]
    room = ROWS if len(vocabulary) <= ROWS else ROWS - 1  # "n others" is a row
    shown = [*wanted, *likeliest[: max(0, room - len(wanted))]]
    ranked = sorted(
        shown, key=lambda token_id: (-distributions.probs[token_id], -distributions.model[token_id], token_id)
    )

    def kind(token_id: int) -> str:
        if token_id == chosen:
            return "chosen"
        if token_id == vocabulary.unk_id:
            return "rejected" if rejections else "unk"
        return "eos" if token_id == vocabulary.eos_id else "token"

    greedy = step.origin == "drawn" and not rejections and not rules.settings.temperature
    signs = {"chosen": "greedy" if greedy else step.origin, "rejected": "rejected"}
    bars = [
        Bar(
            token_id,
            token_label(vocabulary, token_id),
            float(distributions.model[token_id]),
            0.0 if taken_out == token_id else prob_after(probs, token_id, rules.settings),
            kind(token_id),
            signs.get(kind(token_id), ""),
        )
        for token_id in ranked
    ]
    count = len(vocabulary) - len(bars)
    if count:
        hidden = np.ones(len(vocabulary), dtype=bool)
        hidden[ranked] = False
        before, after = float(distributions.model[hidden].sum()), float(probs[hidden].sum())
        bars.append(Bar(None, tr("bars.others", count=count), before, after, "others"))
    return bars


def draw_bars(bars: list[Bar], moment: Moment, tr: Translator, dark: bool = False, log: bool = False) -> go.Figure:
    """`bars_chart` as a Figure, which Plotly has looked through."""
    return go.Figure(bars_chart(bars, moment, tr, dark, log))


def bars_chart(
    bars: list[Bar], moment: Moment, tr: Translator, dark: bool = False, log: bool = False, narrow: bool = False
) -> Chart:
    """The chart: `after` as the fill, `before` as a mark. An empty list draws the frame alone.

    The axis is as long as the likeliest token needs; what is longer, as "n others" often is, is torn off: a zigzag
    crosses it, and its end and its mark stand at the end of the axis.

    `log`: lengths in decades from 10^-6 on, in a `narrow` chart with a number at each second one. A click on a row
    gives its `customdata`, [time step, token id].
    """
    rows = list(range(len(bars)))
    ink, faint, paper, _ = page(dark)
    numbers = [tr("bars.filtered") if _is_filtered(bar) else percent(bar.after) for bar in bars]
    numbers = [f"  {_padded(number)} " for number in numbers]
    names = [bar.label + number for bar, number in zip(bars, numbers, strict=True)]
    right = DECADES * 1.1 if log else 1.02 * max((max(bar.before, bar.after) for bar in _tokens(bars)), default=1.0)
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "y": rows,
            "x": [min(_length(bar.after, log), right) for bar in bars],
            "marker": {
                "color": [COLOURS[bar.kind] for bar in bars],
                "pattern": {"shape": ["/" if bar.kind in ("unk", "rejected") else "" for bar in bars]},
            },
            "customdata": [[moment.t, -1 if bar.token_id is None else bar.token_id] for bar in bars],
            "hovertext": [
                _escaped(tr("bars.hover", token=bar.label, before=bar.before, after=bar.after)) for bar in bars
            ],
            "hoverinfo": "text",
        },
    ]
    marked = ((row, min(_length(bar.before, log), right)) for row, bar in enumerate(bars) if _length(bar.before, log))
    marks = "".join(f"M{x:.9g},{row - 0.45}V{row + 0.45}" for row, x in marked)
    torn = [row for row, bar in enumerate(bars) if max(_length(bar.after, log), _length(bar.before, log)) > right]
    shapes = [_tear(row, right, paper) for row in torn]
    if marks:
        shapes.append({"type": "path", "path": marks, "line": {"color": ink}})
    left = max([LABELS + NUMBERS, *map(_width, names)]) + 12
    layout = base_layout(dark, ROW_HEIGHT * (len(bars) or ROWS) + 4, (left, 0, 2, 2 + AXIS_HEIGHT * log)) | {
        "meta": {"step": moment.t},
        "showlegend": False,
        "bargap": 0.22,
        "hovermode": "y",  # all of a row answers to the mouse, however short its bar
        "dragmode": False,
        "shapes": shapes,
        "annotations": [
            _sign(row, bar, _length(bar.after, log), _length(bar.before, log), right, tr)
            for row, bar in enumerate(bars)
            if bar.sign
        ],
        "xaxis": {
            "visible": log,
            "range": [0, right],
            "fixedrange": True,
            **(_decades(faint, 1 + narrow) if log else {}),
        },
        "yaxis": {
            "tickvals": rows,
            "ticktext": [_name(bar, number, faint) for bar, number in zip(bars, numbers, strict=True)],
            "range": [len(bars) - 0.5, -0.5],
            "tickfont": {"size": 16},
            "ticklabeloverflow": "allow",
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    }
    # Drawn at every step, so as cheap as it can be. The browser spent half of its time on tick labels that it tried to
    # fit, on the template, and on texts and marks as traces and shapes of their own; the server a fifth on the Figure.
    return {"data": traces, "layout": layout}


def _tokens(bars: list[Bar]) -> list[Bar]:
    """Those of one token each, unless nothing of the distribution is among them."""
    return [bar for bar in bars if bar.token_id is not None and (bar.before or bar.after)] or bars


def _tear(row: int, right: float, paper: str) -> dict[str, Any]:
    """A zigzag across a bar that goes on beyond the axis."""
    steps = [(0.90, -0.5), (0.92, -0.17), (0.89, 0.17), (0.91, 0.5)]
    path = "M" + "L".join(f"{at * right:.9g},{row + down}" for at, down in steps)
    return {"type": "path", "path": path, "line": {"color": paper, "width": 5}}


def _is_filtered(bar: Bar) -> bool:
    return not bar.after and bar.before > 0 and bar.kind != "rejected"


def _sign(row: int, bar: Bar, after: float, before: float, right: float, tr: Translator) -> dict[str, Any]:
    """What is written beside a bar: right of it and its mark, or on a bar that leaves no room there."""
    beside: dict[str, Any] = {"x": max(after, before), "xshift": 4}
    if after > 0.6 * right:
        beside = {"x": 0, "bgcolor": COLOURS[bar.kind], "font": {"size": 15, "color": "#000"}}
    elif before > 0.6 * right:
        beside["x"] = after
    text = f"<b>{tr(f'bars.sign.{bar.sign}')}</b>"
    return {"y": row, "text": text, "xanchor": "left", "showarrow": False, "font": {"size": 15}, **beside}


def _length(probability: float, log: bool) -> float:
    """How long a bar is on the axis: the probability itself, or how many decades it lies above 10^-DECADES."""
    if not log:
        return probability
    return max(0.0, DECADES + log10(probability)) if probability else 0.0


def _decades(ink: str, every: int) -> dict[str, Any]:
    """The text of the logarithmic axis."""
    shown = range(0, DECADES + 1, every)
    return {
        "tickvals": [*shown],
        "ticktext": [f"{100 * 10.0 ** (decade - DECADES):g}%" if decade else "10⁻⁶" for decade in shown],
        "tickangle": 0,
        "tickfont": {"size": 13, "color": ink},
        "ticklabeloverflow": "allow",
        "gridcolor": tint(VEIL, 0.3),
        "zeroline": False,
    }


def _name(bar: Bar, number: str, faint: str) -> str:
    """The text left of a bar: the chosen one's name in bold (bold digits are wider), a filtered one greyed."""
    name, number = _escaped(bar.label), _escaped(number)
    if bar.label in ("␣", "↵", "⇥"):  # faint in most fonts
        name = f'<b><span style="font-size:1.4em">{name}</span></b>'
    if bar.kind == "chosen":
        return f"<b>{name}</b>{number}"
    return f'<span style="color:{faint}">{name}{number}</span>' if _is_filtered(bar) else name + number


def _padded(number: str) -> str:
    """`number` behind blanks that fill its column: some as wide as a digit, and one as wide as a full stop."""
    digits, stop = divmod(max(0, round((NUMBERS - _width(number)) / 4)), 2)
    return "\u2008" * stop + "\u2007" * digits + number


def _width(text: str) -> float:
    """About how many pixels a text takes at 16 px: a Latin letter half of it, a wide one (Chinese) all of it."""
    narrow = {" ": 3, ".": 4, "%": 13, "\u2008": 4}
    return sum(16 if east_asian_width(letter) in "WF" else narrow.get(letter, 8) for letter in text)


def _escaped(text: str) -> str:
    """Plotly reads a few tags and entities in labels; a token that looks like one is shown as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
