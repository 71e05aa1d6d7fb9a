"""The command line: what it writes, what it says, what it never overwrites."""

import numpy as np
import pytest
from tiny_weights import random_weights

from engine.convert import __main__ as command
from engine.convert.__main__ import main
from engine.model import LanguageModel

LETTERS = "a\nb\nc\n \n<eos>\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Stands in for pretrained/."""
    monkeypatch.setattr(command, "FOLDER", tmp_path / "pretrained")
    (tmp_path / "pretrained").mkdir()
    return tmp_path / "pretrained"


@pytest.fixture
def source(tmp_path):
    given = random_weights("lstm", dtype=np.float16, embedding=3)
    renamed = {name.replace("embedding", "encoder").replace("output", "decoder"): a for name, a in given.items()}
    np.savez(tmp_path / "lm.best.npz", **{name: array.astype(np.float32) for name, array in renamed.items()})
    (tmp_path / "vocab.txt").write_text(LETTERS)
    return [str(tmp_path / "lm.best.npz"), "--vocab", str(tmp_path / "vocab.txt")]


def test_it_writes_a_model_and_says_what_was_taken_for_what(folder, source, capsys):
    assert main(source) == 0
    out = capsys.readouterr().out
    for said in ("encoder.weight (5, 3)", "LSTM, units 4", "decoder.weight (5, 4)", "by char", "--start", "written to"):
        assert said in out
    assert "<eos> was taken for the end" in out
    model = LanguageModel.load(folder / "lm.npz")
    assert (model.vocabulary.level, model.vocabulary.eos_id) == ("char", 4)
    assert model.card["origin"] == "converted from lm.best.npz"
    with np.load(folder / "lm.npz") as stored:
        assert stored["output.weight"].dtype == np.float16  # where that loses nothing
    assert [path.name for path in folder.iterdir()] == ["lm.npz"]


def test_a_line_end_can_be_named(folder, source, capsys, tmp_path):
    np.savez(tmp_path / "names.npz", **random_weights("gru", words=3), chars=["\n", "a", "b"])
    assert main([str(tmp_path / "names.npz"), "--eos", r"\n", "--start", r"\n"]) == 0
    assert LanguageModel.load(folder / "names.npz").vocabulary.eos_token == "\n"


def test_nothing_is_overwritten_unless_asked_to(folder, source, capsys):
    (folder / "lm.npz").write_text("dear to someone")
    assert main(source) == 1
    assert "is there already; name another with --output, or add --force" in capsys.readouterr().err
    assert (folder / "lm.npz").read_text() == "dear to someone"
    assert main([*source, "--start", "<eos>", "--force"]) == 0
    LanguageModel.load(folder / "lm.npz")


@pytest.mark.parametrize(
    ("options", "status", "message"),
    [
        (["nowhere.pt"], 1, "nowhere.pt: No such file"),
        ([".", "--output", "x.npz"], 1, "directory"),
        (["{source}"], 1, "it holds no vocabulary"),
        (["{source}", "--output", "x.pt"], 1, "--output must end in .npz"),
        (["{source}", "--vocab", "nowhere.json"], 1, "nowhere.json"),
        (["{source}", "--level", "letters"], 2, "invalid choice"),
        ([], 2, "required: FILE"),
    ],
)
def test_what_cannot_be_is_one_sentence(folder, source, capsys, tmp_path, monkeypatch, options, status, message):
    monkeypatch.chdir(tmp_path)
    arguments = [option.format(source=source[0]) for option in options]
    if status == 2:  # argparse leaves by itself
        with pytest.raises(SystemExit, match="2"):
            main(arguments)
    else:
        assert main(arguments) == status
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1
    assert not list(folder.iterdir())
