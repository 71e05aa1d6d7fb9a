"""The stage alone, for a hall or a slide, and the buttons of the lecture around it."""

from pathlib import Path

import streamlit as st

from engine.ui import front_end, session
from engine.ui.stage.actions import ACTIONS, act
from engine.ui.tour.stops import tour

BUTTONS = ("tour", "present", "share")  # in the bar of the pages
_STYLE = front_end.style(Path(__file__).with_name("presenter.css"))
_BUTTONS_STYLE = front_end.style(Path(__file__).with_name("lecture.css"))


def is_alone() -> bool:
    """Whether nothing is around the stage: it is presented, or stands in a frame of another page."""
    return session.current().view.present or bool(st.context.is_embedded)


def style() -> None:
    """Of the buttons, and of the stage alone; before what runs again at a step, or a dialog takes its place."""
    st.html(_BUTTONS_STYLE + (_STYLE if is_alone() else ""))


def buttons() -> None:
    """What a lecturer finds beside the title; not where the stage is alone."""
    tr, hide = session.tr(), session.current().view.hide
    if is_alone():
        return
    with st.container(horizontal=True, gap="xsmall", key="lecture"):
        for action in BUTTONS:
            if action not in hide and (action != "tour" or tour().stops):
                st.button(
                    tr(f"lecture.{action}"),
                    key=f"lecture_{action}",
                    icon=f":material/{ACTIONS[action].icon}:",
                    type="tertiary",
                    on_click=act,
                    args=(action,),
                    help=tr(f"lecture.{action}.help"),
                )
