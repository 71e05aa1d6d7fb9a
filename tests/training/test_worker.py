"""The worker: a whole training at a bench, by a process of its own; refused texts; who leaves; who dies."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import bench, locks
from engine.bench import CONTROL, Request
from engine.model import LanguageModel
from engine.training import examples, look, own_text, worker
from engine.training.look import prepared
from engine.training.text_file import TextError
from engine.training.worker import LeftError

ROOT = Path(__file__).parents[2]
NAMES = "\n".join(
    f"{first}{middle}{last}" for first in "ABCDEFGH" for middle in ("ana", "oro", "ile") for last in ("x", "saur")
)
REQUEST = Request(name="own-names", level="char", sequences="lines", vocabulary_size=None, cell="rnn", size="small",
                  seconds=3.0, learning_rate=None, dropout=None, chunk=None, seed=0)  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TRAININGS_FOLDER", str(tmp_path / "trainings"))
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture
def place():
    place = bench.new()
    (place / "text.txt").write_text(NAMES)
    return place


@pytest.fixture
def begun():
    """`begun(place, **request)`: a worker at that bench."""
    started = []

    def begun(place, **request):
        bench.write(place / "request.json", {**REQUEST, **request})
        bench.write(place / "state.json", {"phase": "starting", "at": time.time()})
        process = subprocess.Popen([sys.executable, "-m", "engine.training.worker", str(place)], cwd=ROOT)
        started.append(process)
        return process

    yield begun
    for process in started:
        process.kill()
        process.wait()


def until(place, true, patience=30):
    end = time.monotonic() + patience
    while not true(state := bench.state(place)):
        assert time.monotonic() < end, state
        time.sleep(0.05)
    return state


def test_a_training_leaves_a_model_whose_card_tells_of_it(place, begun):
    process = begun(place)
    state = until(place, lambda state: state["phase"] == "ended")
    assert process.wait() == 0
    assert state["ended"] in ("time", "no better", "updates")
    assert state["rows"][0]["update"] == 0
    assert dict(state["held_out"])[state["kept"]] == min(loss for _, loss in state["held_out"])
    assert state["ngram"] > 0
    model = LanguageModel.load(place / "models" / "own-names.npz")
    assert model.card["updates"] == state["kept"]
    assert model.card["example"] in NAMES.split("\n")
    assert model.training_hashes is not None


def test_a_stop_ends_it_and_keeps_what_was_learned(place, begun):
    begun(place, seconds=120.0, cell="gru")
    until(place, lambda state: state.get("held_out"))
    bench.write(place / "control.json", {**CONTROL, "paused": True})
    paused = until(place, lambda state: state["phase"] == "paused")
    bench.write(place / "control.json", {**CONTROL, "stop": True})
    state = until(place, lambda state: state["phase"] == "ended")
    assert state["ended"] == "stopped"
    assert paused["update"] <= state["update"] < paused["update"] + 50
    assert (place / "models" / "own-names.npz").exists()


def test_a_worker_that_is_killed_has_failed_and_its_place_is_free(place, begun, monkeypatch):
    monkeypatch.setenv("TRAININGS_AT_ONCE", "1")
    process = begun(place, seconds=120.0)
    until(place, lambda state: state["phase"] == "training")
    second = bench.new()
    (second / "text.txt").write_text(NAMES)
    begun(second)
    assert until(second, lambda state: state["phase"] == "waiting")["ahead"] == 0
    process.kill()
    process.wait()
    assert bench.state(place)["problem"] == "failed.died"
    until(second, lambda state: state["phase"] in ("training", "ended"))


def test_who_leaves_ends_the_training_and_nothing_of_it_stays(place, begun):
    process = begun(place, seconds=120.0)
    until(place, lambda state: state["phase"] == "training")
    long_ago = time.time() - bench.LEFT_AFTER - 5
    os.utime(place / "seen", (long_ago, long_ago))
    assert process.wait(20) == 0
    assert not place.exists()


def test_what_is_moved_is_heard_and_a_pause_without_end_is_a_stop(place, monkeypatch):
    monkeypatch.setattr(worker, "LOOKS", 0.0)
    controls = worker.controls(place)
    assert next(controls) == CONTROL
    bench.write(place / "control.json", {"paused": True})
    assert next(controls) == {**CONTROL, "paused": True}
    monkeypatch.setattr(worker, "LONGEST_PAUSE", -1.0)
    assert next(controls)["stop"]
    os.utime(place / "seen", (0, 0))
    with pytest.raises(LeftError):
        next(controls)


def test_a_worker_that_never_came_has_failed_too(place, monkeypatch):
    bench.write(place / "state.json", {"phase": "starting", "at": time.time()})
    assert bench.state(place)["phase"] == "starting"
    monkeypatch.setattr(bench, "STARTS_WITHIN", -1.0)
    assert bench.state(place)["problem"] == "failed.died"
    with locks.take(place / "alive"):
        assert bench.state(place)["phase"] == "starting"


def test_a_window_longer_than_the_text_is_refused(place, begun):
    (place / "text.txt").write_text("The cat sat on the mat, and the dog on the log. " * 30)
    begun(place, sequences="stream", chunk=1000)
    state = until(place, lambda state: state["phase"] == "failed")
    assert state["problem"] == "refused.window"
    assert state["values"]["most"] < 1000


# --- the look at a text


def looked(source, **asked):
    place = bench.new()
    (place / "source").write_bytes(source)
    bench.write(place / "asked.json", {"file": "mine.txt", **asked})
    look.main(place)
    return json.loads((place / "look.json").read_text())


def test_a_text_is_told_what_it_is_good_for():
    told = looked("\ufeff".encode() + NAMES.encode())
    assert (told["report"]["level"], told["report"]["sequences"]) == ("char", "lines")
    assert told["report"]["held_out"] >= 2
    assert all(seconds > 0 for seconds in told["per_pass"].values())
    assert told["head"].startswith("Aanax\nAanasaur")


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"a", "same"),
        (b"aaaa aaaa\n" * 99, "same"),
        (b"cat cat cat cat", "same"),
        (b"one line\nanother line\n" * 90, "few"),
        ("Привет мир, как дела сегодня".encode("cp1251") * 9, "encoding"),
        ("你好世界，今天的天气是好的".encode("gb18030") * 9, "encoding"),
        (b"%PDF-1.7 something", "kind"),
        (b"\xff\xfea", "damaged"),
    ],
)
def test_a_text_that_cannot_work_is_refused_with_its_reason(source, reason):
    assert looked(source)["refused"].split(".")[0] == reason


def test_a_stream_that_is_too_short_and_a_vocabulary_that_is_too_large_are_refused():
    told = looked(b"The cat sat on the mat.", sequences="stream", level="char")
    assert told["refused"] == "short.char"
    assert told["values"] == {"count": 18, "least": 800}  # its blanks alone are passages of their own, and left out
    assert looked(NAMES.encode(), vocabulary_size=own_text.MAX_WORDS + 1)["refused"] == "vocabulary"


def test_the_shares_of_unk_are_those_that_a_training_will_have(monkeypatch):
    monkeypatch.setattr(look, "SIZES", (25, 30, 60))
    words = [f"w{(k * k) % 71}" for k in range(4000)]
    lines = "\n".join(" ".join(words[k : k + 8]) for k in range(0, 4000, 8)) + "\nonce upon a time"
    told = looked(lines.encode(), level="word", sequences="lines")
    assert len(told["unk_rates"]) >= 2
    for size, rate in told["unk_rates"]:
        report = prepared(lines, {"level": "word", "sequences": "lines", "vocabulary_size": size}).report
        assert report.vocabulary_size == size
        assert report.unk_rate == pytest.approx(rate)


def test_an_example_is_written_by_a_model_that_ships(monkeypatch):
    monkeypatch.setitem(examples.EXAMPLES, "names", ("dinosaurs-gru", 60, 30))
    text = examples.example("names")
    assert len(text.split("\n")) > 50
    assert examples.example("names") == text  # from its file
    told = looked(b"", example="names")
    assert told["report"]["kept"] > 50


def test_a_name_that_is_no_benchs_finds_none(place):
    assert bench.find(place.name) == place
    for name in ("", "..", "a" * 32, place.name.upper() + "/"):
        assert bench.find(name) is None


def test_benches_that_nobody_asks_for_are_cleared_away_but_not_one_that_trains(place, begun):
    begun(place, seconds=120.0)
    until(place, lambda state: state["phase"] == "training")
    old, recent = bench.new(), bench.new()
    os.utime(old / "seen", (0, 0))
    bench.new()
    assert place.exists()
    assert recent.exists()
    assert not old.exists()


def test_a_text_error_without_a_reason_is_a_command_lines_alone():
    assert TextError("no").reason == ""
