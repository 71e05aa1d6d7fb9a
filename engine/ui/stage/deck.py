"""A stage in a slide: which of its keys it hands to the deck of slides around it, when they have nothing to do here."""

from engine.phases import Moment
from engine.ui import session
from engine.ui.tour import guide


def handed() -> dict[str, str]:
    """What the deck is asked to do, as reveal.js calls it ("next", "prev"), by the action that has come to its end.

    After the last step → leads on, and so does PageDown; on the tour PageDown after the answer of its last stop, and →
    then too, and only where the run has ended. Before the first step, or at the first stop, back in the same way.
    """
    now = session.current()
    ended, begins = now.run.finish_reason is not None, now.run.moment == Moment()
    if guide.is_on():
        over, first = guide.is_last(), now.view.stop == 1 and not now.view.answered
        ways = {"next": ("next", over), "step": ("next", over and ended), "previous": ("prev", first)}
    else:
        ways = {
            "next": ("next", ended),
            "step": ("next", ended),
            "previous": ("prev", begins),
            "back": ("prev", begins),
        }
    return {action: method for action, (method, is_due) in ways.items() if is_due}
