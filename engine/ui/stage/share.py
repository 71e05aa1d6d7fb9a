"""Share: the link to the step on show, as a QR code for the last row, and as a frame for a page of one's own."""

from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import segno
import streamlit as st
from segno.encoder import DataOverflowError

from engine.figures.translator import Translator
from engine.ui import front_end, link, session, view
from engine.ui.parts import SharePart

LARGEST = 20  # version of a QR code: 97 squares a side; finer ones no phone at the back of a hall reads

_FRONT = Path(__file__).with_name("front")
CODE = front_end.code(_FRONT, "dom", "copying", "share")
_mount = st.components.v2.component("share", js=CODE, css=(_FRONT / "share.css").read_text(encoding="utf-8"))


class Code(NamedTuple):
    """A QR code as an image's address, and how many squares it has a side."""

    image: str
    side: int


def share(tr: Translator) -> None:
    """What stands in the dialog."""
    address = address_of_step()
    left, right = st.columns([1.2, 1], gap="medium", vertical_alignment="center")  # all of it in sight
    with left:
        _scan(address, tr)
    with right:
        _copy(address, tr)


def _scan(address: str, tr: Translator) -> None:
    code = qr(address)
    if code is None:
        st.html(f'<p class="said">{escape(tr("share.too_long", count=len(address)))}</p>')
    else:
        alt = escape(tr("share.qr.alt", t=session.run().moment.t))
        st.html(
            f'<img class="qr" alt="{alt}" src="{escape(code.image)}"><p class="scan">{escape(tr("share.scan"))}</p>'
        )


def _copy(address: str, tr: Translator) -> None:
    framed = frame_of(address_of_step("hide", "tour"), tr("app.title"))
    texts = (tr("share.link"), address), (tr("share.embed"), framed)
    part: SharePart = {
        "undrawable": tr("app.undrawable"),
        "texts": [
            {"label": label, "text": text, "copy": tr("stage.text.copy"), "copied": tr("stage.text.copied")}
            for label, text in texts
        ],
    }
    _mount(key="share", data=front_end.as_json(part).encode())
    st.caption(tr("share.speaker"))


def address_of_step(*kept: str) -> str:
    """The whole address of the step on show, as the browser reaches this app; of the view what is `kept` alone, so that
    whoever opens it can go on by himself. In a slide the stage is as the lecturer has it.
    """
    told = {key: value for key, value in session.parts().items() if key not in view.KEYS or key in kept}
    place = urlsplit(st.context.url or "")
    return place._replace(path=place.path or "/", query=link.encoded(told)).geturl()


def qr(text: str) -> Code | None:
    """The QR code of a text, black on white with its quiet zone; None for one that would be too fine to scan."""
    try:
        code = segno.make(text, error="l", micro=False)
    except DataOverflowError:
        return None
    if int(code.version) > LARGEST:
        return None
    return Code(code.svg_data_uri(dark="#000", light="#fff", border=4), len(code.matrix))


def frame_of(address: str, title: str) -> str:
    """The line of HTML that shows the stage alone in a page or a slide."""
    theme = "dark_theme" if st.context.theme.type == "dark" else "light_theme"
    source = escape(f"{address}&embed=true&embed_options={theme}")
    size = 'width="1280" height="720" style="border: 0"'
    return f'<iframe src="{source}" title="{escape(title)}" {size} allow="fullscreen; clipboard-write"></iframe>'
