"""Whether a model of finite weights may give logits that are no numbers."""

from engine.model import LanguageModel
from engine.sampling import LogitsError


def can_overflow(model: LanguageModel) -> bool:
    """Whether a sum in some step may leave the range of the model's numbers, so that logits are no numbers any more.

    Where it says no, that is certain, except for relu, whose units have no bound: there it is certain of the first step
    alone, which is made here.
    """
    try:
        model.step(None, model.initial_state())
    except LogitsError:
        return True
    return model.sums_may_overflow
