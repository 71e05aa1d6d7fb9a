"""A stage in a slide: which keys it hands to the deck, and when."""

import pytest
import streamlit as st
from conftest import checked, records_of, session_of

from engine.ui.stage import deck
from engine.ui.view import View


@pytest.fixture
def handed(open_app, monkeypatch):
    """A function (query, **view) -> what is handed to a deck by the stage of that link."""

    def handed(**query):
        app = open_app(model="dinosaurs-gru", **query)
        monkeypatch.setattr(deck.session, "current", lambda: session_of(app))
        try:
            return deck.handed()
        finally:
            monkeypatch.undo()

    return handed


def test_in_the_middle_all_keys_are_the_stages(handed):
    assert handed(t="2") == {}


def test_before_the_first_step_the_deck_is_asked_to_go_back(handed):
    assert handed() == {"previous": "prev", "back": "prev"}


def test_after_the_last_step_the_deck_goes_on(handed):
    assert handed(t="3", limit="3", eos="0") == {"next": "next", "step": "next"}


@pytest.mark.parametrize(
    ("view", "ended", "ways"),
    [
        (View(stop=1), False, {"previous": "prev"}),
        (View(stop=1, answered=True), False, {}),
        (View(stop=10), True, {}),
        (View(stop=10, answered=True), True, {"next": "next", "step": "next"}),
        (View(stop=10, answered=True), False, {"next": "next"}),
    ],
)
def test_on_the_tour_its_ends_count(open_app, monkeypatch, view, ended, ways):
    app = open_app(model="dinosaurs-gru", t="3", limit="3" if ended else "9", eos="0")
    session_of(app).view = view
    monkeypatch.setattr(deck.session, "current", lambda: session_of(app))
    assert deck.handed() == ways


def test_only_a_stage_in_a_frame_hands_anything_on_and_it_stands_alone(open_app, monkeypatch):
    assert records_of(open_app(t="0"))["step"]["deck"] == {}
    monkeypatch.setattr(type(st.context), "is_embedded", True)
    app = open_app(t="0")
    assert records_of(app)["step"]["deck"] == {"previous": "prev", "back": "prev"}
    assert not app.sidebar.children
    checked(app.run())
