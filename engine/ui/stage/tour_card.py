"""What a stop of the tour says, in the place of the settings; on a phone above the stage. And the tour, offered."""

from html import escape
from pathlib import Path

import streamlit as st

from engine.figures.translator import Translator
from engine.ui import front_end, session
from engine.ui.sentences import as_html
from engine.ui.stage.actions import ACTIONS, act
from engine.ui.tour import guide
from engine.ui.tour.stops import tour
from engine.ui.widgets import language

STYLE = front_end.style(Path(__file__).with_name("tour_card.css"))


def card(tr: Translator) -> None:
    """The stop and its buttons; nothing away from the tour."""
    said = guide.said()
    if said is None:
        return
    now = session.current()
    with st.container(key="tour"):
        place = escape(tr("tour.place", place=now.view.stop, count=len(tour().stops)))
        answer = f'<p class="answer">{as_html([said.answer], tr)}</p>' if said.answer else ""
        st.html(
            f'<section class="stop" data-said aria-label="{place}"><p class="place">{place}</p>'
            f"<h2>{as_html([said.title], tr)}</h2><p>{as_html([said.words], tr)}</p>"
            f'<p class="question">{as_html([said.question], tr)}</p>{answer}</section>'
        )
        on = "answer" if not said.answer else "over" if guide.is_last() else "next"
        with st.container(horizontal=True, gap="xsmall", key="tour_ways"):
            for action, word in (("previous", "previous"), ("next", on)):
                st.button(
                    tr(f"tour.{word}"),
                    key=f"tour_{action}",
                    icon=f":material/{ACTIONS[action].icon}:",
                    type="primary" if action == "next" else "secondary",
                    on_click=act,
                    args=(action,),
                    disabled=ACTIONS[action].is_off(now),
                    help=tr(f"tour.{action}.help"),
                )
        language(tr)
        st.button(
            tr("tour.leave"),
            key="tour_leave",
            type="tertiary",
            on_click=act,
            args=("tour",),
            help=tr("tour.leave.help"),
        )


def offer(tr: Translator) -> str:
    """A line as HTML with the button that begins the tour (front/keys.js), or why there is none, where its file cannot
    be read; nothing on the tour.
    """
    count = len(tour().stops)
    if guide.is_on() or "tour" in session.current().view.hide:
        return ""
    if not count:
        return "".join(f"<p>{escape(tr('tour.passed', stop=problem))}</p>" for problem in tour().problems)
    words = escape(tr("tour.offer", count=count))
    return f'<div class="offered"><button type="button" class="offer" data-press="tour">{words}</button></div>'
