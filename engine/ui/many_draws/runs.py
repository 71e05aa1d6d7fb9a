"""Many whole runs: sampled a slice at a time, what they have in common, and each of them to be opened on the stage."""

from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from engine.figures.run_statistics import draw_draws, draw_lengths, draws_rows, lengths
from engine.figures.translator import Translator
from engine.many_runs import SLICE, Survey, advanced, most_frequent, survey
from engine.recipe import MAX_SEED
from engine.ui import changes, clock, session
from engine.ui.chart import narrow
from engine.ui.many_draws.run_facts import LONGEST, draws_per_step, endings, endings_table, novel, text_of, whole
from engine.ui.overflowed import said_in_a_notice
from engine.ui.save_chart import savable_chart

TICK = 1.0  # seconds from one slice to the next: room to draw what it brought, and for other presses
_FREQUENT = 5
_CELL = 300  # characters of a text in the table


@dataclass
class Surveying:
    """The latest runs, which may still be on their way."""

    survey: Survey | None = None


def begin_button(n: int, tr: Translator) -> None:
    """The button that starts `n` runs of the recipe on the stage."""
    seeds = [(session.run().recipe.seed + i) % (MAX_SEED + 1) for i in range(2)]
    st.button(
        tr("draws.start"),
        key="draws_start",
        type="primary",
        icon=":material/play_arrow:",
        on_click=_begin,
        args=(n,),
        help=tr("draws.start.help", first=seeds[0], second=seeds[1]),
    )


def runs(n: int, first_look: bool, on_show: bool, tr: Translator) -> None:
    """The runs so far: what a slice brings draws nothing else of the page again."""
    now = _current()
    if first_look and now is not None:  # the page was left: that has cancelled the rest
        session.record(Surveying).survey = now.stopped() if now.runs else None

    def draw() -> None:
        _runs(n, tr)

    if on_show:
        clock.going_on(draw, _slice, _pace, stop=_cancel)


def _pace() -> float | None:
    now = _current()
    return TICK if now is not None and not now.ended else None


def _slice() -> None:
    """Some more runs."""
    now = _current()
    if now is not None:
        session.record(Surveying).survey = advanced(now)


def _runs(n: int, tr: Translator) -> None:
    """What all runs so far have in common."""
    now = _current()
    if now is None:
        _waiting(n, tr)
        return
    if now.ended:
        st.html(f'<div class="narration" data-said>{escape(_done(now, tr))}</div>')
    else:
        _progress(now, tr)
    if now.runs:  # of very long runs the first slice brings none
        _pictures(now, tr)
    if now.ended:
        _table(now, tr)


def _begin(n: int) -> None:
    session.record(Surveying).survey = survey(session.run().model, session.run().recipe, n)
    said_in_a_notice(_slice, _cancel)()
    st.session_state.pop("draws_table", None)


def _cancel() -> None:
    surveying = session.record(Surveying)
    if surveying.survey is not None:
        surveying.survey = surveying.survey.stopped() if surveying.survey.runs else None


def _current() -> Survey | None:
    """The runs, while they are of the model and recipe on the stage; its seed may be another, as of one they opened."""
    now, run = session.record(Surveying).survey, session.run()
    if now is None or now.model is not run.model or replace(run.recipe, seed=now.recipe.seed) != now.recipe:
        return None
    return now


def _waiting(n: int, tr: Translator) -> None:
    run = session.run()
    most = survey(run.model, run.recipe, n).most
    first = run.recipe.seed
    last = (first + most - 1) % (MAX_SEED + 1)
    said = tr("draws.waiting", n=most, first=first, last=last)
    if most < n:
        said += " " + tr("draws.fewer", limit=run.recipe.limit, most=most)
    st.html(f'<div class="narration">{escape(said)}</div>')


def _done(now: Survey, tr: Translator) -> str:
    first, last = now.runs[0].seed, now.runs[-1].seed
    return tr("draws.of", done=len(now.runs), first=first, last=last, mean=now.steps.mean())


def _progress(now: Survey, tr: Translator) -> None:
    left = now.seconds_left and now.seconds_left * TICK / SLICE  # on the clock: a slice in every tick
    with st.container(horizontal=True, vertical_alignment="center"):
        key = "draws.progress" if left is None else "draws.progress.left"
        text = tr(key, done=len(now.runs), most=now.most, left=left)
        st.progress(len(now.runs) / now.most, text)
        st.button(tr("draws.cancel"), key="draws_cancel", icon=":material/close:", on_click=_cancel)


# --- what they have in common


def _pictures(now: Survey, tr: Translator) -> None:
    left, right = st.columns([1.15, 1], gap="medium")
    with left:
        _heading("draws.lengths", tr)
        histogram = lengths(now)
        said = [
            tr("draws.lengths.alt.ending", ending=tr(f"draws.ending.{name}"), count=count)
            for name, count in endings(now).items()
            if count
        ]
        alt = tr("draws.lengths.alt", n=len(now.runs), endings=tr("list.semicolon").join(said))
        savable_chart(lambda dark: draw_lengths(histogram, tr, dark), "draws_lengths", alt, tr("draws.lengths"))
        st.html(endings_table(now, tr))
    with right:
        _heading("draws.draws", tr)
        rows = draws_rows(now)
        if rows:
            said = [tr("draws.draws.alt.row", draws=row.draws, count=row.count, expected=row.expected) for row in rows]
            alt = tr("draws.draws.alt", rows=tr("list.semicolon").join(said))
            savable_chart(lambda dark: draw_draws(rows, tr, dark), "draws_draws", alt, tr("draws.draws"))
        _say(draws_per_step(now, tr))
        _heading("draws.novel", tr)
        _say(novel(now, tr))
    _heading("draws.whole", tr)
    st.html(f'<div class="narration whole">{"".join(f"<p>{escape(one)}</p>" for one in whole(now, tr))}</div>')
    _heading("draws.frequent", tr)
    frequent = most_frequent(now, _FREQUENT)
    if frequent:
        items = [f"<li><b>{count:,} ×</b> {escape(text_of(now, run, LONGEST))}</li>" for run, count in frequent]
        st.html(f'<ul class="frequent">{"".join(items)}</ul>')
    else:
        _say(tr("draws.frequent.none"))


# --- each of them


def _table(now: Survey, tr: Translator) -> None:
    """All runs in a table; the one that is chosen can be opened on the stage."""
    _heading("draws.table", tr)
    st.html(f'<div class="caption">{escape(tr("draws.table.hint"))}</div>')
    seed, steps, text = tr("draws.table.seed"), tr("draws.table.steps"), tr("draws.table.text")
    short = {True: tr("draws.short.eos"), False: tr("draws.short.limit")}
    columns = {
        seed: [run.seed for run in now.runs],
        steps: now.steps,
        tr("draws.table.ending"): [short[run.ending == "eos"] for run in now.runs],
        tr("draws.table.rejections"): [run.rejections for run in now.runs],
        text: [text_of(now, run, _CELL) for run in now.runs],
    }
    chosen = st.dataframe(
        columns,
        key="draws_table",
        hide_index=True,
        on_select="rerun",
        selection_mode="single-row",
        height=320,
        row_height=38,
        column_order=[seed, steps, text] if narrow() else None,  # on a phone: what fits without scrolling sideways
        column_config={
            seed: st.column_config.NumberColumn(format="%d", width=60 if narrow() else 90),
            steps: st.column_config.Column(width=50 if narrow() else 90),
            tr("draws.table.rejections"): st.column_config.Column(width=90),
            text: st.column_config.Column(width=180 if narrow() else "large"),
        },
    ).selection.get("rows")
    run = now.runs[chosen_row(chosen, len(now.runs))]
    if st.button(tr("draws.open", seed=run.seed), key="draws_open", icon=":material/open_in_new:", type="primary"):
        changes.open_seed(run.seed, len(run.token_ids))
        changes.open_stage()


def chosen_row(rows: object, count: int) -> int:
    """The row chosen of so many, the first where none is. `rows`: what a browser sends, so it may be anything."""
    row = rows[0] if isinstance(rows, list) and len(rows) == 1 else None
    return row if type(row) is int and 0 <= row < count else 0


def _heading(key: str, tr: Translator) -> None:
    st.html(f'<h2 class="part">{escape(tr(key))}</h2>')


def _say(sentence: str) -> None:
    st.html(f'<div class="said">{escape(sentence)}</div>')
