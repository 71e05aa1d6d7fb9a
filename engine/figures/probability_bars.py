"""yhat<t> as bars: the likeliest tokens, <UNK>, <EOS> and the chosen one, and one honest bar for all others."""

from typing import NamedTuple
from unicodedata import east_asian_width

import numpy as np
import plotly.graph_objects as go

from engine.figures.labels import percent, token_label
from engine.figures.moment import Moment
from engine.generation import GenerationStep, Outlook
from engine.vocabulary import Vocabulary

TOP = 8  # tokens shown for their probability; <UNK>, <EOS> and the chosen one come on top of them
ROW_HEIGHT = 24  # pixels
FONT = '"Source Sans", "Source Sans 3", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'

# Okabe and Ito's colours, which colour blindness leaves apart; the sign beside the number says the same again.
COLOURS = {
    "chosen": "#E69F00",
    "rejected": "#D55E00",
    "unk": "#D55E00",
    "eos": "#009E73",
    "token": "#3B6FAB",
    "others": "#9AA1AB",
}


class Bar(NamedTuple):
    """One row. `token_id` is None for the bar of all others; `kind` is a key of COLOURS.

    `before`: probability by the model itself; `after`: after temperature and filters.
    """

    token_id: int | None
    label: str
    before: float
    after: float
    kind: str


def probability_bars(outlook: Outlook, step: GenerationStep | None, moment: Moment, vocabulary: Vocabulary, t) -> list:
    """The rows from top to bottom: likeliest first, "n others" last; `before` and `after` each sum to 1.

    `step`: the step on show, whose outcome and rejections are marked as far as `moment` has come.
    """
    chosen, rejected = _marked(step, moment, vocabulary)
    wanted = [vocabulary.unk_id, vocabulary.eos_id, chosen]
    # after the settings first, so that a greedy step still shows what it won against
    order = np.lexsort((-outlook.model, -outlook.probs))
    shown = {int(token_id) for token_id in order[:TOP]} | {token_id for token_id in wanted if token_id is not None}
    ranked = sorted(shown, key=lambda token_id: (-outlook.probs[token_id], -outlook.model[token_id], token_id))

    def kind(token_id):
        if token_id == chosen:
            return "chosen"
        if token_id == vocabulary.unk_id:
            return "rejected" if rejected else "unk"
        return "eos" if token_id == vocabulary.eos_id else "token"

    bars = [
        Bar(
            token_id,
            token_label(vocabulary, token_id),
            float(outlook.model[token_id]),
            float(outlook.probs[token_id]),
            kind(token_id),
        )
        for token_id in ranked
    ]
    count = len(vocabulary) - len(bars)
    if count:
        hidden = np.ones(len(vocabulary), dtype=bool)
        hidden[ranked] = False
        before, after = float(outlook.model[hidden].sum()), float(outlook.probs[hidden].sum())
        bars.append(Bar(None, t("bars.others", count=f"{count:,}"), before, after, "others"))
    return bars


def draw_bars(bars: list[Bar], moment: Moment, t, dark: bool = False) -> go.Figure:
    """The chart: `after` as the fill, `before` as a mark. An empty list draws the frame alone."""
    rows = list(range(len(bars)))
    texts = [_text(bar, t) for bar in bars]
    ink = "#F2F4F7" if dark else "#17202A"
    # as wide as the bars and the text behind each of them need: a letter takes about 1.6 % of the width
    widths = (max(bar.before, bar.after) / (0.97 - 0.016 * len(text)) for bar, text in zip(bars, texts, strict=True))
    right = max(widths, default=1.0)
    bar = {"type": "bar", "y": rows, "orientation": "h"}
    traces = [
        {
            **bar,
            "x": [one.after for one in bars],
            "marker": {
                "color": [COLOURS[one.kind] for one in bars],
                "pattern": {"shape": ["/" if one.kind in ("unk", "rejected") else "" for one in bars]},
            },
            "hovertext": [
                _escaped(t("bars.hover", token=one.label, before=percent(one.before), after=percent(one.after)))
                for one in bars
            ],
            "hoverinfo": "text",
        },
        {  # unseen, as long as the bar and the mark: its text stands right of both
            **bar,
            "x": [max(one.before, one.after) for one in bars],
            "marker": {"color": "rgba(0,0,0,0)"},
            "text": [f" {_escaped(text)}" for text in texts],
            "textposition": "outside",
            "textfont": {"size": 15, "color": ink},
            "cliponaxis": False,
            "hoverinfo": "skip",
        },
    ]
    marks = [
        {"type": "line", "x0": one.before, "x1": one.before, "y0": row - 0.45, "y1": row + 0.45, "line": {"color": ink}}
        for row, one in zip(rows, bars, strict=True)
    ]
    # No automargin and no scatter traces: with them the browser takes twice as long to paint a step.
    layout = {
        "template": None,
        "meta": {"step": moment.t},
        "height": ROW_HEIGHT * max(len(bars), 1) + 6,
        "margin": {"l": 12 + max((_width(one.label) for one in bars), default=0), "r": 0, "t": 2, "b": 2},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "color": ink},
        "showlegend": False,
        "barmode": "overlay",
        "bargap": 0.22,
        "shapes": marks,
        "xaxis": {"visible": False, "range": [0, right], "fixedrange": True},
        "yaxis": {
            "tickvals": rows,
            "ticktext": [f"{_escaped(one.label)} " for one in bars],
            "range": [len(bars) - 0.5, -0.5],
            "tickfont": {"size": 16},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    }
    # Plain dicts in one call, for this is drawn at every step: update_layout alone would take five times as long.
    return go.Figure(traces, layout)


def _width(label: str) -> float:
    """About how many pixels a label takes at 16 px: a Latin letter half of it, a wide one (Chinese) all of it."""
    return sum(16 if east_asian_width(letter) in "WF" else 9 for letter in label)


def _marked(step, moment, vocabulary) -> tuple[int | None, bool]:
    """Which token the moment shows as chosen, and whether it shows <UNK> as rejected."""
    if step is None or moment.phase in ("feed", "predict"):
        return None, False
    fallen = step.draws[: moment.draws] if moment.phase == "draw" else step.draws
    rejected = any(one.token_id == vocabulary.unk_id for one in fallen[: len(step.draws) - 1])
    return (step.token_id if len(fallen) == len(step.draws) else None), rejected


def _text(bar, t) -> str:
    sign = {"chosen": t("bars.chosen"), "rejected": t("bars.rejected")}.get(bar.kind, "")
    if not bar.after and bar.before:
        sign = t("bars.filtered")
    return f"{percent(bar.after)}  {sign}".rstrip()


def _escaped(text: str) -> str:
    """Plotly reads a few tags and entities in labels; a token that looks like one is shown as it is."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
