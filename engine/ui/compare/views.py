"""What the page "Word vs character" can show below the two cuts: a name, the past, the cost, the claims."""

from collections.abc import Callable
from html import escape

import streamlit as st

from engine.claims import claims
from engine.comparison import (
    HELPS,
    Cut,
    Reach,
    change_without_past,
    context_curve,
    cut,
    reach,
    seconds_of,
    training_seconds,
)
from engine.figures.labels import listed, paragraph
from engine.figures.past import change_chart, context_chart
from engine.figures.translator import Translator
from engine.figures.two_cuts import factors
from engine.model import LanguageModel, multiply_adds
from engine.ui.save_chart import savable_chart
from engine.ui.sentences import read_otherwise

LONGEST_NAME = 40  # characters
_SIGNS = {"yes": "✓", "no": "✗", "mixed": "≈", "open": "?"}


def notice(sentence: str) -> str:
    """A sentence that the viewer should not miss, as HTML."""
    return f'<div class="notice">{escape(sentence)}</div>'


def table(rows: list[list[str]]) -> str:
    """Rows of plain texts as an HTML table, the first one its head."""
    head = "".join(f'<th scope="col">{escape(cell)}</th>' if cell else "<td></td>" for cell in rows[0])
    names = [f'<td data-name="{escape(name)}">' for name in rows[0][1:]]  # for a narrow screen
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(f"{name}{escape(cell)}</td>" for name, cell in zip(names, row[1:], strict=True))
        + "</tr>"
        for row in rows[1:]
    )
    return (
        f'<div class="wide"><table class="compared"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def name(written: str, models: dict[str, LanguageModel], tr: Translator) -> None:
    """P of a name under both: its factors, and why P(<UNK>) is not it."""
    text = (written or "").strip()
    if not text:
        st.html(notice(tr("compare.name.empty")))
        return
    if len(text) > LONGEST_NAME:
        st.html(notice(tr("compare.name.too_long", most=LONGEST_NAME)))
        text = text[:LONGEST_NAME].strip()
    for column, level in zip(st.columns(2, gap="medium"), ("word", "char"), strict=True):
        column.html(_name_html(level, cut(models[level], text), tr))


def _name_html(level: str, whole: Cut, tr: Translator) -> str:
    foreign, product = whole.written("foreign"), factors(whole)
    lines = "".join(
        f"<tr><td>{'× ' if i else ''}{escape(label)}</td><td>{escape(prob)}</td></tr>"
        for i, (label, prob, _) in enumerate(product["factors"])
    )
    if foreign:
        said = [tr(f"compare.foreign.{level}", pieces=listed(foreign, tr))]
    else:
        kind = f"unk.{level}" if whole.written("unk") else level
        said = [tr(f"compare.name.{kind}", name=whole.text, prob=product["product"], **_known(whole, tr))]
        end = product["end"]
        if end:
            key = "compare.name.end_unk" if whole.written("unk") else "compare.name.end"
            said.append(tr(key, factor=end[0], prob=end[1], whole=product["whole"], name=whole.text))
        else:
            said.append(tr("compare.name.no_eos"))
    if whole.changes:
        said.append(read_otherwise(whole.changes, tr))
    sentences = "".join(f"<p>{escape(sentence)}</p>" for sentence in said)
    title = escape(tr(f"level.{level}"))
    return f'<section class="track {level}"><h2>{title}</h2><table>{lines}</table>{sentences}</section>'


def _known(whole: Cut, tr: Translator) -> dict[str, int | str]:
    """How many words are no <UNK>, and which of the text's are."""
    return {"count": len(whole.model.vocabulary.ordinary), "words": listed(whole.written("unk"), tr)}


# --- the past


def past(models: dict[str, LanguageModel], cuts: dict[str, Cut], slider: Callable[[], int], tr: Translator) -> None:
    """Loss against the context in sight, by the cards; and what the viewer's own sentence loses without its past.

    `slider`: draws the choice of how many tokens stay in sight.
    """
    cards = {level: model.card for level, model in models.items()}
    curves = {level: context_curve(card) for level, card in cards.items()}
    reaches = {level: reach(card) for level, card in cards.items()}
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(f'<div class="heading"><b>{escape(tr("compare.past.title"))}</b></div>')
        for level, curve in curves.items():
            if not curve:
                st.html(notice(tr("compare.past.no_curve", level=tr(f"level.{level}"))))
        if any(curves.values()):
            said = paragraph((_reach(level, one, tr) for level, one in reaches.items() if one), tr)
            title = tr("compare.past.title")
            savable_chart(lambda dark: context_chart(curves, reaches, tr, dark=dark), "compare_context", said, title)
            if all(curves.values()) and cards["word"].get("text") != cards["char"].get("text"):
                said = paragraph([said, tr("compare.other_text")], tr)
            st.html(f'<div class="said">{escape(said)}</div>')
    with right:
        st.fragment(_cut_off)(cuts, slider, tr)


def _reach(level: str, far: Reach, tr: Translator) -> str:
    beyond = tr("compare.past.longest") if far.longest else tr("compare.past.beyond", share=HELPS)
    key = f"compare.past.reach.{level}"
    return tr(key, tokens=round(far.tokens), characters=round(far.characters), beyond=beyond)


def _cut_off(cuts: dict[str, Cut], slider: Callable[[], int], tr: Translator) -> None:
    st.html(f'<div class="heading"><b>{escape(tr("compare.past.live"))}</b></div>')
    k = slider()
    changes = {level: change_without_past(one, k) for level, one in cuts.items()}
    if not any(changes.values()):
        st.html(notice(tr("compare.past.nothing_lost")))
        return
    said = []
    for level, change in changes.items():
        if change:
            mean = sum(each for _, each in change) / len(change)
            said.append(tr(f"compare.past.mean.{level}", k=k, change=mean, count=len(change)))
        else:
            said.append(tr("compare.past.none_lost", level=tr(f"level.{level}")))
    alt = paragraph(said, tr)
    savable_chart(lambda dark: change_chart(cuts, changes, tr, dark=dark), "compare_change", alt, alt)
    st.html(
        f'<div class="said">{escape(paragraph(said, tr))}</div>'
        f'<div class="caption">{escape(tr("compare.past.variation"))}</div>'
    )


# --- the cost, and what the lecture claims


def cost(cuts: dict[str, Cut], tr: Translator) -> None:
    """Parameters, multiply-adds, milliseconds now, seconds of training."""
    cards = [one.model.card for one in cuts.values()]
    seconds, clock = training_seconds(*cards)
    rows = [["", *(tr(f"level.{level}") for level in cuts)]]
    every = cuts.values()
    sizes = [sum(weight.size for weight in one.model.state_dict().values()) for one in every]
    per_step = [multiply_adds(one.model.state_dict()) for one in every]
    milliseconds = [f"{1000 * seconds_of(one):.1f}" if one.scores else "–" for one in every]
    rows.append([tr("compare.cost.parameters"), *(f"{size:,}" for size in sizes)])
    rows.append([tr("compare.cost.per_step"), *(f"{count:,}" for count in per_step)])
    rows.append([tr("compare.cost.steps"), *(f"{len(one.scores):,}" if one.scores else "–" for one in every)])
    rows.append([tr("compare.cost.sentence"), *(f"{one.multiply_adds:,}" if one.scores else "–" for one in every)])
    rows.append([tr("compare.cost.milliseconds"), *milliseconds])
    if seconds:
        rows.append([tr(f"compare.cost.{clock}"), *(f"{one:,.0f}" for one in seconds)])
    else:
        rows.append([tr("compare.cost.seconds"), "–", "–"])
    st.html(table(rows))
    st.html(f'<div class="caption">{escape(tr("compare.cost.note"))}</div>')


def verdicts(cuts: dict[str, Cut], tr: Translator) -> None:
    """What the lecture claims of character models, and whether the numbers on this page bear it out."""
    lines, texts = [], {one.model.card.get("text") for one in cuts.values()}
    for claim in claims(cuts["word"], cuts["char"]):
        values = {name: listed(one, tr) if isinstance(one, tuple) else one for name, one in claim.numbers.items()}
        said = tr(f"compare.claim.{claim.name}.{claim.verdict}", **values)
        if len(texts) > 1 and claim.name in ("grip", "cost") and claim.verdict != "open":
            said = paragraph([said, tr("compare.other_text")], tr)
        title = f"<b>{_SIGNS[claim.verdict]} {escape(tr(f'compare.claim.{claim.name}'))}</b>"
        lines.append(
            f'<li data-claim="{claim.name}" data-verdict="{claim.verdict}">{paragraph([title, escape(said)], tr)}</li>'
        )
    st.html(f'<div class="claims"><h2>{escape(tr("compare.claims"))}</h2><ul>{"".join(lines)}</ul></div>')
