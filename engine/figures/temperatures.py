"""The step on show decided again at other temperatures: the same logits, the same u, another 0-1 strip."""

from dataclasses import replace
from html import escape
from typing import NamedTuple

import numpy as np

from engine.figures.draw_strip import draw_strip
from engine.figures.labels import chance, in_digits, token_kind, token_label
from engine.figures.records import DrawStrip
from engine.figures.translator import Translator
from engine.generation import GenerationStep, draw_token, luck, step_distributions, step_facts
from engine.model import LanguageModel
from engine.phases import Moment
from engine.recipe import Recipe, Rules
from engine.sampling import Draw

TEMPERATURES = (0.25, 0.5, 0.75, 1.0, 1.5, 2.0)
_THIN = 0.01  # neighbours on the small strips that are each thinner than this are drawn as one
_LETTER = 0.011  # the part of a small strip that a letter takes; a token is written where it fits


class Retake(NamedTuple):
    """What the luck of a step decides at `temperature`, with all other `rules` as they are in force.

    `draws`: as `draw_token` makes them, the last one accepted; `token_id` its token, `kind` and `label` how it is
    shown; `prob`: its probability in the distribution that decided it. `strips`: those of `draw_strip` for the first
    draw and, after rejections, for the accepted one. `present`: whether this temperature is the one in force.
    """

    temperature: float
    rules: Rules
    draws: tuple[Draw, ...]
    token_id: int
    label: str
    kind: str
    prob: float
    strips: list[DrawStrip]
    present: bool


def retakes(model: LanguageModel, step: GenerationStep, recipe: Recipe, tr: Translator) -> list[Retake]:
    """`step` decided by u(t, j) at each of TEMPERATURES and at the one in force, the lowest first.

    A given or forced token is no draw: for it too, what would have been drawn.
    """
    rules, us, logits = recipe.at(step.t), luck(recipe.seed, step.t), model.logits(step.state)
    present = rules.settings.temperature
    return [
        _retake(model, step, rules, temperature, logits, us, temperature == present, tr)
        for temperature in sorted({*TEMPERATURES, present})
    ]


def _retake(
    model: LanguageModel,
    step: GenerationStep,
    rules: Rules,
    temperature: float,
    logits: np.ndarray,
    us: np.ndarray,
    present: bool,
    tr: Translator,
) -> Retake:
    vocabulary = model.vocabulary
    rules = rules._replace(settings=replace(rules.settings, temperature=temperature))
    draws = draw_token(logits, rules, vocabulary.unk_id, us)
    token_id = draws[-1].token_id
    taken = step._replace(token_id=token_id, origin="drawn", draws=draws)
    distributions = step_distributions(model, step.state, rules)
    pictures = (
        draw_strip(distributions, taken, rules, moment, vocabulary, tr)
        for moment in (Moment(step.t, "draw", 1), Moment(step.t))
    )
    first, whole = (picture["strips"] if picture else [] for picture in pictures)
    return Retake(
        temperature,
        rules,
        draws,
        token_id,
        token_label(vocabulary, token_id),
        token_kind(vocabulary, token_id),
        step_facts(distributions, taken, rules, vocabulary).prob_after,
        first if len(draws) == 1 else [first[0], whole[-1]],
        present,
    )


def draw_retakes(rows: list[Retake], step: GenerationStep, tr: Translator) -> str:
    """The small multiple as HTML (ui/panels.css): a row a temperature, u a line through all of them, tokens escaped."""
    now = next(row for row in rows if row.present)
    label = tr("list.semicolon").join(
        tr("panel.temperatures.alt", temperature=row.temperature, token=row.label, prob=row.prob) for row in rows
    )
    inside = "".join(_row(row, row.token_id == now.token_id, step, tr) for row in rows)
    scale = "".join(f"<span>{mark}</span>" for mark in ("0", "0.5", "1"))
    return (
        f'<div class="retakes" role="img" data-step="{step.t}" aria-label="{escape(label)}">'
        f'{inside}<i></i><div class="scale">{scale}</div><i></i></div>'
    )


def _row(row: Retake, same: bool, step: GenerationStep, tr: Translator) -> str:
    """The strips of one temperature: that of the first draw, and under it that of the accepted one."""
    name = f"T = {row.temperature:g}"
    if row.present:
        name = f"<b>▶ {name}</b> <small>{escape(tr('panel.temperatures.now'))}</small>"
    sign = "" if row.present else "= " if same else "≠ "
    outcome = f"{sign}<b>{escape(row.label)}</b> <span>{chance(row.prob)}</span>"
    look = f"{'now ' if row.present else ''}{'same' if same else 'other'}"
    if len(row.draws) == 1:
        return _lane(name, row.strips[0], outcome, look)
    between = len(row.draws) - 2
    more = f" <small>{escape(tr('panel.temperatures.more', count=between))}</small>" if between else ""
    last = f"<small>u({step.t}, {len(row.draws)}) = {in_digits(row.draws[-1])[1]}</small>"
    struck = f'<b class="struck">✗ <s>{escape(_chosen_label(row.strips[0]))}</s></b>{more}'
    return _lane(name, row.strips[0], struck, look) + _lane(last, row.strips[1], outcome, f"{look} again")


def _lane(name: str, strip: DrawStrip, outcome: str, look: str) -> str:
    needle = "" if strip["u"] is None else f'<u style="left:{100 * strip["u"]:.3f}%"></u>'
    return (
        f'<div class="name {look}">{name}</div><div class="lane {look}">{_segments(strip)}{needle}</div>'
        f'<div class="outcome {look}">{outcome}</div>'
    )


def _segments(strip: DrawStrip) -> str:
    """The segments as boxes; thin neighbours as one grey box, but the chosen one, <UNK> and <EOS> always alone."""
    boxes, low, begin = [], 0.0, 0.0  # begin: where the grey box that is still open begins
    for i, (high, label, kind) in enumerate(strip["segments"]):
        chosen = i == strip["chosen"]
        thin = kind == "run" or (kind == "token" and high - low < _THIN)
        if chosen or not thin:
            if low > begin:
                boxes.append(_box(begin, low, "", "run"))
            look = kind if not chosen else f"{kind} rejected" if strip["rejected"] else f"{kind} chosen"
            boxes.append(_box(low, high, label, look))
            begin = high
        low = high
    if low > begin:
        boxes.append(_box(begin, low, "", "run"))
    return "".join(boxes)


def _box(low: float, high: float, label: str, look: str) -> str:
    text = escape(label) if high - low >= _LETTER * (len(label) + 1) else ""
    return f'<i class="{look}" style="left:{100 * low:.3f}%;width:{100 * (high - low):.3f}%">{text}</i>'


def _chosen_label(strip: DrawStrip) -> str:
    return "" if strip["chosen"] is None else strip["segments"][strip["chosen"]].label
