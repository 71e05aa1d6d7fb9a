"""The table of actions: its keys, its buttons and its words belong together."""

import pytest

from engine.ui.i18n import WORDS
from engine.ui.stage.actions import ACTIONS, BUTTONS, key_list, keys


def test_each_key_has_one_action():
    assert sum(len(action.keys) for action in ACTIONS.values()) == len(keys())
    assert keys()[" "] == "play"
    assert keys()["PageDown"] == keys()["ArrowRight"] == "step"


def test_the_list_of_keys_writes_them_as_keyboards_do():
    assert dict(key_list()) == {
        "→, Page ↓": "step",
        "←, Page ↑": "back",
        "↓": "phase",
        "␣": "play",
        "Home": "start",
        "End": "end",
        "Ctrl Z": "undo",
        "?": "help",
    }


@pytest.mark.parametrize("name", ACTIONS)
def test_a_button_has_its_icon_and_words_and_a_key_its_line(name):
    assert bool(ACTIONS[name].icon) == (name in BUTTONS)
    if name in BUTTONS:
        assert f"control.{name}" in WORDS
        assert f"control.{name}.help" in WORDS
    if ACTIONS[name].keys:
        assert f"keys.{name}" in WORDS
