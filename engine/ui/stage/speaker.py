"""The speaker's window (`view=speaker`): it follows the stage in another tab of the same browser.

That tab sends its link through the browser (front/speaker_channel.js); this session opens the same run by it, and looks
one step ahead. The server knows of two visitors, and nothing of what they have to do with each other.
"""

from html import escape
from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st

from engine.figures.labels import in_quotes
from engine.figures.translator import Translator
from engine.phases import drawn_so_far
from engine.recipe import FIRST_LIMITS
from engine.run import Run
from engine.ui import front_end, link, session
from engine.ui.models import load_model, shelf
from engine.ui.parts import SpeakerPart
from engine.ui.sentences import as_html
from engine.ui.stage.actions import keys
from engine.ui.stage.component import CHANNEL
from engine.ui.stage.narration import narration
from engine.ui.tour import guide

LONGEST = 50_000  # characters of a link; ours are shorter

_FRONT = Path(__file__).with_name("front")
_STYLE = front_end.style(Path(__file__).with_name("speaker.css"))
CODE = front_end.code(_FRONT, "speaker", KEYS=keys(), CHANNEL=CHANNEL)
_mount = st.components.v2.component("speaker", js=CODE, css=(_FRONT / "speaker.css").read_text(encoding="utf-8"))


def page() -> None:
    """The next draw and what it will give, the narration, the stop of the tour, and the time."""
    st.html(_STYLE)
    tr = session.tr()
    data: SpeakerPart = {
        "elapsed": tr("speaker.elapsed"),
        "restart": tr("speaker.restart"),
        "waiting": tr("speaker.waiting"),
    }
    _mount(key="speaker", data=data, on_told_change=_follow)
    run = session.run()
    st.html(
        f'<div class="speaker" data-step="{run.moment.t}">'
        f'<p class="now">{escape(tr("speaker.now", t=run.moment.t))}</p>'
        f"<h2>{escape(tr('speaker.next'))}</h2>{_paragraphs(upcoming(run, tr), 'next')}"
        f"<h2>{escape(tr('speaker.narration'))}</h2><p>{narration(run, run.distributions, tr)}</p>{_stop(tr)}</div>"
    )
    session.show_notices()


def upcoming(run: Run, tr: Translator) -> list[str]:
    """The draws that will fall next at a press of Step, each with its outcome; plain text."""
    if run.finish_reason is not None:
        return [tr("speaker.ended")]
    step, vocabulary = run.stepped().shown, run.model.vocabulary
    if step is None:
        raise RuntimeError("a step has been taken")
    fallen = drawn_so_far(step, run.moment) if step.t == run.moment.t else 0
    if not step.draws:
        return [tr(f"draw.{step.origin}", t=step.t, token=in_quotes(vocabulary, step.token_id))]
    last = len(step.draws)
    return [
        tr(
            "draw.accepted" if j == last else "draw.rejected",
            t=step.t,
            j=j,
            draw=draw,
            token=in_quotes(vocabulary, draw.token_id),
        )
        for j, draw in enumerate(step.draws, 1)
        if j > fallen
    ] or [tr("speaker.fallen", t=step.t)]


def _stop(tr: Translator) -> str:
    said = guide.said(whole=True)
    if said is None:
        return ""
    view = session.current().view
    parts = (said.words, "words"), (said.question, "question"), (said.answer, "answer")
    title = f"{tr('speaker.stop', place=view.stop)} {said.title}"
    return f"<h2>{escape(title)}</h2>" + "".join(f'<p class="{kind}">{as_html([text], tr)}</p>' for text, kind in parts)


def _paragraphs(lines: list[str], kind: str) -> str:
    return "".join(f'<p class="{kind}">{escape(line)}</p>' for line in lines)


def _follow() -> None:
    """Open the run that the other tab shows. A browser can be made to send anything."""
    sent = st.session_state.get("speaker")
    query = sent and sent.get("told")
    if isinstance(query, str) and len(query) <= LONGEST:
        follow(query)


def follow(query: str) -> None:
    """The run of that link, in this session."""
    now = session.current()
    opened = link.read(dict(parse_qsl(query)), shelf().names, load_model, FIRST_LIMITS, now.language)
    run, goal = opened.run, opened.goal
    while goal is not None:
        run, goal = goal.approached(run, opened.ignored)
    now.run, now.model_name, now.language = run, opened.model_name, opened.language
    now.view = opened.view._replace(speaker=True)
