"""A training that is watched: paused, stopped, moved by hand; what is told of it is what was computed."""

import numpy as np
import pytest

from engine.bench import CONTROL
from engine.training import live as live_training
from engine.training.copying import Meter
from engine.training.live import live
from engine.training.loop import train
from engine.training.own_text import prepare
from engine.training.plans import Plan
from engine.training.rows import Rows, thinned

NAMES = "\n".join(
    f"{first}{middle}{last}" for first in "ABCDEFGH" for middle in ("ana", "oro", "ile") for last in ("x", "saur")
)
PLAN = Plan("own", "char", "gru", 8, updates=30, batch=4, learning_rate=0.01, embedding=4, evaluate_every=10)


@pytest.fixture(scope="module")
def text():
    return prepare(NAMES, "char", "lines").text


@pytest.fixture(autouse=True)
def every_update_is_told(monkeypatch):
    monkeypatch.setattr(live_training, "OFTEN", 0.0)


def controls(*moved):
    """Each control of `moved` once, the last of them for ever."""
    for one in moved:
        yield {**CONTROL, **one}
    while True:
        yield {**CONTROL, **moved[-1]}


def test_it_learns_what_an_unwatched_training_learns(text):
    *_, last = train(PLAN, text, 3)
    moments = list(live(PLAN, text, 3, controls({})))
    assert [moment.update for moment in moments] == list(range(31))
    assert moments[0].loss is None
    assert [moment.update for moment in moments if moment.step] == [10, 20, 30]
    assert (moments[-1].ended, moments[-1].kept.update) == ("updates", last.kept.update)
    for name, weight in last.kept.model.state_dict().items():
        np.testing.assert_array_equal(moments[-1].kept.model.state_dict()[name], weight)


def test_a_pause_changes_nothing_and_counts_for_nothing(text):
    whole = list(live(PLAN, text, 3, controls({})))
    rested = list(live(PLAN, text, 3, controls(*[{}] * 5, *[{"paused": True}] * 7, {})))
    paused = [moment for moment in rested if moment.control["paused"]]
    assert len(paused) == 7
    assert {moment.update for moment in paused} == {4}
    assert rested[-1].step.held_out_loss == whole[-1].step.held_out_loss


def test_what_who_watches_does_meanwhile_is_no_time_of_the_training(text, monkeypatch):
    now = np.zeros(2)
    monkeypatch.setattr(live_training, "read_clocks", lambda: now.copy())
    monkeypatch.setattr("engine.training.loop.read_clocks", lambda: now.copy())
    for moment in live(PLAN, text, 3, controls({})):
        assert moment.seconds == 0.0
        now += 5.0


def test_a_stop_keeps_the_best_and_if_asked_the_last(text):
    *_, last = live(PLAN, text, 3, controls(*[{}] * 15, {"stop": True}))
    assert (last.ended, last.update) == ("stopped", 14)
    assert last.step is not None
    *_, last = live(PLAN, text, 3, controls(*[{}] * 15, {"stop": True, "last": True}))
    assert last.kept.update == 14


def test_a_stop_while_it_pauses_ends_it(text):
    *_, last = live(PLAN, text, 3, controls({}, {"paused": True}, {"paused": True, "stop": True}))
    assert (last.ended, last.update) == ("stopped", 0)


def test_a_rate_moved_to_nothing_learns_nothing_more(text):
    moments = [m for m in live(PLAN, text, 3, controls(*[{}] * 11, {"learning_rate": 0.0})) if m.step]
    assert moments[0].step.held_out_loss == moments[1].step.held_out_loss == moments[2].step.held_out_loss


def test_a_rate_that_is_far_too_high_is_told(text):
    with pytest.raises(FloatingPointError), np.errstate(all="ignore"):
        for _ in live(PLAN, text, 0, controls({"learning_rate": 1e30})):
            pass


def test_all_rows_have_the_same_luck_and_another_temperature_writes_all_anew(text):
    rows = Rows(Meter(text), text.vocabulary, 5, 0.8)
    models = [moment.step.model for moment in live(PLAN, text, 3, controls({})) if moment.step]
    for k, model in enumerate([models[0], models[0], models[2]]):
        rows.add(model, k, None)
    first, again, last = rows.rows
    assert first["runs"] == again["runs"] != last["runs"]
    assert not rows.warm(0.8)
    assert rows.warm(0.0)
    assert [row["temperature"] for row in rows.rows] == [0.0] * 3
    assert len({str(run) for run in rows.rows[0]["runs"]}) == 1  # greedy: every run is the same


def test_beyond_some_rows_the_first_and_the_latest_stay(text, monkeypatch):
    monkeypatch.setattr("engine.training.rows._MOST", 5)
    rows = Rows(Meter(text), text.vocabulary, 5, 0.8)
    model = next(moment.step.model for moment in live(PLAN, text, 3, controls({})) if moment.step)
    for update in (0, 20, 25, 31, 39, 200, 400):
        rows.add(model, update, None)
    updates = [row["update"] for row in rows.rows]
    assert len(updates) == 5
    assert (updates[0], updates[-1]) == (0, 400)


def test_a_curve_is_thinned_to_means():
    assert thinned([(1, 4.0), (2, 2.0), (3, 1.0)], 2) == [(2, 3.0), (3, 1.0)]
    assert thinned([(1, 4.0)], 2) == [(1, 4.0)]
