"""The bars of the stage: yhat<t>, what a rejection makes of it, and any token chosen by hand."""

from html import escape

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine.figures.labels import chance, in_quotes, joined, short, token_label
from engine.figures.probability_bars import Bar, bars_chart, probability_bars
from engine.figures.rest_share import Share, rest_share, shows_rest
from engine.figures.token_search import find_tokens
from engine.figures.translator import Translator
from engine.generation import Distributions, GenerationStep, from_rest
from engine.run import Run
from engine.ui import changes, session
from engine.ui.chart import larger, narrow, scale
from engine.ui.markdown import plain
from engine.ui.parts import BarsPictures, Below
from engine.ui.stage.component import Shown, place, place_bars
from engine.ui.stage.pins import pin, pins
from engine.ui.stage.seen import pictures

MOST_HITS = 5
_LONGEST = 100  # characters of what is looked for


def bars_of(run: Run, distributions: Distributions | None, tr: Translator) -> Shown:
    """The chart and the line below it. `distributions`: None before the first step."""
    moment, vocabulary = run.moment, run.model.vocabulary
    if moment.phase == "feed":
        distributions = None  # nothing has come out yet
    # the switch stands outside of what a step draws: a browser can be made to send nothing of it
    dark, log = st.context.theme.type == "dark", bool(st.session_state.get("bars_log"))

    def make() -> BarsPictures:
        rows = []
        if run.shown is not None and distributions is not None:
            rows = probability_bars(distributions, run.shown, run.rules, moment, vocabulary, tr, pins())
        return {
            "chart": larger(bars_chart(rows, moment, tr, dark, log, narrow()), scale()),
            "alt": tr("bars.alt", t=moment.t, bars=in_words(rows, tr)) if rows else title_of(run, distributions, tr),
            "below": _below(run, distributions, tr),
        }

    asked = ("bars", tr, dark, log, narrow(), scale(), *pins())
    return Shown({"dark": dark}, pictures(run, asked, make))


def bars(tr: Translator) -> DeltaGenerator | None:
    """The places of the title, the chart and the line below it, and of what is predicted instead; the switch to a
    logarithmic axis and the search, which is where `find` is drawn. Without the bars there is none.
    """
    if "bars" in session.current().view.hide:
        place("heading")
        place("predict")
        return None
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="bars_heading"):
        place("heading")
        st.toggle(tr("bars.log"), key="bars_log", persist_state="session")
        icon = ":material/search:"
        search = st.popover(tr("bars.find"), key="bars_find", type="tertiary", icon=icon, on_change="rerun")
    place_bars(_clicked)
    place("below")
    place("predict")
    return search


def in_words(rows: list[Bar], tr: Translator) -> str:
    """The bars that matter for who cannot see them: the likeliest three, <UNK>, <EOS>, the one chosen or rejected."""
    told = [bar for i, bar in enumerate(rows) if bar.token_id is not None and (i < 3 or bar.kind != "token")]
    return joined((_in_words(bar, tr) for bar in told), tr)


def _in_words(bar: Bar, tr: Translator) -> str:
    if not bar.sign:
        return tr("bars.alt.token", token=bar.label, prob=bar.after)
    sign = tr(f"bars.sign.{bar.sign}").lstrip("◀✗ ")
    return tr("bars.alt.sign", token=bar.label, prob=bar.after, sign=sign)


def clicked_token(row: object, t: int, size: int) -> int | None:
    """The token of the bar that was clicked; -1 for "n others", None where the click was not for step `t`.

    `row`: its `customdata`, as the browser sends it, so it may be anything. `size`: of the vocabulary.
    """
    if not (isinstance(row, list) and len(row) == 2 and all(type(one) is int for one in row)):
        return None
    return row[1] if row[0] == t and -1 <= row[1] < size else None


def _clicked() -> None:
    run, sent = session.run(), st.session_state.get("bars")  # a browser can be made to send the trigger alone
    token_id = clicked_token(sent and sent.get("clicked"), run.moment.t, len(run.model.vocabulary))
    if session.current().trained:
        session.notice(session.tr()("teacher_forcing.by_hand"))
    elif token_id == -1:
        session.notice(session.tr()("bars.others_forced"))
    elif token_id is not None:
        changes.force(token_id)


def finds() -> bool:
    """Whether the search is open."""
    return bool(st.session_state.get("bars_find"))


def find(run: Run, tr: Translator) -> None:
    """Any token of the vocabulary by name, to be pinned or chosen; nothing of it is sent while it is folded."""
    vocabulary = run.model.vocabulary
    distributions = None if run.moment.phase == "feed" else run.distributions
    what = tr("bars.find.typed")
    typed = st.text_input(
        what, key="bars_typed", placeholder=what, label_visibility="collapsed", live=True, max_chars=_LONGEST
    )
    hits = find_tokens(vocabulary, typed, MOST_HITS)

    if hits:
        hit = st.radio(
            tr("bars.find.hits"),
            hits,
            format_func=lambda token_id: plain(token_label(vocabulary, token_id)),
            # not in the label, by which a browser says what was chosen: it stays chosen when a step changes this
            captions=None
            if distributions is None
            else [plain(chance(distributions.model[token_id])) for token_id in hits],
            key="bars_hit",
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, gap="small"):
            st.button(tr("bars.find.pin"), key="bars_pin", on_click=pin, args=(hit,))
            st.button(tr("bars.find.force"), key="bars_force", type="primary", on_click=_force, args=(hit,))
    elif typed:
        st.html(escape(tr("bars.find.none", typed=short(typed))))
    if pins():
        with st.container(horizontal=True, gap="xsmall"):
            for token_id in pins():
                label = f"{plain(token_label(vocabulary, token_id))} ✕"
                unpin = tr("bars.unpin")
                st.button(label, help=unpin, key=f"bars_pin_{token_id}", on_click=pin, args=(token_id, False))


def title_of(run: Run, distributions: Distributions | None, tr: Translator) -> str:
    """Which distribution the bars are: yhat<t>, or what a rejection has left of it."""
    moment, vocabulary, step = run.moment, run.model.vocabulary, run.shown
    if step is None or distributions is None or moment.phase == "feed":
        return tr("stage.yhat.waiting", t=max(moment.t, 1))
    if not shows_rest(step, run.rules, moment):
        return tr("stage.yhat", t=moment.t, count=len(vocabulary))
    share = rest_share(distributions, step, run.rules, moment, vocabulary.unk_id)
    return tr("stage.yhat.anew", t=moment.t) if share is None else tr("stage.yhat.rest", t=moment.t, unk=share.unk_prob)


def _force(token_id: int) -> None:
    st.session_state.bars_find = False  # folded, so that the bars are seen
    if session.current().trained:
        session.notice(session.tr()("teacher_forcing.by_hand"))
    else:
        changes.force(token_id)


def _below(run: Run, distributions: Distributions | None, tr: Translator) -> Below:
    """The line below the chart, always: what the mark is, and what can be done here or was done."""
    step, mark = run.shown, "" if distributions is None else tr("stage.yhat.mark")
    if step is None:
        return _line()
    if step.origin == "forced":
        token = in_quotes(run.model.vocabulary, step.token_id)
        return _line(tr("bars.forced", token=token), mark, drawn=tr("bars.drawn_after_all"))
    if step.origin == "given":
        return _line(tr("bars.given", t=step.t), mark)
    if distributions is None:
        return _line()
    if step.origin == "teacher_forced":
        return _line(tr("bars.teacher_forced", t=step.t))
    if distributions.nothing_left and shows_rest(step, run.rules, run.moment):
        return _line(tr("bars.nothing_left"), mark)
    share = rest_share(distributions, step, run.rules, run.moment, run.model.vocabulary.unk_id)
    if share is None:
        return _line(mark, tr("bars.click"))
    equality, why = _share(run, step, share, tr)
    return _line(why, mark, strong=equality)


def _line(*parts: str, strong: str = "", drawn: str = "") -> Below:
    return {"strong": strong, "words": " · ".join(filter(None, parts)), "drawn": drawn}


def _share(run: Run, step: GenerationStep, share: Share, tr: Translator) -> tuple[str, str]:
    """The equality of a rejection with its numbers; and why the bars may not show it."""
    equality = tr(
        "bars.share",
        token=in_quotes(run.model.vocabulary, share.token_id),
        prob=share.prob,
        unk=share.unk_prob,
        result=share.result,
    )
    if not from_rest(step, run.rules):
        why = tr("bars.share.redraw")
    elif len(step.draws) > 2:
        why = tr("bars.share.gave_up", draws=len(step.draws))
    else:
        why = ""  # the heading says what the bars are
    return equality, why
