"""What every page has around it in the browser (front/frame.js): language, voice, notices, popovers, drawer."""

from pathlib import Path

import streamlit as st

_FRONT = Path(__file__).with_name("front")
_FILES = ("fields", "overlays", "said", "frame")  # joined into one module
_TAGS = {"en": "en", "zh": "zh-CN"}  # what HTML calls the languages

_mount = st.components.v2.component(
    "frame", js="\n".join((_FRONT / f"{name}.js").read_text(encoding="utf-8") for name in _FILES)
)


def frame(language: str) -> None:
    """Mount it, once a page; page.css gives it no place."""
    _mount(key="frame", data={"language": _TAGS[language]})
