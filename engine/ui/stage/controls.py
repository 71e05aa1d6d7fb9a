"""The row of controls: the level, the buttons, and where the run stands."""

import streamlit as st

from engine.figures.translator import Translator
from engine.run import Run
from engine.ui import changes, session
from engine.ui.stage.actions import ACTIONS, BUTTONS, act
from engine.ui.stage.status import status
from engine.vocabulary import LEVELS


def controls(run: Run, tr: Translator) -> None:
    """All of them that the link does not leave out."""
    level = run.model.vocabulary.level
    if st.session_state.get("level") != level:  # written at every step, it would make the browser draw the switch again
        st.session_state.level = level
    now = session.current()
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall", key="controls"):
        if "level" not in now.view.hide:
            st.segmented_control(
                tr("control.level"),
                LEVELS,
                key="level",
                on_change=lambda: changes.change_level(st.session_state.level or level),
                format_func=lambda one: tr(f"level.{one}"),
                label_visibility="collapsed",
            )
        for action in BUTTONS:
            if action in now.view.hide:
                continue
            name, icon = ("pause", "pause") if action == "play" and now.playing else (action, ACTIONS[action].icon)
            st.button(
                tr(f"control.{name}"),
                key=f"control_{action}",
                icon=f":material/{icon}:",
                type="primary" if action == "step" else "secondary",
                on_click=act,
                args=(action,),
                help=tr(f"control.{name}.help"),
                disabled=ACTIONS[action].is_off(now),
            )
        st.html(status(run, tr))
