"""What every page has around it in the browser (front/frame.js): language, voice, notices, popovers, drawer, screen."""

import streamlit as st

from engine.ui import chart, front_end
from engine.ui.parts import Frame

_TAGS = {"en": "en", "zh": "zh-CN"}  # what HTML calls the languages

CODE = front_end.versioned(front_end.code(front_end.SHARED, "fields", "overlays", "said", "screen", "frame"))
_mount = st.components.v2.component("frame", html="<i></i>", js=CODE)


def frame(language: str) -> None:
    """Mount it, once a page, before its charts; page.css gives it no place."""
    data: Frame = {"language": _TAGS[language], "scale": chart.scale(), "narrow": chart.narrow()}
    chart.learn(_mount(key="frame", data=data, on_told_change=lambda: None).told)
