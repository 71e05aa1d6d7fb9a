"""What every page has around it in the browser (front/frame.js): language, voice, notices, popovers, drawer."""

import streamlit as st

from engine.ui import front_end

_FILES = ("fields", "overlays", "said", "frame")  # joined into one module
_TAGS = {"en": "en", "zh": "zh-CN"}  # what HTML calls the languages

_mount = st.components.v2.component("frame", js=front_end.code(front_end.SHARED, *_FILES))


def frame(language: str) -> None:
    """Mount it, once a page; page.css gives it no place."""
    _mount(key="frame", data={"language": _TAGS[language]})
