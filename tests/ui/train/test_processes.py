"""The processes that the page starts, and who asks for a training while another page is on show."""

import sys
import time

import pytest
from conftest import APP, checked
from streamlit.testing.v1 import AppTest
from train_page import NAMES

from engine import bench
from engine.ui import own_models
from engine.ui.train import processes
from engine.ui.train.processes import NotDoneError, look, run


def test_a_text_is_looked_at_by_another_process():
    place = bench.new()
    (place / "source").write_text(NAMES)
    told = look(place, {"file": "names.txt", "example": None, "level": "char"})
    assert told["report"]["level"] == "char"
    assert (place / "text.txt").read_text() == NAMES


def test_a_process_that_fails_is_told_by_its_last_line_and_one_that_takes_too_long_ends(monkeypatch):
    with pytest.raises(NotDoneError) as failed:
        run("engine.convert", "/no/such/file")
    assert "No such file" in failed.value.said
    monkeypatch.setattr(processes, "PATIENCE", 0.05)
    begun = time.monotonic()
    with pytest.raises(NotDoneError):
        run("engine.sample", "dinosaurs-gru", "--n", 100_000)
    assert time.monotonic() - begun < 10


@pytest.mark.skipif(sys.platform != "linux", reason="only there is memory bounded so")
def test_a_process_that_takes_too_much_memory_ends(monkeypatch):
    monkeypatch.setattr(processes, "MOST_MEMORY", 20 * 2**20)
    with pytest.raises(NotDoneError):
        run("engine.sample", "dinosaurs-gru")


def test_a_worker_that_is_started_takes_the_bench_and_tells():
    place = bench.new()
    (place / "text.txt").write_text(NAMES)
    request = {"name": "own-a", "level": "char", "sequences": "lines", "vocabulary_size": None, "cell": "rnn"}
    request |= {"size": "small", "seconds": 3.0, "learning_rate": None, "dropout": None, "chunk": None, "seed": 0}
    processes.start(place, request, bench.CONTROL)
    end = time.monotonic() + 30
    while bench.is_going_on(place):
        assert time.monotonic() < end
        time.sleep(0.1)
    assert bench.state(place)["phase"] == "ended", (place / "log").read_text()
    assert (place / "models" / "own-a.npz").exists()
    processes._started[-1].wait(10)


def test_another_page_asks_for_a_training_too_and_a_visitor_without_one_pays_nothing(monkeypatch):
    asked = []
    monkeypatch.setattr(bench, "seen", asked.append)
    app = checked(AppTest.from_file(APP, default_timeout=60).run())
    assert asked == []
    place = bench.new()
    asked.clear()
    app.session_state["own_models"] = own_models.Own(place, going_on=True)
    checked(app.run())
    assert asked
    assert set(asked) == {place}
    assert app.session_state["own_models"].going_on is False  # there is no training: the page stops asking
