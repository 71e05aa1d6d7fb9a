"""The table of actions: its keys, its buttons and its words belong together."""

import pytest
from conftest import checked, session_of

from engine.ui.i18n import WORDS
from engine.ui.stage import presenter
from engine.ui.stage.actions import ACTIONS, BUTTONS, Opening, key_list, keys


def test_each_key_has_one_action():
    assert sum(len(action.keys) for action in ACTIONS.values()) == len(keys())
    assert keys()[" "] == "play"
    assert (keys()["ArrowRight"], keys()["PageDown"]) == ("step", "next")


def test_the_list_of_keys_writes_them_as_keyboards_do():
    assert dict(key_list()) == {
        "→": "step",
        "←": "back",
        "↓": "phase",
        "␣": "play",
        "Home": "start",
        "End": "end",
        "Ctrl Z": "undo",
        "Page ↓": "next",
        "Page ↑": "previous",
        "t": "tour",
        "p": "present",
        "b, .": "blank",
        "f": "full",
        "q": "share",
        "s": "speaker",
        "?": "help",
        "g": "predict",
    }


@pytest.mark.parametrize("name", ACTIONS)
def test_a_button_has_its_icon_and_words_and_a_key_its_line(name):
    assert bool(ACTIONS[name].icon) == (name in (*BUTTONS, *presenter.BUTTONS, "next", "previous"))
    if name in BUTTONS:
        assert f"control.{name}" in WORDS
        assert f"control.{name}.help" in WORDS
    if ACTIONS[name].keys:
        assert f"keys.{name}" in WORDS


@pytest.mark.parametrize("name", ["help", "text"])
def test_a_dialog_stays_open_through_other_runs_of_the_script_and_only_one_is_open(open_app, name):
    """A tick of Play that was under way when it opened closed it; two at once Streamlit cannot show."""
    app = open_app(model="dinosaurs-gru")
    session_of(app).record(Opening).dialog = name
    for _ in range(2):
        assert len(checked(app.run()).get("dialog")) == 1
    checked(app.button(key="find").click().run())
    assert session_of(app).record(Opening).dialog == "find"
    assert len(app.get("dialog")) == 1
