"""A widget of the settings: it shows what is in force, and only a choice of the visitor changes that."""

import pytest
import streamlit as st

from engine.ui.widgets import widget


class State(dict):
    """A session's state that counts what is written to it."""

    def __init__(self):
        self.written = []

    def __setitem__(self, key, value):
        self.written.append(value)
        super().__setitem__(key, value)


@pytest.fixture
def state(monkeypatch):
    state = State()
    monkeypatch.setattr(st, "session_state", state)
    return state


def drawn(shown, said):
    """Draw a field that shows `shown`; what a browser's message about it calls."""
    return widget(lambda *args, key, on_change: on_change, "limit", shown, said.append, "Stop after")


def test_what_is_said_again_by_a_widget_that_was_folded_away_is_no_choice(state):
    said = []
    changed = drawn(20, said)
    changed()
    assert said == []
    state["setting_limit"] = 30
    changed()
    assert said == [30]
    del state["setting_limit"]  # its page has been left
    changed()
    assert said == [30]


def test_what_stands_in_a_widget_already_is_not_written_over_what_is_being_typed(state):
    for shown in (20, 20, 30, 30):
        drawn(shown, [])
    assert state.written == [20, 30]
