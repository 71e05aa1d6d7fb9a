"""Live: while the slider of a setting is dragged, the stage shows what it would be, computed by the engine.

Streamlit's slider sends its value when it is let go. Until then the stage's front end tells where it stands, one move
at a time (front/live.js); nothing of the run is changed by that, so there is nothing to undo, and the link stays. What
was told holds for the run that it was told of, so any change of the run ends it, the one that letting go makes too.
"""

from dataclasses import dataclass

from engine.rules import Value
from engine.run import Run
from engine.sampling import SETTINGS
from engine.ui import session

# The settings that are dragged; the others are typed into fields.
SLIDERS = [name for name, setting in SETTINGS.items() if not setting.whole]


@dataclass
class Dragged:
    """The value that the slider of a setting stands at, and the run that it was dragged for."""

    run: Run | None = None
    name: str = ""
    value: Value = None


def options(run: Run, name: str) -> list[float]:
    """What the slider of this setting offers: the value in force too if a link set it between two marks."""
    return sorted({*SETTINGS[name].marks, shown(run, name)})


def shown(run: Run, name: str) -> float:
    """Where the slider stands: at the value in force, or at the one that is as good as none."""
    value, off = getattr(run.rules.settings, name), SETTINGS[name].off
    return float(off if value is None and off is not None else value)


def meant(name: str, value: float) -> Value:
    """The setting that the slider at `value` means, the reverse of `shown`."""
    return None if value == SETTINGS[name].off else value


def drag(name: str, place: int) -> None:
    """The slider of this setting stands at this place of its `options` while it is dragged."""
    run, offered = session.run(), options(session.run(), name)
    if place < len(offered):
        dragged = session.record(Dragged)
        dragged.run, dragged.name, dragged.value = run, name, meant(name, offered[place])


def as_dragged(run: Run) -> Run:
    """`run`, which is on the stage, as it would be with the setting that is being dragged; else as it is."""
    dragged = session.record(Dragged)
    if dragged.run is not run or dragged.value == run.rules.values()[dragged.name]:
        return run
    return run.with_setting(dragged.name, dragged.value)
