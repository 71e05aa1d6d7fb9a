"""The bars of the stage: yhat<t>, what a rejection makes of it, and any token chosen by hand."""

from html import escape

import streamlit as st

from engine.figures.labels import percent, short, token_label
from engine.figures.probability_bars import draw_bars, probability_bars
from engine.figures.rest_share import Share, rest_share
from engine.figures.token_search import find_tokens
from engine.generation import DRAWS_PER_STEP, from_rest
from engine.ui import session
from engine.ui.chart import chart
from engine.ui.pins import pin, pins
from engine.ui.sidebar import plain

MOST_HITS = 5


def bars(run, ahead, t) -> None:
    """Heading, chart and one line below it. `ahead`: the outlook of the step on show, None before the first."""
    moment, vocabulary = run.moment, run.model.vocabulary
    waiting = ahead is None or moment.phase == "feed"
    rows = [] if waiting else probability_bars(ahead, run.shown, run.rules, moment, vocabulary, t, pins())
    title = _heading(run, ahead, waiting, t)
    likeliest = ", ".join(f"{bar.label} {percent(bar.after)}" for bar in rows[:3])
    chart(
        draw_bars(
            rows,
            moment,
            t,
            dark=st.context.theme.type == "dark",
            log=st.session_state.bars_log,
            take=st.session_state.get("clicks", 0),
        ),
        key="bars",
        alt=t("bars.alt", t=moment.t, bars=likeliest) if rows else title,
        on_select=_clicked,
        selection_mode="points",
    )
    _line(run, ahead, waiting, t)


def clicked_token(points, t: int, size: int) -> int | None:
    """The token of the bar that was clicked; -1 for "n others", None where the click was not for step `t`.

    `points`: what the browser sends, so it may be anything. `size`: of the vocabulary.
    """
    if not (isinstance(points, list) and len(points) == 1 and isinstance(points[0], dict)):
        return None
    data = points[0].get("customdata")
    if not (isinstance(data, list) and len(data) == 2 and all(type(one) is int for one in data)):
        return None
    return data[1] if data[0] == t and -1 <= data[1] < size else None


def _clicked() -> None:
    st.session_state.clicks = st.session_state.get("clicks", 0) + 1  # a new chart, so that the next click is new too
    run = session.run()
    token_id = clicked_token(list(st.session_state.bars.selection.points), run.moment.t, len(run.model.vocabulary))
    if token_id == -1:
        session.notice(session.t()("bars.others_forced"))
    elif token_id is not None:
        session.force(token_id)


def _heading(run, ahead, waiting, t) -> str:
    """The title, the switch to a logarithmic axis and the search."""
    vocabulary, moment = run.model.vocabulary, run.moment
    if waiting:
        title = t("stage.yhat.waiting", t=max(moment.t, 1))
    else:
        key = "stage.yhat_char" if vocabulary.level == "char" else "stage.yhat"
        title = t(key, t=moment.t, count=f"{len(vocabulary):,}")
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="bars_heading"):
        st.html(f'<div class="heading"><b>{escape(title)}</b></div>')
        st.toggle(t("bars.log"), key="bars_log", persist_state="session")
        finder = st.popover(
            t("bars.find"),
            key="bars_find",
            type="tertiary",
            icon=":material/search:",
            on_change="rerun",
        )
        if finder.open:
            with finder:
                _find(run, None if waiting else ahead, t)
    return title


def _find(run, ahead, t) -> None:
    """Any token of the vocabulary by name, to be pinned or chosen; nothing of it is sent while it is folded."""
    vocabulary = run.model.vocabulary
    what = t("bars.find.typed")
    typed = st.text_input(what, key="bars_typed", placeholder=what, label_visibility="collapsed", live=True)
    hits = find_tokens(vocabulary, typed, MOST_HITS)

    def name(token_id):
        label = plain(token_label(vocabulary, token_id))
        return label if ahead is None else t("bars.find.hit", token=label, prob=plain(percent(ahead.model[token_id])))

    if hits:
        hit = st.radio(t("bars.find.hits"), hits, format_func=name, key="bars_hit", label_visibility="collapsed")
        with st.container(horizontal=True, gap="small"):
            st.button(t("bars.find.pin"), key="bars_pin", on_click=pin, args=(hit,))
            st.button(t("bars.find.force"), key="bars_force", type="primary", on_click=_force, args=(hit,))
    elif typed:
        st.html(escape(t("bars.find.none", typed=short(typed))))
    if pins():
        with st.container(horizontal=True, gap="xsmall"):
            for token_id in pins():
                label = f"{plain(token_label(vocabulary, token_id))} ✕"
                unpin = t("bars.unpin")
                st.button(label, help=unpin, key=f"bars_pin_{token_id}", on_click=pin, args=(token_id, False))


def _force(token_id: int) -> None:
    st.session_state.bars_find = False  # folded, so that the bars are seen
    session.force(token_id)


def _line(run, ahead, waiting, t) -> None:
    """One line below the chart, always: what can be done here, or what was done."""
    step = run.shown
    if step is not None and step.origin == "forced":
        token = token_label(run.model.vocabulary, step.token_id)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(_below(t("bars.forced", token=f"“{token}”")), width="content")
            st.button(t("bars.drawn_after_all"), key="bars_drawn", on_click=session.force, args=(None,))
    elif step is not None and step.origin == "given":
        st.html(_below(t("bars.given", t=step.t)))
    elif waiting:
        st.html(_below(""))
    else:
        share = rest_share(ahead, step, run.moment, run.model.vocabulary.unk_id)
        if share is None:
            st.html(_below(f"{t('stage.yhat.mark')} · {t('bars.click')}"))
        else:
            st.html(_below(*_share(run, share, t)))


def _below(sentence: str, why: str = "") -> str:
    """The line as HTML; the sentence stands out where a reason follows it."""
    words = f"<b>{escape(sentence)}</b>{escape(why)}" if why else escape(sentence)
    return f'<div class="below">{words}</div>'


def _share(run, share: Share, t) -> tuple[str, str]:
    """The equality of a rejection with its numbers; and which bars it speaks of, with the blank before it."""
    equality = t(
        "bars.share",
        token=token_label(run.model.vocabulary, share.token_id),
        prob=_exact(share.prob),
        unk=_exact(share.unk_prob),
        result=_exact(share.result),
    )
    if share.nothing_left:
        why = t("bars.share.nothing_left")
    elif run.rules.unk == "rest":
        why = t("bars.share.rest")
    elif from_rest(run.shown, run.rules):
        why = t("bars.share.gave_up", draws=DRAWS_PER_STEP)
    else:
        why = t("bars.share.redraw")
    return equality, why if why[0] in ",，" else f" {why}"


def _exact(probability: float) -> str:
    """A probability with three digits, or as many as tell it apart from 100%, for others to check by hand.

    >>> _exact(0.0468), _exact(0.99999), _exact(1.0)
    ('4.68%', '99.999%', '100%')
    """
    for digits in range(3, 17):
        text = f"{100 * probability:.{digits}g}%"
        if text != "100%" or probability == 1:
            break
    return text
