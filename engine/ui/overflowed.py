"""A step that cannot be made, for the model's logits are no numbers there: met anywhere, it is caught here and said.

Of units without a bound (relu) nobody can foresee it. What was there before stays: the run up to the step before.
"""

from collections.abc import Callable
from functools import wraps
from html import escape
from typing import ParamSpec

import streamlit as st

from engine.sampling import LogitsError
from engine.ui import session
from engine.ui.models import problem_of

Arguments = ParamSpec("Arguments")


def said_in_a_notice(
    does: Callable[Arguments, None], stop: Callable[[], object] = lambda: None
) -> Callable[Arguments, None]:
    """What is done at a press or a tick. Where a step of it cannot be made, nothing goes on by itself any more, also
    what `stop` ends, and a notice says why.
    """

    def say(sentence: str) -> None:
        stop()
        session.notice(sentence)

    return _caught(does, say)


def said_in_its_place(draws: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """What draws a page, or a part of it; where it cannot, the sentence stands there."""

    def say(sentence: str) -> None:
        st.html(f'<div class="notice" role="alert">{escape(sentence)}</div>')

    return _caught(draws, say)


def _caught(does: Callable[Arguments, None], say: Callable[[str], None]) -> Callable[Arguments, None]:
    @wraps(does)
    def done(*args: Arguments.args, **kwargs: Arguments.kwargs) -> None:
        try:
            does(*args, **kwargs)
        except LogitsError as error:
            now = session.current()
            now.playing, now.goal = False, None
            say(problem_of(error, session.tr()))

    return done
