"""The command line for a text of one's own: its report, its model, what it refuses, and that nothing is lost."""

from itertools import count

import numpy as np
import pytest

from engine.model import LanguageModel
from engine.training import __main__ as command_line
from engine.training import loop

NAMES = "\n".join(
    f"{a}{b}{c}" for a in "ABCDEFGH" for b in ("ana", "oro", "ile", "umu") for c in ("x", "saurus", "don")
)


@pytest.fixture
def command(monkeypatch, tmp_path, capsys):
    """`command(*options)`: (exit status, what is printed, the error); in a project whose folders are in tmp_path."""
    monkeypatch.setattr(command_line, "CHECKPOINTS", tmp_path / "checkpoints")
    monkeypatch.setattr(command_line, "ROOT", tmp_path)
    monkeypatch.setattr(command_line.own_model, "_SEEDS", 50)
    ticks = count()  # a clock that goes on when it is looked at, so that a training is as long on every machine
    monkeypatch.setattr(loop, "_clocks", lambda: np.full(2, 0.03 * next(ticks)))
    (tmp_path / "names.txt").write_text(NAMES)

    def run(*options):
        try:
            status = command_line.main(["--text", str(tmp_path / "names.txt"), *options])
        except SystemExit as exit:
            status = exit.code
        return status, *capsys.readouterr()

    return run


QUICK = ("--name", "mine", "--size", "small", "--minutes", "0.05")


def test_a_text_becomes_a_model_under_its_own_name(command, tmp_path):
    status, printed, _ = command(*QUICK)
    assert status == 0
    for said in ("char (guessed", "lines:", "96 lines", "held out", "vocabulary", "log V", "5-gram", "left", "*"):
        assert said in printed
    model = LanguageModel.load(tmp_path / "pretrained" / "mine.npz")
    assert model.card["name"] == "mine"
    assert model.card["text"] == "names.txt"
    assert model.training_hashes is not None
    assert f"{model.card['held_out_nats_per_token']:.4f} nats" in printed
    assert not list((tmp_path / "checkpoints").iterdir())
    assert [path.name for path in (tmp_path / "pretrained").iterdir()] == ["mine.npz"]


def test_five_samples_stand_at_the_end(command):
    _, printed, _ = command(*QUICK)
    assert sum(line.startswith("  ") for line in printed.split("held out: ")[-1].splitlines()[1:]) == 5


def test_what_is_asked_for_is_done(command, tmp_path):
    status, _, _ = command(*QUICK, "--level", "word", "--sequences", "lines", "--vocabulary", "20")
    assert status == 1  # names do not come twice
    (tmp_path / "names.txt").write_text(NAMES * 3)
    command(*QUICK, "--sequences", "stream", "--output", str(tmp_path / "other.npz"))
    model = LanguageModel.load(tmp_path / "other.npz")
    assert model.vocabulary.eos_id is None
    assert not (tmp_path / "pretrained").exists()


def test_another_text_of_the_same_name_needs_force(command, tmp_path):
    command(*QUICK)
    path = tmp_path / "pretrained" / "mine.npz"
    before = path.read_bytes()
    (tmp_path / "names.txt").write_text(NAMES.lower())
    status, _, error = command(*QUICK)
    assert status == 1
    assert "--force" in error
    assert path.read_bytes() == before
    assert command(*QUICK, "--force")[0] == 0
    assert "A" not in LanguageModel.load(path).vocabulary


def test_a_worse_model_of_the_same_text_does_not_replace_the_better_one(command, tmp_path, monkeypatch):
    command(*QUICK)
    path = tmp_path / "pretrained" / "mine.npz"
    before = path.read_bytes()
    plan_for = command_line.own_model.plan_for
    monkeypatch.setattr(
        command_line.own_model,
        "plan_for",
        lambda *given: type(plan_for(*given))(**{**vars(plan_for(*given)), "updates": 2}),
    )
    status, printed, _ = command(*QUICK)
    assert status == 0
    assert "is better and stays" in printed
    assert path.read_bytes() == before


def interrupted_after(steps, monkeypatch):
    """Ctrl-C after so many evaluations."""
    whole = loop.train

    def interrupted(*arguments):
        for _, step in zip(range(steps), whole(*arguments), strict=False):
            yield step
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "train", interrupted)
    return whole


def test_ctrl_c_keeps_the_best_that_was_said_and_the_same_command_goes_on(command, tmp_path, monkeypatch):
    whole = interrupted_after(3, monkeypatch)
    status, printed, _ = command(*QUICK)
    assert status == 130
    said = min(float(line.split("held out ")[1].split()[0]) for line in printed.splitlines() if " left " in line)
    path = tmp_path / "pretrained" / "mine.npz"
    assert LanguageModel.load(path).card["held_out_nats_per_token"] == pytest.approx(said, abs=1e-4)
    monkeypatch.setattr(command_line, "train", whole)
    status, resumed, _ = command(*QUICK)
    assert status == 0
    assert printed.splitlines()[-5] not in resumed
    assert LanguageModel.load(path).card["held_out_nats_per_token"] <= said


def test_ctrl_c_with_force_leaves_what_was_there(command, tmp_path, monkeypatch):
    path = tmp_path / "pretrained" / "mine.npz"
    path.parent.mkdir()
    path.write_bytes(b"what was there")
    interrupted_after(1, monkeypatch)
    status, printed, _ = command(*QUICK, "--force")
    assert status == 130
    assert "stays as it was" in printed
    assert path.read_bytes() == b"what was there"


@pytest.mark.parametrize("moment", ["after the checkpoint", "while the card is measured"])
def test_whenever_ctrl_c_comes_the_best_is_there_after_going_on_also_at_another_place(
    command, tmp_path, monkeypatch, moment
):
    patch = pytest.MonkeyPatch()

    def interrupt(*arguments):
        raise KeyboardInterrupt

    if moment == "after the checkpoint":
        keep = loop.Progress.keep

        def kept(self, path):
            keep(self, path)
            if self.is_over():
                raise KeyboardInterrupt

        patch.setattr(loop.Progress, "keep", kept)
    else:
        patch.setattr(command_line.own_model, "finished", interrupt)
    with patch.context():
        status, _, _ = command(*QUICK)
    patch.undo()
    assert status == 130
    output = tmp_path / "elsewhere.npz"
    checkpoint = next((tmp_path / "checkpoints").glob("*.npz"))
    with np.load(checkpoint) as arrays:
        update, _, _, loss = arrays["best_numbers"]
    status, _, error = command(*QUICK, "--output", str(output))
    assert status == 0, error
    card = LanguageModel.load(output).card
    assert card["updates"] >= update
    assert card["held_out_nats_per_token"] <= round(loss, 4)


@pytest.mark.parametrize("damage", ["cut", "empty", "text", "another"])
def test_a_checkpoint_that_cannot_be_used_is_one_sentence(command, tmp_path, monkeypatch, damage):
    whole = interrupted_after(1, monkeypatch)
    command(*QUICK)
    monkeypatch.setattr(command_line, "train", whole)
    checkpoint = tmp_path / "checkpoints" / "mine-0.npz"
    data = checkpoint.read_bytes()
    minutes = "0.06" if damage == "another" else "0.05"
    checkpoint.write_bytes({"cut": data[: len(data) // 2], "empty": b"", "text": b"hello", "another": data}[damage])
    status, _, error = command(*QUICK[:-1], minutes)
    assert status == 1
    assert error.count("\n") == 1
    assert "mine-0.npz" in error
    assert "delete it" in error
    checkpoint.unlink()
    assert command(*QUICK[:-1], minutes)[0] == 0


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--name", "a/b"), "file"),
        (("--name", "dinosaurs-gru"), "shipped"),
        (("--minutes", "0"), "minutes"),
        (("--minutes", "nan"), "minutes"),
        (("--seed", "-1"), "--seed"),
        (("--level", "letters"), "--level"),
        (("--output", "."), "folder"),
        (("dinosaurs-gru", "--name", "x"), "either"),
        (("dinosaurs-gru", "--level", "char"), "--level"),
        (("mine",), "--name mine"),
    ],
)
def test_what_cannot_be_is_one_sentence(command, options, said):
    status, _, error = command(*options)
    assert status in (1, 2)
    assert said in error
    assert error.count("\n") == 1


def test_no_name_and_no_text_says_what_there_is(capsys):
    with pytest.raises(SystemExit):
        command_line.main([])
    assert "--text my.txt --name mine" in capsys.readouterr().err


def test_the_name_of_the_file_is_the_name_of_the_model(command, tmp_path):
    command(*QUICK[2:])
    assert (tmp_path / "pretrained" / "names.npz").exists()


def test_a_shipped_model_that_is_there_is_not_trained_over(monkeypatch, tmp_path, capsys):
    shipped = tmp_path / "pretrained" / "dinosaurs-gru.npz"
    shipped.parent.mkdir()
    shipped.write_bytes((command_line.ROOT / "pretrained" / "dinosaurs-gru.npz").read_bytes())
    before = shipped.read_bytes()
    monkeypatch.setattr(command_line, "CHECKPOINTS", tmp_path / "checkpoints")
    monkeypatch.setattr(command_line, "ROOT", tmp_path)
    monkeypatch.setattr(command_line.corpora, "read", lambda name, path: NAMES.split())
    assert command_line.main(["dinosaurs-gru"]) == 1
    assert "--force" in capsys.readouterr().err
    assert shipped.read_bytes() == before
