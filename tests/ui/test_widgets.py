"""A widget of the settings: it shows what is in force, and only a choice of the visitor changes that."""

import pytest
import streamlit as st

from engine.ui import widgets
from engine.ui.session import Session
from engine.ui.widgets import widget
from engine.unk_policy import POLICIES


class State(dict):
    """A session's state that counts what is written to it."""

    def __init__(self):
        self.__dict__["written"] = []

    def __setitem__(self, key, value):
        if key.startswith("setting_"):
            self.written.append(value)
        super().__setitem__(key, value)

    __setattr__ = __setitem__
    __getattr__ = dict.__getitem__


@pytest.fixture
def state(monkeypatch):
    state = State()
    state["session"] = Session(None, "", "en")
    monkeypatch.setattr(st, "session_state", state)
    monkeypatch.setattr(widgets, "_ON_ITS_WAY", -1)
    return state


def drawn(shown, said):
    """Draw a field that shows `shown`; what a browser's message about it calls."""
    return widget(lambda *args, key, on_change, value: on_change, "limit", shown, said.append, "Stop after")


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


def test_what_a_browser_may_not_have_taken_in_yet_is_written_again(state, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(widgets.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(widgets, "_ON_ITS_WAY", 3.0)
    for clock[0] in (100.0, 101.0, 102.9, 103.1, 110.0):  # runs of the script that draw it
        drawn(20, [])
    assert state.written == [20, 20, 20]


@pytest.mark.parametrize(("seconds", "written"), [(0.1, ["a", "b", "b"]), (3.5, ["a", "b", "b"]), (9.0, ["a"])])
def test_what_was_pressed_is_written_over_what_may_have_been_on_its_way_to_the_browser(
    state, monkeypatch, seconds, written
):
    clock, said = [100.0], []
    monkeypatch.setattr(widgets.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(widgets, "_ON_ITS_WAY", 3.0)
    monkeypatch.setattr(st, "segmented_control", choices := lambda *args, on_change, **more: on_change)
    monkeypatch.setattr(widgets, "_PRESSED", (choices,))
    monkeypatch.setattr(widgets, "_CHOICES", (choices,))

    def drawn(shown):
        return widget(choices, "show", shown, said.append, "Show", ("a", "b"))

    changed = drawn("a")
    clock[0] += seconds
    dict.__setitem__(state, "setting_show", "b")  # as a browser's message does
    changed()
    for _ in range(2):
        drawn("b")
    clock[0] += 2.0
    drawn("b")
    assert said == ["b"]
    assert state.written == written


def test_what_a_visitor_has_moved_is_not_written_back_while_he_moves_on(state, monkeypatch):
    monkeypatch.setattr(widgets, "_ON_ITS_WAY", 3.0)
    changed = drawn(20, said := [])
    dict.__setitem__(state, "setting_limit", 30)  # as a browser's message does
    changed()
    drawn(30, said)
    assert said == [30]
    assert state.written == [20]
    drawn(40, said)  # by something else
    assert state.written == [20, 40]


@pytest.mark.parametrize("query", [{"t": "2", "prompt": "We want", "top_k": "40"}, {"model": "tang-char", "eos": "0"}])
def test_a_browser_that_draws_a_widget_late_begins_with_what_it_shows(open_app, query):
    app = open_app(**query)
    shown = [
        app.number_input(key="setting_seed"), app.number_input(key="setting_limit"),
        app.text_area(key="setting_prompt"),
        app.select_slider(key="setting_temperature"), app.selectbox(key="setting_unk"), app.checkbox(key="setting_eos"),
        app.segmented_control(key="setting_language"),
    ]  # fmt: skip
    for each in shown:
        default = each.proto.default
        if each.type == "selectbox":
            assert default == tuple(POLICIES).index(each.value)
        elif each.type == "select_slider":
            assert [each.options[int(place)] for place in default] == [str(each.value)]
        elif each.type == "button_group":
            assert [each.proto.options[place].content for place in default] == ["EN"]
        else:
            assert default == each.value, each.key
