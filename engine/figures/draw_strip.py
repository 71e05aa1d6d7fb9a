"""The draw as a picture: 0 to 1 laid out in segments as wide as their tokens' probabilities, and u a needle on it."""

from bisect import bisect_right
from functools import lru_cache

import numpy as np

from engine.figures.labels import in_digits, in_quotes, token_kind, token_label
from engine.figures.records import DrawStrip, DrawStrips, Lens, Segment
from engine.figures.translator import Translator
from engine.generation import Distributions, GenerationStep
from engine.phases import Moment, drawn_so_far
from engine.recipe import Rules
from engine.sampling import Draw
from engine.vocabulary import Vocabulary

PIXELS = 600  # width of a strip that its details are meant for
# The narrowest strip that a page has is 275 pixels wide, in a window of 700; on a phone it has 364, at 1280 x 720 447.
NARROWEST = 270
LENS_BELOW = 24 / NARROWEST  # a segment thinner than this on the strip is shown again under a lens ...
LENS_SHARE = 1 / 7  # ... as this part of the lens
MOST_STRIPS = 3  # at once, so that what is said of them stays on a screen of 720 pixels


def draw_strip(
    distributions: Distributions,
    step: GenerationStep,
    rules: Rules,
    moment: Moment,
    vocabulary: Vocabulary,
    tr: Translator,
) -> DrawStrips | None:
    """One strip per draw that has fallen by `moment`; None before yhat<t> is there.

    Of more than MOST_STRIPS draws only the last two are there.
    """
    if moment.phase == "feed":
        return None
    if moment.phase == "predict":
        segments = _segments(_edges(distributions.probs), None, 0.0, 1.0, vocabulary, tr)
        key = "draw.waiting" if step.draws else "draw.waiting.no_draw"
        caption = tr(key, t=step.t, count=np.count_nonzero(distributions.probs))
        return _record([_strip(segments, None, None, caption, "")], "", None, "", caption)
    if not step.draws:
        sentence = tr(f"draw.{step.origin}", t=step.t, token=in_quotes(vocabulary, step.token_id))
        return _record([], "", None, sentence, sentence)
    fallen = step.draws[: drawn_so_far(step, moment)]
    hidden = 0 if len(fallen) <= MOST_STRIPS else len(fallen) - 2
    shown = range(hidden, len(fallen))
    edges = {j: _edges_of(step.draws[j], _source(distributions, j, rules)) for j in shown}
    strips = [_fallen_strip(step, j, edges[j], vocabulary, tr) for j in shown]
    more = tr("draw.more", count=hidden) if hidden else ""
    lens = _lens(fallen[-1], strips[-1]["rejected"], edges[shown[-1]], vocabulary, tr)
    said = filter(None, [more, *(strip["caption"] for strip in strips)])
    return _record(strips, more, lens, "", tr("list.semicolon").join(said))


def _record(strips: list[DrawStrip], more: str, lens: Lens | None, sentence: str, label: str) -> DrawStrips:
    return {"label": label, "strips": strips, "more": more, "lens": lens, "sentence": sentence}


def _strip(
    segments: list[Segment], chosen: int | None, u: float | None, caption: str, span: str, rejected: bool = False
) -> DrawStrip:
    return {"segments": segments, "chosen": chosen, "u": u, "caption": caption, "range": span, "rejected": rejected}


def _fallen_strip(step: GenerationStep, j: int, edges: np.ndarray, vocabulary: Vocabulary, tr: Translator) -> DrawStrip:
    draw = step.draws[j]
    accepted = j == len(step.draws) - 1
    segments = _segments(edges, draw.token_id, 0.0, 1.0, vocabulary, tr)
    caption = tr(
        "draw.accepted" if accepted else "draw.rejected",
        t=step.t,
        j=j + 1,
        draw=draw,
        token=in_quotes(vocabulary, draw.token_id),
    )
    chosen = _index_under(segments, draw.u)
    return _strip(segments, chosen, draw.u, caption, _range(draw), not accepted)


def _source(distributions: Distributions, j: int, rules: Rules) -> np.ndarray:
    """The distribution that draw `j` (from 0) of the step was made from."""
    return distributions.source(rules.policy.from_rest(j + 1))


def _edges(probs: np.ndarray) -> np.ndarray:
    """Where segments end, with the 0 before the first: shape (V + 1,)."""
    edges: np.ndarray = np.concatenate([[0.0], np.cumsum(probs)])
    edges /= edges[-1]
    return edges


def _edges_of(draw: Draw, probs: np.ndarray) -> np.ndarray:
    """The same, with those of the token that was drawn as the draw has them; it may sum in another order."""
    edges = _edges(probs)
    left, right = edges[: draw.token_id + 1], edges[draw.token_id + 1 :]
    left[left.searchsorted(min(left[-1], draw.low)) :] = draw.low  # with those of tokens before it that have no width
    right[: right.searchsorted(max(right[0], draw.high), side="right")] = draw.high
    return edges


def _segments(
    edges: np.ndarray, chosen: int | None, low: float, high: float, vocabulary: Vocabulary, tr: Translator
) -> list[Segment]:
    """What lies in [low, high), cut to it; what is thinner than a pixel merges into runs."""
    first = int(edges.searchsorted(low, side="right")) - 1
    last = int(edges.searchsorted(high, side="left"))
    widths = edges[first + 1 : last + 1] - edges[first:last]
    alone = widths >= (high - low) / PIXELS
    if chosen is not None:
        alone[chosen - first] = True
    at = alone.nonzero()[0]
    begins, ends = [0, *(at + 1).tolist()], [*at.tolist(), len(widths)]  # what lies between those alone
    cut = edges[first : last + 1][[*ends, *begins[1:]]].clip(low, high).tolist()
    run_ends, token_ends, token_ids = cut[: len(ends)], cut[len(ends) :], (first + at).tolist()
    if widths.all():
        counts = [end - begin for begin, end in zip(begins, ends, strict=True)]
    else:
        so_far = np.concatenate([[0], np.cumsum(widths > 0)])
        counts = (so_far[ends] - so_far[begins]).tolist()
    segments = []
    for k, thin in enumerate(counts):
        if thin == 1:
            token_id = first + begins[k] + int(np.flatnonzero(widths[begins[k] : ends[k]])[0])
            segments.append(Segment(run_ends[k], token_label(vocabulary, token_id), "run"))
        elif thin:
            segments.append(Segment(run_ends[k], _of_a_run(thin, tr), "run"))
        if k < len(token_ids):
            token_id = token_ids[k]
            segments.append(Segment(token_ends[k], token_label(vocabulary, token_id), token_kind(vocabulary, token_id)))
    return segments


@lru_cache(maxsize=2**10)  # a strip has some thirty runs, and their counts come again
def _of_a_run(count: int, tr: Translator) -> str:
    return tr("draw.run", count=count)


def _lens(draw: Draw, rejected: bool, edges: np.ndarray, vocabulary: Vocabulary, tr: Translator) -> Lens | None:
    """The neighbourhood of a chosen segment that is too thin to be seen on the strip, enlarged."""
    width = draw.high - draw.low
    if width >= LENS_BELOW:
        return None
    span = width / LENS_SHARE
    low = min(max(0.0, (draw.low + draw.high - span) / 2), 1 - span)
    segments = _segments(edges, draw.token_id, low, low + span, vocabulary, tr)
    return {
        "low": low,
        "high": low + span,
        "segments": segments,
        "chosen": _index_under(segments, draw.u),
        "u": draw.u,
        "rejected": rejected,
        "zoom": tr("draw.zoom", times=1 / span),
    }


def _index_under(segments: list[Segment], u: float) -> int:
    return bisect_right(segments, u, key=lambda segment: segment.high)


def _range(draw: Draw) -> str:
    low, u, high = in_digits(draw)
    return f"{low} ≤ {u} < {high}"
