"""Where a visitor is on the tour: begin, on, back, leave. The place itself is part of the view, and so of the link."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from engine.figures.translator import Translator
from engine.recipe import FIRST_LIMITS
from engine.run import Run
from engine.ui import changes, link, session
from engine.ui.i18n import filled_in, translator
from engine.ui.models import load_model, shelf
from engine.ui.tour.facts import facts
from engine.ui.tour.stops import Said, Stop, tour


class Prepared(NamedTuple):
    """The runs of a stop: at its question, and at its answer."""

    model_name: str
    asked: Run
    answer_name: str
    answered: Run


@dataclass
class Here:
    """What is prepared for the stop that the visitor is at: his own run may have gone on since."""

    stop: Stop | None = None
    prepared: Prepared | None = None


def is_on() -> bool:
    """Whether the visitor is on the tour."""
    return bool(session.current().view.stop)


def begin(_: int = 0) -> None:
    """The first stop."""
    for problem in tour().problems:
        _say_passed(problem)
    if tour().stops:
        _go(1, 1)


def arrive() -> None:
    """What a link names as its stop: opened where the link has no run of its own, left where there is no such stop."""
    view = session.current().view
    if view.stop > len(tour().stops):
        session.say_ignored([f"tour={view.stop}"])
        leave()
    elif view.is_asked:
        _go(view.stop, 1)


def on() -> None:
    """The answer, then the next stop; behind the last one the tour is over, and the run stays."""
    now, prepared = session.current(), _here()
    view = now.view
    if view.answered or prepared is None:
        _go(view.stop + 1, 1)
        return
    stop = tour().stops[view.stop - 1]
    if stop.then != stop.open:
        _show(prepared.answered, prepared.answer_name)
    now.view = view._replace(answered=True)


def back() -> None:
    """The question of this stop again, or the stop before."""
    view = session.current().view
    _go(view.stop if view.answered else view.stop - 1, -1)


def leave(_: int = 0) -> None:
    """The run as it is, without the tour."""
    now = session.current()
    now.view = now.view._replace(stop=0, answered=False, is_asked=False)


def asks() -> bool:
    """Whether the run is where a stop asks about it, and the answer is not shown yet: nothing else may tell it."""
    now, prepared = session.current(), _here()
    if prepared is None or now.view.answered or now.trained:
        return False
    asked = prepared.asked
    return (now.model_name, now.run.recipe, now.run.moment) == (prepared.model_name, asked.recipe, asked.moment)


def is_last() -> bool:
    """Whether nothing of the tour lies ahead."""
    view = session.current().view
    return view.answered and view.stop >= len(tour().stops)


def said(whole: bool = False) -> Said | None:
    """What the stop says, with the numbers of its own run; the answer once it is shown, or with the `whole`. None away
    from the tour.
    """
    prepared = _here()
    if prepared is None:
        return None
    view, now = session.current().view, session.current()
    texts = words_of(tour().stops[view.stop - 1], prepared, now.language)
    return texts if view.answered or whole else texts._replace(answer="")


def prepare(stop: Stop, language: str) -> Prepared | None:
    """The runs of a stop; None where a part of its links makes no sense here, or its words name what they have not."""
    both = [_opened(query, language) for query in (stop.open, stop.then)]
    if both[0] is None or both[1] is None:
        return None
    prepared = Prepared(*both[0], *both[1])
    try:
        for one in stop.said:
            words_of(stop, prepared, one)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError):  # whatever an instructor writes in brackets
        return None
    return prepared


def words_of(stop: Stop, prepared: Prepared, language: str) -> Said:
    """The texts of a stop with their numbers, not escaped. Raises what a placeholder that makes no sense raises."""
    tr: Translator = translator(language)
    texts, asked = stop.said[language], facts(prepared.asked, tr)
    both = {f"was_{name}": value for name, value in asked.items()} | facts(prepared.answered, tr)
    title, words, question = (filled_in(text, asked, tr) for text in texts[:3])
    return Said(title, words, question, filled_in(texts.answer, both, tr))


def _here() -> Prepared | None:
    place = session.current().view.stop
    return _prepared(place) if 0 < place <= len(tour().stops) else None  # the file may have fewer since


def _prepared(place: int) -> Prepared | None:
    stop, here = tour().stops[place - 1], session.record(Here)
    if here.stop != stop:
        # both or none: Streamlit may cut a run of the script short wherever it looks into its session
        here.prepared, here.stop = prepare(stop, session.language()), stop
    return here.prepared


def _go(place: int, way: int) -> None:
    """The question of the stop there, or of the next one that way that opens; none ahead: the tour is over."""
    stops, now = tour().stops, session.current()
    while 0 < place <= len(stops):
        prepared = _prepared(place)
        if prepared is not None:
            _show(prepared.asked, prepared.model_name)
            # last: a run of the script that is cut short before has not arrived, and the next one does
            now.view = now.view._replace(stop=place, answered=False, is_asked=False)
            return
        _say_passed(stops[place - 1].name)
        place += way
    if place > len(stops):
        leave()
        session.notice(session.tr()("tour.over"))


def _show(run: Run, model_name: str) -> None:
    changes.hold()
    session.current().trained = False
    changes.show(run, model_name)


def _opened(query: Mapping[str, str], language: str) -> tuple[str, Run] | None:
    """(model's name, run) of that link; None where any part of it makes no sense here."""
    names = shelf().names
    if not any(query["model"] in of_level for of_level in names.values()):
        return None  # a link would open with another one
    opened = link.read(query, names, load_model, FIRST_LIMITS, language)
    run, goal = opened.run, opened.goal
    while goal is not None:
        run, goal = goal.approached(run, opened.ignored)
    wrong = [*opened.ignored, *opened.unusable, *(key for key in query if key not in link.RUN_KEYS)]
    if "t" in query and not wrong and run.moment.t != int(query["t"]):
        wrong.append("t")  # the run ends before
    return None if wrong else (opened.model_name, run)


def _say_passed(what: str) -> None:
    session.notice(session.tr()("tour.passed", stop=what))
