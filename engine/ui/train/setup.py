"""How the text is to be trained: what it is good for, the one dial for size, and what few will touch, folded away."""

from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

from engine.figures.labels import percent
from engine.figures.translator import Translator
from engine.recipe import MAX_SEED
from engine.ui.parameters import CELLS, CUTS, SIZES
from engine.ui.train import desk as on
from engine.ui.train.desk import SECONDS, Desk
from engine.ui.widgets import unless_empty, widget
from engine.vocabulary import LEVELS

UNITS = {"small": 128, "medium": 256, "large": 384}  # hidden ones
RATES = (None, 0.0005, 0.001, 0.002, 0.004, 0.008)
DROPOUTS = (None, 0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
CHUNKS = (None, 16, 32, 64, 100, 150)
_LONGEST_NAME = 30


def setup(now: Desk, look: dict[str, Any], tr: Translator) -> None:
    """The settings, and the button that begins."""
    report = look["report"]
    st.html(f'<div class="narration" data-said>{escape(_said(now, look, tr))}</div>')
    left, right = st.columns([1.25, 1], gap="large")
    with left:
        _choice("by", report["level"], tr("control.level"), LEVELS, lambda one: tr(f"level.{one}"))
        _choice("cut", report["sequences"], tr("train.cut"), CUTS, lambda one: tr(f"train.cut.{one}"))
        if report["level"] == "word":
            _vocabulary(look, tr)
        _choice("net", now.setup.net, tr("train.net"), CELLS, str.upper)
    with right:
        _size(now, look, tr)
        widget(
            st.text_input,
            "train_name",
            now.setup.name.removeprefix("own-"),
            lambda value: on.change(name=value or ""),
            tr("train.name"),
            max_chars=_LONGEST_NAME,
        )
    _advanced(now, report, tr)
    with st.container(horizontal=True, gap="small"):
        st.button(tr("train.begin"), key="train_begin", type="primary", icon=":material/play_arrow:", on_click=on.begin)
        other_text(tr)
    st.html(f'<div class="caption">{escape(tr("train.head"))}</div><pre class="head">{escape(look["head"])}…</pre>')


def other_text(tr: Translator) -> None:
    """The way back to the texts."""
    st.button(tr("train.other"), key="train_other", icon=":material/restart_alt:", on_click=on.put_away)


def _choice(field: str, shown: Any, label: str, options: tuple[Any, ...], said: Callable[[Any], str]) -> None:
    widget(
        st.segmented_control,
        f"train_{field}",
        shown,
        unless_empty(lambda value: on.change(**{field: value})),
        label,
        options,
        format_func=said,
    )


def _vocabulary(look: dict[str, Any], tr: Translator) -> None:
    """The sizes, and beside each the share of the text that is <UNK> then."""
    rates = dict(look["unk_rates"])
    size = look["report"]["vocabulary_size"]
    rates.setdefault(size, look["report"]["unk_rate"])
    _choice(
        "words",
        size,
        tr("train.words"),
        tuple(sorted(rates)),
        lambda one: tr("train.words.one", count=one, rate=percent(rates[one])),
    )


def _size(now: Desk, look: dict[str, Any], tr: Translator) -> None:
    passes = {size: SECONDS[size] / look["per_pass"][size] for size in SIZES}
    widget(
        st.radio,
        "train_size",
        now.setup.size,
        unless_empty(lambda value: on.change(size=value)),
        tr("train.size"),
        SIZES,
        format_func=lambda size: tr(f"train.size.{size}"),
        captions=[
            tr(
                "train.size.is",
                units=UNITS[size],
                seconds=SECONDS[size],
                passes=passes[size],
                once=look["per_pass"][size],
            )
            for size in SIZES
        ],
    )


def _advanced(now: Desk, report: dict[str, Any], tr: Translator) -> None:
    more = st.expander(tr("train.advanced"), key="train_advanced", on_change="rerun")
    if not more.open:
        return
    setup = now.setup
    with more, st.container(horizontal=True, gap="medium"):
        _slider("learning_rate", setup.learning_rate, RATES, tr)
        _slider("dropout", setup.dropout, DROPOUTS, tr)
        if report["sequences"] == "stream":
            _slider("chunk", setup.chunk, CHUNKS, tr)
        widget(
            st.number_input,
            "train_seed",
            setup.seed,
            unless_empty(lambda value: on.change(seed=value)),
            tr("setting.seed"),
            min_value=0,
            max_value=MAX_SEED,
            step=1,
        )


def _slider(field: str, shown: Any, options: tuple[Any, ...], tr: Translator) -> None:
    widget(
        st.select_slider,
        f"train_{field}",
        shown,
        lambda value: on.change(**{field: value}),
        tr(f"train.{field}"),
        options,
        format_func=lambda value: tr("train.auto") if value is None else f"{value:g}",
        width=260,
    )


def _said(now: Desk, look: dict[str, Any], tr: Translator) -> str:
    """What became of the text, in sentences."""
    report = look["report"]
    said = [
        tr(
            f"train.report.{report['sequences']}",
            file=tr(f"train.example.{now.example}") if now.example else now.file,
            characters=report["characters"],
            training=report["training"],
            held_out=report["held_out"],
        ),
        tr(f"train.report.vocabulary.{report['level']}", count=report["vocabulary_size"], rate=report["unk_rate"]),
    ]
    left_out = sum(count for reason, count in report["dropped"].items() if reason != "empty")
    if left_out:
        said.append(tr("train.report.left_out", count=left_out))
    if report["held_out_tokens"] < 1000:
        said.append(tr("train.report.rough", count=report["held_out_tokens"]))
    if look["changed"]:
        said.append(tr("train.report.changed"))
    return tr("list.sentences").join(said)
