"""Which past decided this? The chips of the strip shaded by how much yhat<t> changes without them as an input."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from engine.figures.labels import in_quotes, joined, paragraph
from engine.figures.records import TokenStrip
from engine.figures.token_strip import shaded_by_influence
from engine.figures.translator import Translator
from engine.influence import LATEST, influences
from engine.run import Run
from engine.ui import session
from engine.ui.stage.said import say

_MOST_NAMED = 3


@dataclass
class Measured:
    """What was measured last, and of which run: a step is measured once, however often it is drawn."""

    run: Run | None = None
    found: dict[int, float] = field(default_factory=dict)


def shades(run: Run) -> dict[int, float]:
    """The influence of each step before, while the panel is open; else none."""
    return _measured(run) if st.session_state.get("panel") == "past" else {}


def shaded(strip: TokenStrip, shades: Mapping[int, float], run: Run, tr: Translator) -> TokenStrip:
    """`strip` shaded by influence."""
    return shaded_by_influence(strip, _last(run), shades, tr)


def past(run: Run, tr: Translator) -> None:
    """The panel: what the shades are, and which inputs count most."""
    found, t = _measured(run), _last(run)
    if not found:
        return say(tr("panel.past.waiting"), run.moment.t, aloud=True)
    most = sorted(found, key=lambda k: (-found[k], k))[:_MOST_NAMED]
    named = [tr("panel.past.one", token=_token(run, k), k=k, change=found[k]) for k in most]
    said = [tr("panel.past.what", t=t), tr("panel.past.most", most=joined(named, tr))]
    if t > LATEST:
        said.insert(1, tr("panel.past.latest", count=len(found)))
    say(paragraph(said, tr), run.moment.t, aloud=True)


def _measured(run: Run) -> dict[int, float]:
    known, t = session.record(Measured), _last(run)
    if known.run is not run:
        known.run, known.found = run, influences(run.model, run.steps, t) if t else {}
    return known.found


def _last(run: Run) -> int:
    """The last step whose yhat<t> is there."""
    return run.moment.t - (run.moment.phase == "feed")


def _token(run: Run, k: int) -> str:
    token_id = run.steps[k - 1].input_id
    return "0" if token_id is None else in_quotes(run.model.vocabulary, token_id)
