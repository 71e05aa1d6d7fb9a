"""N draws counted: a bar for each token, against what its probability lets expect; a chart for each way to choose."""

from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go

from engine.figures.labels import token_kind, token_label
from engine.figures.theme import AMBER, COLOURS, HATCHED, NOTHING, base_layout, page, tint
from engine.figures.translator import Translator
from engine.statistics import binomial_band
from engine.vocabulary import Vocabulary

ROWS = 12  # unless the vocabulary is smaller; "n others" is one of them
ROW_HEIGHT = 27  # pixels
LABELS = 104  # pixels kept for the names of tokens
_LONGEST = 12  # letters of a name


class CountRow(NamedTuple):
    """`prob` by the law; `least` ... `most`: the counts it stays within in 95 % of all cases; `counts`: what came, a
    count for each way of choosing. `kind`: "token", "unk", "eos" or "others"."""

    label: str
    kind: str
    prob: float
    least: int
    most: int
    counts: tuple[int, ...]

    def inside(self, way: int) -> bool:
        """Whether what came by that way lies in the band."""
        return self.least <= self.counts[way] <= self.most


def count_rows(
    probs: np.ndarray, counts: Sequence[np.ndarray], vocabulary: Vocabulary, tr: Translator
) -> list[CountRow]:
    """The likeliest tokens of `probs` (V,), <EOS> and <UNK> among them where possible, and all others in one row.

    `counts`: (V,) for each way of choosing, all of the same number of draws.
    """
    n = int(counts[0].sum())
    room = ROWS if len(vocabulary) <= ROWS else ROWS - 1
    special = [i for i in (vocabulary.eos_id, vocabulary.unk_id) if i is not None and probs[i] > 0]
    likeliest = [int(i) for i in np.argsort(-probs, kind="stable")[: room + len(special)] if i not in special]
    shown = sorted(special + likeliest[: room - len(special)], key=lambda i: (-probs[i], i))

    def row(label: str, kind: str, prob: float, came: list[int]) -> CountRow:
        return CountRow(label, kind, prob, *binomial_band(n, prob), tuple(came))

    rows = [
        row(token_label(vocabulary, i), token_kind(vocabulary, i), float(probs[i]), [int(one[i]) for one in counts])
        for i in shown
    ]
    if len(shown) < len(vocabulary):
        hidden = np.ones(len(vocabulary), bool)
        hidden[shown] = False
        label = tr("bars.others", count=int(hidden.sum()))
        came = [int(one[hidden].sum()) for one in counts]
        rows.append(row(label, "others", min(1.0, float(probs[hidden].sum())), came))
    return rows


def draw_counts(rows: list[CountRow], way: int, tr: Translator, dark: bool = False) -> go.Figure:
    """One way's counts as bars, what 95 % of all experiments would give as a band behind each, the expected as a mark.

    All ways have the same axis, as long as the law's own tokens need it; a bar that is longer is cut off, with its
    number on it. A bar outside its band is hatched and has the sign ≠.
    """
    n = max(1, sum(row.counts[way] for row in rows))
    ink, _, paper, _ = page(dark)
    at = list(range(len(rows)))
    tokens = [row for row in rows if row.kind != "others"] or rows
    top = 1.5 * max(max(row.prob, row.most / n, row.counts[0] / n) for row in tokens)
    bars = {
        "type": "bar",
        "orientation": "h",
        "y": at,
        "x": [min(row.counts[way] / n, top) for row in rows],
        "marker": {
            "color": [COLOURS["token"] if row.inside(way) else COLOURS["rejected"] for row in rows],
            "pattern": {"shape": ["" if row.inside(way) else "/" for row in rows], **HATCHED},
        },
        "hoverinfo": "text",
        "hovertext": [_hover(row, way, n, tr) for row in rows],
        "width": 0.5,
    }
    shapes = []
    for i, row in enumerate(rows):
        band = {"y0": i - 0.46, "y1": i + 0.46, "layer": "below", "fillcolor": tint(AMBER, 0.3), "line": {"width": 0}}
        shapes.append({"type": "rect", "x0": min(row.least / n, top), "x1": min(row.most / n, top), **band})
    marks = "".join(f"M{row.prob:.9g},{i - 0.46}V{i + 0.46}" for i, row in enumerate(rows) if row.prob <= top)
    shapes.append({"type": "path", "path": marks or "M0,0", "line": {"color": ink, "width": 2}})
    layout = base_layout(dark, ROW_HEIGHT * len(rows) + 6, (LABELS, 0, 2, 4)) | {
        "showlegend": False,
        "hovermode": "y",
        "dragmode": False,
        "shapes": shapes,
        "annotations": [_number(i, row, way, n, top, paper) for i, row in enumerate(rows)],
        "xaxis": {"visible": False, "range": [0, top], "fixedrange": True},
        "yaxis": {
            "tickvals": at,
            "ticktext": [_name(row) for row in rows],
            "range": [len(rows) - 0.5, -0.5],
            "tickfont": {"size": 16},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    }
    return go.Figure([bars], layout)


def _number(i: int, row: CountRow, way: int, n: int, top: float, paper: str) -> dict[str, Any]:
    """The count: behind the bar and its band. Where there is no room behind, on the bar's end or on the band, on a
    patch of the page's colour."""
    share, widest = row.counts[way] / n, 0.72 * top
    on_it, on_band = share > widest, row.most / n >= widest
    text = f"{row.counts[way]:,}" + ("" if row.inside(way) else " ≠") + (" ▶" if share > top else "")
    return {
        "x": min(share, top) if on_it or on_band else max(share, row.most / n),
        "y": i,
        "text": text if row.inside(way) else f"<b>{text}</b>",
        "xanchor": "right" if on_it else "left",
        "xshift": -3 if on_it else 4,
        "bgcolor": paper if on_it or on_band else NOTHING,
        "showarrow": False,
        "font": {"size": 15},
    }


def _hover(row: CountRow, way: int, n: int, tr: Translator) -> str:
    values = {"token": row.label, "count": row.counts[way], "prob": row.prob, "least": row.least, "most": row.most}
    return escape(tr("draws.hover", expected=n * row.prob, **values), quote=False)


def _name(row: CountRow) -> str:
    """As Plotly is to show it: a token that looks like a tag is none."""
    return escape(row.label if len(row.label) <= _LONGEST else row.label[: _LONGEST - 1] + "…", quote=False) + " "
