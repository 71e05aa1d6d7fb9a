"""What the network writes, row below row: the same run after ever more updates, and how much of it is copied."""

from html import escape

import streamlit as st

from engine.bench import Row, State
from engine.figures.labels import percent
from engine.figures.translator import Translator
from engine.ui.train.desk import Desk
from engine.ui.widgets import widget

SHOWN = 7  # rows below one another; the slider has them all
LATEST = -1  # the right end of the slider: it follows the training, and keeps its value when a row is added


def samples(now: Desk, state: State, tr: Translator) -> None:
    """The meter, the rows, and the slider through them."""
    rows = state["rows"]
    updates = [row["update"] for row in rows]
    if now.row not in updates[:-1]:
        now.row = None
    shown = rows[-1] if now.row is None else rows[updates.index(now.row)]
    st.html(_meter(shown, tr))
    items = "".join(_row(row, row is shown, tr) for row in chosen(rows))
    caption = escape(tr("train.rows", temperature=shown["temperature"]))
    st.html(f'<div class="caption">{caption}</div><ol class="rows">{items}</ol>')
    if len(rows) > 1:
        widget(
            st.select_slider,
            "train_row",
            LATEST if now.row is None else now.row,
            lambda update: _show(now, update),
            tr("train.row"),
            [*updates[:-1], LATEST],
            format_func=lambda update: tr("train.row.latest") if update == LATEST else f"{update:,}",
        )
    runs = "".join(f"<p>{_marked(run)}</p>" for run in shown["runs"])
    st.html(f'<div class="sample" data-row="{shown["update"]}">{runs}</div>')


def chosen(rows: list[Row]) -> list[Row]:
    """Some rows of many: the first, the latest, and those between that lie evenly among them."""
    if len(rows) <= SHOWN:
        return rows
    return [rows[round(i * (len(rows) - 1) / (SHOWN - 1))] for i in range(SHOWN)]


def _show(now: Desk, update: int) -> None:
    now.row = None if update == LATEST else update


def _meter(row: Row, tr: Translator) -> str:
    windows, known = row["windows"], row["known"]
    if not windows:
        return f'<div class="meter">{escape(tr("train.copied.none"))}</div>'
    share = known / windows
    said = tr("train.copied", share=percent(share) if known else "0%", known=known, windows=windows)
    bar = f'<span class="bar" aria-hidden="true"><i style="width: {100 * share:.1f}%"></i></span>'
    return f'<div class="meter" title="{escape(tr("train.copied.help"))}">{bar}{escape(said)}</div>'


def _row(row: Row, is_shown: bool, tr: Translator) -> str:
    text = '<span class="end"> · </span>'.join(map(_marked, row["runs"]))
    now = ' aria-current="true"' if is_shown else ""
    return f"<li{now}><b>{row['update']:,}</b><span>{text}</span></li>"


def _marked(run: list[tuple[str, bool]]) -> str:
    return "".join(f"<mark>{escape(text)}</mark>" if copied else escape(text) for text, copied in run) or "∅"
