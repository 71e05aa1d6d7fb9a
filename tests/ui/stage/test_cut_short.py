"""Streamlit cuts a run of the script short wherever it looks into the session's state: a press is done whole or not."""

from contextlib import suppress
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import RerunData, RerunException

from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run import Run
from engine.ui.session import Session
from engine.ui.stage import step
from engine.ui.widgets import widget

PRETRAINED = Path(__file__).parents[3] / "pretrained"
PRESSES = [[1, "present", 0], [2, "step", 0], [3, "step", 0], [4, "trained", 1]]


class State(dict):
    """A session's state that is cut short when it is looked into for the last time that it may be."""

    def __init__(self, run, looks):
        super().__init__(session=Session(run, "dinosaurs-gru", "en"))
        self["stage_run"] = {"presses": {"mount": "m", "items": PRESSES}}
        self.__dict__["looks"] = looks

    def _look(self):
        self.__dict__["looks"] -= 1
        if self.looks < 0:
            raise RerunException(RerunData())

    def __getitem__(self, key):
        self._look()
        return super().__getitem__(key)

    def get(self, key, default=None):
        self._look()
        return super().get(key, default)

    __getattr__ = __getitem__


@pytest.fixture(scope="module")
def run():
    return Run(LanguageModel.load(PRETRAINED / "dinosaurs-gru.npz"), Recipe(3))


def test_presses_of_the_stage_are_done_and_acknowledged_together(run, monkeypatch):
    done = set()
    for looks in range(12):
        state = State(run, looks)
        monkeypatch.setattr(st, "session_state", state)
        try:
            step._pressed()
        except RerunException:
            cut = True
        else:
            cut = False
        now = dict.__getitem__(state, "session")
        ack = now.records[step.Handled].ack if step.Handled in now.records else None
        assert (ack, now.view.present, now.run.moment.t, now.trained) in (
            [(None, False, 0, False)] if cut else [({"mount": "m", "n": 4}, True, 2, True)]
        ), looks
        done.add(cut)
    assert done == {True, False}


def test_a_choice_of_a_widget_is_whole(run, monkeypatch):
    found = set()
    for looks in range(12):
        state = State(run, 99)
        monkeypatch.setattr(st, "session_state", state)

        def choose(value):
            now = step.session.current()
            now.model_name = value
            step.session.current().language = value

        changed = widget(lambda *args, key, on_change, value: on_change, "limit", "old", choose, "Stop after")
        dict.__setitem__(state, "setting_limit", "new")
        state.__dict__["looks"] = looks
        with suppress(RerunException):
            changed()
        now = dict.__getitem__(state, "session")
        found.add((now.model_name, now.language))
    assert found == {("dinosaurs-gru", "en"), ("new", "new")}
