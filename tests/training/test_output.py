"""Where a model is written: never over a shipped or a better one, never half, never under a name that is no file's."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from engine.training import output
from engine.training.model_card import finished_model
from engine.training.output import OutputError, check, checked_name, locked, replacing, write
from engine.training.plans import Plan, initial_weights, prepare

NAMES = [f"{first}{middle}{last}" for first in "ABCDEFGHIJ" for middle in "abcdefgh" for last in ("x", "saur")]
PLAN = Plan("dinosaurs", "char", "gru", 4, 1, 4, 0.01)
COST = {"updates": 1, "seconds": 1, "cpu_seconds": 1}


@pytest.fixture(scope="module")
def text():
    return prepare(NAMES, PLAN)


def model_of(text, loss):
    weights = initial_weights(PLAN, len(text.vocabulary), np.random.default_rng(0))
    return finished_model(weights, COST, loss, PLAN, text)


def loss_at(path):
    return output.read_facts(path)[1]["held_out_nats_per_token"]


@pytest.mark.parametrize("name", ["mine", "my-poems_2", "唐诗", "Größe", "a b", "v1.2"])
def test_a_name_that_any_system_takes_is_taken(name):
    assert checked_name(name) == name
    assert checked_name("Gro\u0308ße") == "Größe"


@pytest.mark.parametrize(
    "name",
    ["", " ", ".", "..", "a/b", "a\\b", "../x", "/x", "a:b", "a\0", "a\n", "x?", "-x", ".hidden", "x.", " x", "con",
     "NUL.txt", "lpt1", "x" * 61, "\udcff"],
)  # fmt: skip
def test_a_name_that_some_system_refuses_is_refused_in_a_sentence(name):
    with pytest.raises(OutputError) as error:
        checked_name(name)
    assert "\n" not in str(error.value)
    str(error.value).encode()  # can be printed


@pytest.mark.parametrize("name", ["dinosaurs-gru", "Speeches-Word"])
def test_a_shipped_models_name_is_refused(name):
    with pytest.raises(OutputError, match="shipped"):
        checked_name(name)


def test_of_one_text_the_better_model_stays(text, tmp_path):
    path = tmp_path / "mine.npz"
    assert write(model_of(text, 2.0), path, text, force=False)
    assert not write(model_of(text, 2.1), path, text, force=False)
    assert loss_at(path) == 2.0
    assert write(model_of(text, 1.9), path, text, force=False)
    assert loss_at(path) == 1.9
    assert write(model_of(text, 2.5), path, text, force=True)
    assert loss_at(path) == 2.5


@pytest.mark.parametrize("there", ["another text", "shipped", "no model"])
def test_what_cannot_be_compared_is_replaced_only_by_force(text, tmp_path, there):
    path = tmp_path / "mine.npz"
    if there == "another text":
        model_of(prepare([name.lower() for name in NAMES], PLAN), 9.0).save(path)
    elif there == "shipped":
        path.write_bytes((Path(output.__file__).parents[2] / "pretrained" / "dinosaurs-rnn.npz").read_bytes())
    else:
        path.write_bytes(b"something else")
    before = path.read_bytes()
    with pytest.raises(OutputError, match="--force"):
        check(path, text, force=False)
    assert not write(model_of(text, 0.1), path, text, force=False)
    assert path.read_bytes() == before
    check(path, text, force=True)
    assert write(model_of(text, 0.1), path, text, force=True)


@pytest.mark.parametrize("place", ["folder", "folder.npz", "no ending", "file as folder", "read-only"])
def test_a_place_that_cannot_be_written_to_is_told_before_the_training(text, tmp_path, place):
    path = tmp_path / "mine.npz"
    if place.startswith("folder"):
        path = tmp_path / place
        path.mkdir()
    elif place == "no ending":
        path = tmp_path / "mine"
    elif place == "file as folder":
        (tmp_path / "file").touch()
        path = tmp_path / "file" / "mine.npz"
    else:
        path = Path("/proc/mine.npz")
        if sys.platform != "linux":
            pytest.skip("needs a folder that nobody can write to")
    with pytest.raises(OutputError) as error:
        check(path, text, force=True)
    assert "\n" not in str(error.value)
    assert str(path.name) in str(error.value) or str(path.parent) in str(error.value)


def test_a_check_leaves_nothing_behind(text, tmp_path):
    check(tmp_path / "new" / "mine.npz", text, force=False)
    assert not list((tmp_path / "new").iterdir())


def test_who_is_interrupted_while_writing_leaves_the_file_as_it_was(tmp_path):
    path = tmp_path / "mine.npz"
    path.write_text("before")

    def interrupted():
        with replacing(path) as unfinished:
            unfinished.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_two_who_write_one_file_do_not_share_a_temporary_one(tmp_path):
    path = tmp_path / "mine.npz"
    with replacing(path) as first, replacing(path) as second:
        first.write_text("first")
        second.write_text("second")
    assert path.read_text() == "first"  # the one that ended last, whole


def test_a_written_file_can_be_read_by_others(text, tmp_path):
    ordinary, path = tmp_path / "ordinary", tmp_path / "mine.npz"
    ordinary.touch()
    write(model_of(text, 1.0), path, text, force=False)
    assert path.stat().st_mode == ordinary.stat().st_mode


def test_one_training_at_a_time_has_the_lock_and_a_dead_one_lets_go(tmp_path):
    path = tmp_path / "x.lock"
    hold = f"from engine.training.output import locked; from pathlib import Path\nwith locked(Path({str(path)!r})):\n  "
    hold += "print('held', flush=True); input()"
    holder = subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(OutputError, match="under way"), locked(path):
            pass
        holder.kill()
        holder.wait()
    with locked(path):
        assert path.exists()
    assert not path.exists()
