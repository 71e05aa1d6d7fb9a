"""Find a run: a press of a criterion tries seeds until a run meets it, and opens it one phase before that happens."""

from dataclasses import dataclass, replace
from html import escape

import streamlit as st

from engine.figures.labels import in_quotes, listed, paragraph, visible
from engine.figures.translator import Translator
from engine.run_search import Search, advanced, search
from engine.search_criteria import AFTER, CRITERIA, WITHIN, Match, SearchCriterion
from engine.typed_text import encode_typed, typed_text
from engine.ui import changes, clock, session
from engine.ui.overflowed import said_in_a_notice
from engine.ui.sentences import read_otherwise
from engine.ui.stage.actions import Opening

TICK = 0.5  # seconds from one slice of a search to the next; between them other presses have their turn
# Where the phase before an event stands among those of its step: feed, predict, one draw after another, the outcome.
_BEFORE = {"unk": 1, "twice": 1, "eos": -3, "contains": -3, "limit": -2}
_TEXT = "find_text"
_LONGEST = 60  # characters of a text to look for


@dataclass
class Finding:
    """The latest search."""

    search: Search | None = None


def find() -> None:
    """The button in the sidebar, what the last search has found, and the dialog while it is open."""
    tr, opening = session.tr(), session.record(Opening)
    if "find" not in st.session_state:  # the first visit, or back from another page: leaving has ended the search
        session.record(Finding).search, opening.dialog = None, ""
    st.button(tr("find.title"), key="find", on_click=_open, width="stretch")
    now = _current()
    if opening.dialog == "find":
        st.dialog(tr("find.title"), on_dismiss=_close)(clock.going_on)(_dialog, _slice, _pace, _around, _cancel)
    elif now is not None and now.found and now.closest is not None:
        values = now.closest._asdict()
        found = tr(f"find.found.{now.criterion.name}", text=_read(now), **values)
        _say(paragraph([tr("find.seed", tried=now.tried, **values), found, *_as_read(now, tr)], tr))


def foretold(tr: Translator) -> str:
    """What the next phase brings, while the run that was found stands where it was opened; else nothing."""
    now, run = _current(), session.run()
    if now is None or now.closest is None or (run.recipe.seed, run.moment.t) != (now.closest.seed, now.closest.t):
        return ""
    event = _event(now)
    if run.shown is None or run.moment != run.phases[_BEFORE[event]]:
        return ""
    text = _read(now, now.closest.amount)
    values = {"seed": run.recipe.seed, "phase": tr("control.phase"), "amount": now.closest.amount}
    token = in_quotes(run.model.vocabulary, run.shown.token_id)
    return tr(f"find.ahead.{event}", text=text if event == "contains" else "", token=token, **values)


def _read(now: Search, most: int | None = None) -> str:
    """What is looked for as the model has it, up to `most` tokens of it; a blank at an end of it as ␣."""
    vocabulary = now.model.vocabulary
    return visible(vocabulary.decode(encode_typed(now.criterion.text, vocabulary)[:most]))


def _as_read(now: Search, tr: Translator) -> list[str]:
    """In which respect that is not what was typed, or not what may have been meant."""
    typed = typed_text(now.criterion.text, now.model.vocabulary)
    said = [read_otherwise(typed.changes, tr)] if typed.changes else []
    if now.model.vocabulary.level == "char" and typed.text != typed.text.strip():
        said.append(tr("find.blank", text=_read(now)))
    return said


def _event(now: Search) -> str:
    """What happens next in the run that came closest: that which was searched for, or what came instead of it."""
    if now.found:
        return now.criterion.name
    return {"limit": "eos", "twice": "unk"}.get(now.criterion.name, now.criterion.name)


def _open() -> None:
    changes.hold()
    session.record(Opening).dialog = "find"
    now = _current()
    st.session_state[_TEXT] = now.criterion.text if now else ""


def _close() -> None:
    session.record(Opening).dialog = ""
    _cancel()


def _pace() -> float | None:
    now = _current()
    return TICK if now is not None and not now.ended else None


def _around() -> object:
    """What a dialog of its own cannot show: that it is closed, and a notice."""
    return session.record(Opening).dialog, [one.sentence for one in session.current().notices]


def _slice() -> None:
    """Some more seeds tried; a hit goes on the stage."""
    now = _current()
    if now is not None and not now.ended:
        session.record(Finding).search = now = advanced(now)
        if now.found and now.closest is not None:
            _show(now, now.closest)


def _dialog() -> None:
    """What can be searched for, and what the search has to say; all that a slice draws again."""
    session.record(Finding).search = now = _current()
    tr = session.tr()
    _criteria(tr)
    with st.container(key="find_answer"):  # page.css keeps a place for it, so that the dialog does not jump
        if now is None or now.found:
            _say(tr("find.how"))
        else:
            _answer(now, tr)


def _show(now: Search, closest: Match) -> None:
    """The run that came closest, on the stage, one phase before what is to be seen."""
    changes.open_seed(closest.seed, closest.t, _BEFORE[_event(now)])
    session.record(Opening).dialog = ""


def _current() -> Search | None:
    """The search, while the run on the stage has the recipe that it is about and its seed or the one that it opened."""
    now, run = session.record(Finding).search, session.run()
    if now is None or now.model is not run.model or replace(run.recipe, seed=now.recipe.seed) != now.recipe:
        return None
    seeds = [now.closest.seed] if now.closest else []
    return now if run.recipe.seed in seeds + [now.recipe.seed] * (not now.found) else None


def _criteria(tr: Translator) -> None:
    first, last = AFTER
    with st.container(horizontal=True, gap="xsmall"):
        for name in CRITERIA[:-1]:
            label = tr(f"find.{name}", within=WITHIN, first=first, last=last)
            st.button(label, key=f"find_{name}", on_click=_begin, args=(name,))
    level = session.run().model.vocabulary.level
    with (
        st.form("find_contains", border=False),
        st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"),
    ):
        st.text_input(tr(f"find.contains.{level}"), key=_TEXT, max_chars=_LONGEST)
        st.form_submit_button(tr("find.go"), key="find_go", on_click=_begin, args=("contains",))


def _begin(name: str) -> None:
    """Begin a search; the same criterion once more, if it was not found, goes on with the next seeds."""
    finding, now, run = session.record(Finding), _current(), session.run()
    text = st.session_state[_TEXT] if name == "contains" else ""
    if run.model.vocabulary.level == "word":
        text = text.strip()  # a phone appends a blank
    criterion = SearchCriterion(name, text)
    if now is None or now.criterion != criterion or now.found or now.obstacle:
        finding.search = search(run.model, run.recipe, criterion)
    elif now.ended:
        finding.search = now.going_on()
    said_in_a_notice(_slice, _cancel)()


def _cancel() -> None:
    finding = session.record(Finding)
    if finding.search is not None:
        finding.search = finding.search.stopped()


def _answer(now: Search, tr: Translator) -> None:
    """What a search has to say that has found nothing, or not yet."""
    if now.obstacle:
        values = {name: listed(one, tr) if isinstance(one, tuple) else one for name, one in now.obstacle.values.items()}
        _say(tr(f"find.cannot.{now.obstacle.name}", **values))
    elif not now.ended:
        said = tr("find.progress", tried=now.tried, most=now.most, left=now.seconds_left)
        st.progress(now.tried / now.most, said)
        st.button(tr("find.cancel"), key="find_cancel", on_click=_cancel)
    elif now.tried:
        _say(tr("find.none", tried=now.tried, bound=now.bound))
        if now.closest is not None:
            match = now.closest
            closest = tr(f"find.closest.{now.criterion.name}", part=_read(now, match.amount), **match._asdict())
            _say(paragraph([closest, *_as_read(now, tr)], tr))
            st.button(tr("find.open", seed=match.seed), key="find_open", on_click=_show, args=(now, match))


def _say(sentence: str) -> None:
    st.html(f'<div class="found" data-said>{escape(sentence)}</div>')
