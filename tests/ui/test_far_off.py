"""A step far off is reached in slices, so that neither a link nor a button holds the server for long."""

import pytest
from conftest import APP, checked, session_of
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from engine import run as module
from engine.recipe import Recipe
from engine.run import Goal, Run
from engine.ui import link


@pytest.fixture
def short_slices(monkeypatch):
    """A slice is two steps, however fast the machine."""
    monkeypatch.setattr(module, "_ONE_GO", 2)
    monkeypatch.setattr(Run, "towards", lambda run, t, towards=Run.towards: towards(run, t, 0.0))


def test_slices_bring_the_very_run_that_one_go_brings(char_model):
    whole = Run(char_model, Recipe(seed=4, limit=1000)).at(900)
    run, goal, slices = Run(char_model, whole.recipe), Goal(900), 0
    while goal is not None:
        before = len(run.steps)
        run, goal = goal.approached(run, [])
        slices += 1
        assert len(run.steps) > before
    assert run.moment == whole.moment
    assert [step.token_id for step in run.steps] == [step.token_id for step in whole.steps]
    assert [step.draws for step in run.steps] == [step.draws for step in whole.steps]
    assert run.facts == whole.facts


def test_a_slice_ends_when_its_time_is_over(char_model):
    run = Run(char_model, Recipe(limit=10_000))
    assert len(run.towards(10_000, seconds=0.0).steps) == module._ONE_GO
    assert len(run.towards(7, seconds=0.0).steps) == 7


def test_a_run_that_ends_before_its_goal_has_arrived(bigram_model):
    model = bigram_model([0.2, 0, 0.5, 0.3, 0], [[0.2, 0, 0.5, 0.3, 0]] * 5)
    run, goal = Goal(10_000).approached(Run(model, Recipe(limit=10_000)), [])
    assert (goal, run.finish_reason) == (None, "eos")


def test_a_link_to_a_step_far_off_arrives_at_its_very_moment(open_app, short_slices, every_run_ticks):
    app = open_app(model="dinosaurs-gru", eos="0", limit="40", t="11", phase="predict", seed="3")
    assert session_of(app).goal.t == 11
    assert session_of(app).run.moment.t == 4  # the link itself, and the first tick
    slices = 0
    while session_of(app).goal is not None:
        checked(app.run())
        slices += 1
    assert slices == 4
    assert session_of(app).run.moment == (11, "predict", 0)


def test_the_end_is_reached_in_slices_and_the_link_names_it_all_the_way(open_app, short_slices):
    app = open_app(model="dinosaurs-gru", eos="0", limit="9", seed="3")
    checked(app.button(key="control_end").click().run())
    now = session_of(app)
    assert (now.goal.t, now.run.moment.t) == (9, 2)
    assert link.parts_of("en", now.model_name, now.run, now.goal)["t"] == "9"
    checked(app.button(key="control_end").click().run())
    assert session_of(app).run.moment.t == 4


def test_whatever_else_is_pressed_ends_the_way(open_app, short_slices):
    app = open_app(model="dinosaurs-gru", eos="0", limit="40", t="30", seed="3")
    checked(app.button(key="control_back").click().run())
    assert session_of(app).goal is None
    assert session_of(app).run.moment.t == 1


def test_a_page_about_the_step_of_the_link_waits_until_it_is_reached(short_slices):
    app = AppTest.from_file(APP, default_timeout=60)
    app._page_hash = calc_hash("draws")
    for key, value in {"model": "dinosaurs-gru", "eos": "0", "limit": "40", "t": "9", "seed": "3"}.items():
        app.query_params[key] = value
    checked(app.run())
    assert (session_of(app).goal, session_of(app).run.moment.t) == (None, 9)
