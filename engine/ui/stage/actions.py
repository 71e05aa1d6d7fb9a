"""What can be done on the stage: one table for its buttons, its keys, the list of keys, and what the browser sends."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from engine.phases import PHASES, Moment
from engine.run import Run
from engine.ui import changes, session
from engine.ui.overflowed import said_in_a_notice
from engine.ui.session import Session
from engine.ui.stage import live, predict
from engine.ui.tour import guide

_KEY_NAMES = {
    "ArrowRight": "→",
    "ArrowLeft": "←",
    "ArrowDown": "↓",
    "PageDown": "Page ↓",  # with PageUp what a presenter's remote sends
    "PageUp": "Page ↑",
    " ": "␣",
    "Control+z": "Ctrl Z",
}
BUTTONS = ("back", "step", "phase", "play", "end", "reset", "undo")  # in their order


@dataclass
class Opening:
    """The dialog open on the stage: "help", "text", "find", "share" or none; Streamlit can show one at a time."""

    dialog: str = ""


class Action(NamedTuple):
    """`does`: takes the argument of a press, 0 for most; None where the browser does it by itself (front/presenter.js).
    `keys`: as browsers name them. `icon`: of its button, by its Material name. `is_off`: whether the button cannot be
    pressed. `holds`: whether it stops playing.
    """

    does: Callable[[int], None] | None
    keys: tuple[str, ...] = ()
    icon: str = ""
    is_off: Callable[[Session], bool] = lambda now: False
    holds: bool = True


def act(name: str, argument: int = 0) -> None:
    """A press of a button or key on the stage."""
    action = ACTIONS[name]
    if action.does is None:
        raise ValueError(f"the browser does {name!r} by itself")
    with session.in_one_go():
        if action.holds:
            changes.hold()
        said_in_a_notice(action.does)(argument)


def keys() -> dict[str, str]:
    """The action of each key."""
    return {key: name for name, action in ACTIONS.items() for key in action.keys}


def key_list() -> list[tuple[str, str]]:
    """(how its keys are written, its name) of each action that has any."""
    return [
        (", ".join(_KEY_NAMES.get(key, key) for key in action.keys), name)
        for name, action in ACTIONS.items()
        if action.keys
    ]


def _moved(move: Callable[[Run], Run]) -> Callable[[int], None]:
    return lambda _: predict.moved(move(session.run()))


def _opens(dialog: str) -> Callable[[int], None]:
    return lambda _: setattr(session.record(Opening), "dialog", dialog)


def _play(_: int) -> None:
    now = session.current()
    now.playing = not now.playing and now.run.finish_reason is None


def _reset(_: int) -> None:
    changes.show(session.run().reset())


def _show(t: int) -> None:
    predict.moved(session.run().at(t))


def _pill(place: int) -> None:
    """The phase at that place among the four, if the step has it."""
    new = session.run().in_phase(PHASES[place]) if place < len(PHASES) else None
    if new is not None:
        predict.moved(new)


def _trained(choice: int) -> None:
    session.current().trained = bool(choice)


def _next(_: int) -> None:
    """A presenter's remote has two keys: on the tour they lead from stop to stop."""
    if guide.is_on():
        guide.on()
    else:
        predict.moved(predict.stepped(session.run()))


def _previous(_: int) -> None:
    if guide.is_on():
        guide.back()
    else:
        changes.hold()
        predict.moved(session.run().back())


def _tour(_: int) -> None:
    guide.leave() if guide.is_on() else guide.begin()


def _present(_: int) -> None:
    now = session.current()
    now.view = now.view._replace(present=not now.view.present)


def _has_ended(now: Session) -> bool:
    return now.run.finish_reason is not None


ACTIONS = {
    "step": Action(_moved(predict.stepped), ("ArrowRight",), "arrow_forward", _has_ended, holds=False),
    "back": Action(_moved(Run.back), ("ArrowLeft",), "arrow_back", lambda now: now.run.moment == Moment()),
    "phase": Action(_moved(Run.phased), ("ArrowDown",), "arrow_downward", _has_ended, holds=False),
    "play": Action(_play, (" ",), "play_arrow", _has_ended, holds=False),
    "start": Action(_moved(lambda run: run.at(0)), ("Home",)),
    "end": Action(lambda _: predict.end(), ("End",), "skip_next", _has_ended),
    "reset": Action(_reset, icon="restart_alt", is_off=lambda now: not now.run.steps),
    "undo": Action(lambda _: changes.undo(), ("Control+z",), "undo", lambda now: not now.before),
    "next": Action(_next, ("PageDown",), "arrow_forward", holds=False),
    "previous": Action(_previous, ("PageUp",), "arrow_back", lambda now: now.view.stop == 1 and not now.view.answered),
    "tour": Action(_tour, ("t",), "tour"),
    "present": Action(_present, ("p",), "slideshow", holds=False),
    "blank": Action(None, ("b", ".")),
    "full": Action(None, ("f",)),
    "share": Action(_opens("share"), ("q",), "qr_code_2"),
    "speaker": Action(None, ("s",)),
    "help": Action(_opens("help"), ("?",)),
    # what the pictures offer: a time step, a phase by its place, the network sampled (0) or trained (1), a text
    "show": Action(_show),
    "pill": Action(_pill),
    "trained": Action(_trained),
    "text": Action(_opens("text")),
    "drawn": Action(lambda _: changes.force(None)),  # the draw after all, where a token was chosen by hand
    # predictions: the switch; a chip on an outcome, or back; a question by its place, no (+ 0) or yes (+ 1)
    "predict": Action(predict.switch, ("g",)),
    "hide": Action(predict.hide),
    "lay": Action(predict.lay),
    "take_back": Action(predict.take_back),
    "answer": Action(predict.answer),
    # the slider of a setting, at a place of its options
    **{f"drag_{name}": Action(partial(live.drag, name)) for name in live.SLIDERS},
}
