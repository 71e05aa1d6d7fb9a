"""What the dialog "Share" hands out: the whole address of the step on show, its QR code, the code of a frame."""

import json
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
import segno
import streamlit as st
from conftest import checked, session_of

from engine.ui.stage import share
from engine.ui.stage.actions import Opening

HALL = "https://hall.example:8443/class"


@pytest.fixture
def texts(monkeypatch):
    """The texts to be copied that the dialog was handed last."""
    texts = []
    monkeypatch.setattr(share, "_mount", lambda key, data: texts.extend(json.loads(data)["texts"]))
    monkeypatch.setattr(type(st.context), "url", HALL)
    return texts


def opened(app):
    session_of(app).record(Opening).dialog = "share"
    return checked(app.run())


def html(app):
    return " ".join(one.body for one in app.get("html"))


def test_the_link_is_the_address_of_the_browser_with_the_run_and_step_and_nothing_of_the_view(open_app, texts):
    app = opened(open_app(model="dinosaurs-gru", seed="7", t="4", present="1", hide="panels", tour="2", lang="zh"))
    address = texts[0]["text"]
    assert address.partition("?")[0] == HALL
    query = dict(parse_qsl(urlsplit(address).query))
    assert (query["model"], query["seed"], query["t"], query["lang"]) == ("dinosaurs-gru", "7", "4", "zh")
    assert not query.keys() & {"present", "hide", "tour", "view", "embed"}
    framed = dict(parse_qsl(urlsplit(unescape(texts[1]["text"].split('"')[1])).query))
    assert (framed["hide"], framed["tour"], "present" in framed) == ("panels", "2", False)  # as the lecturer has it
    again = open_app(**query)
    assert session_of(again).run.recipe == session_of(app).run.recipe
    assert session_of(again).run.moment == session_of(app).run.moment


def test_the_picture_is_the_code_of_that_address_black_on_white(open_app, texts):
    app = opened(open_app(seed="7", t="4"))
    image = html(app).split('class="qr"')[1].split('src="')[1].split('"')[0]
    code = segno.make(texts[0]["text"], error="l", micro=False)
    assert unescape(image) == code.svg_data_uri(dark="#000", light="#fff", border=4)
    assert int(code.version) <= share.LARGEST


def test_a_link_too_long_to_be_scanned_says_so_and_can_be_copied(open_app, texts):
    forced = ",".join(f"{t}:{100 + t}" for t in range(1, 121))
    app = opened(open_app(model="speeches-word", force=forced, limit="200", t="1"))
    assert 'class="qr"' not in html(app)
    assert f"{len(texts[0]['text']):,} characters" in html(app)
    assert len(texts) == 2


def test_a_code_is_as_fine_as_a_phone_at_the_back_reads_and_no_finer():
    most = 858  # bytes that version 20 holds at the lowest correction, ISO/IEC 18004
    assert share.qr("a" * most).side == 97
    assert share.qr("a" * (most + 1)) is None
    assert share.qr("a" * 5_000) is None  # more than any code holds


def test_the_frame_holds_the_address_escaped_and_the_theme():
    line = share.frame_of(f"{HALL}?t=1&prompt=%22", 'Say "x" & <b>')
    source = unescape(line.split('src="')[1].split('"')[0])
    assert source == f"{HALL}?t=1&prompt=%22&embed=true&embed_options=light_theme"
    assert 'title="Say &quot;x&quot; &amp; &lt;b&gt;"' in line
    assert line.count("<") == 2
