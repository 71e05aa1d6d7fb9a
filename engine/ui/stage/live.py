"""Live: while the temperature is dragged, the stage shows what it would be, computed by the engine for every move.

Streamlit's slider sends its value when it is let go. Until then the stage's front end tells where it stands, one move
at a time (front/live.js); nothing of the run is changed by that, so there is nothing to undo, and the link stays. What
was told holds for the run that it was told of, so any change of the run ends it, the one that letting go makes too.
"""

from dataclasses import dataclass

from engine.run import Run
from engine.sampling import SETTINGS
from engine.ui import session


@dataclass
class Dragged:
    """The temperature that the slider stands at, and the run that it was dragged for."""

    run: Run | None = None
    temperature: float = 0.0


def options(run: Run) -> list[float]:
    """What the slider of the temperature offers: the value in force even if a link set it between two marks."""
    return sorted({*SETTINGS["temperature"].marks, run.rules.settings.temperature})


def drag(place: int) -> None:
    """The slider stands at this place of `options` while it is dragged."""
    run, offered = session.run(), options(session.run())
    if place < len(offered):
        dragged = session.record(Dragged)
        dragged.run, dragged.temperature = run, offered[place]


def as_dragged(run: Run) -> Run:
    """`run`, which is on the stage, as it would be at the temperature that is being dragged; else as it is."""
    dragged = session.record(Dragged)
    if dragged.run is not run or dragged.temperature == run.rules.settings.temperature:
        return run
    return run.with_setting("temperature", dragged.temperature)
