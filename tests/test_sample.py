"""`python -m engine.sample`: sequences as the engine makes them, and one sentence for what cannot be."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from engine.generation import generate
from engine.recipe import Recipe
from engine.sample import main
from engine.sampling import SETTINGS, SamplingSettings

ROOT = Path(__file__).parents[1]


@pytest.fixture
def path(word_model, tmp_path):
    word_model.save(tmp_path / "tiny.npz")
    return str(tmp_path / "tiny.npz")


def steps_of(model, **recipe):
    return list(generate(model, Recipe(**recipe)))


def test_sequences_are_printed_one_a_line_seed_after_seed(path, word_model, capsys):
    assert main([path, "--seed", "3", "--n", "4", "--text"]) == 0
    texts = [
        word_model.vocabulary.decode([step.token_id for step in steps_of(word_model, seed=3 + i)]) for i in range(4)
    ]
    assert capsys.readouterr().out.splitlines() == texts


def test_a_line_end_within_a_sequence_is_written_out(char_model, tmp_path, capsys):
    char_model.save(tmp_path / "tiny.npz")
    assert main([str(tmp_path / "tiny.npz"), "--n", "3", "--limit", "40"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert any("\\n" in line for line in lines)


def test_json_has_everything(path, word_model, capsys):
    given = [
        "--seed",
        "7",
        "--n",
        "2",
        "--json",
        "--temperature",
        "1.5",
        "--top-k",
        "3",
        "--unk",
        "redraw",
        "--limit",
        "9",
    ]
    assert main([path, *given, "--prompt", "Cats", "--no-eos"]) == 0
    settings = SamplingSettings(1.5, 3)
    for i, line in enumerate(capsys.readouterr().out.splitlines()):
        found = json.loads(line)
        recipe = {"settings": settings, "unk": "redraw", "limit": 9, "prompt": "Cats", "stop_at_eos": False}
        steps = steps_of(word_model, seed=7 + i, **recipe)
        ids = [step.token_id for step in steps]
        assert (found["seed"], found["token_ids"], found["finish_reason"]) == (7 + i, ids, "length")
        assert found["tokens"] == [word_model.vocabulary.tokens[token_id] for token_id in ids]
        assert found["text"] == word_model.vocabulary.decode(ids)
        assert found["origins"] == ["given"] + ["drawn"] * 9
        for draws, step in zip(found["draws"], steps, strict=True):
            assert [(draw["u"], draw["low"], draw["high"]) for draw in draws] == [
                (draw.u, draw.low, draw.high) for draw in step.draws
            ]


def test_steps_has_a_line_for_every_draw(path, word_model, capsys):
    assert main([path, "--seed", "1", "--steps", "--prompt", "Cats", "--unk", "redraw", "--limit", "30"]) == 0
    lines = capsys.readouterr().out.splitlines()
    steps = steps_of(word_model, seed=1, prompt="Cats", unk="redraw", limit=30)
    assert len(lines) == 2 + sum(max(1, len(step.draws)) for step in steps)
    assert sum("rejected" in line for line in lines) == sum(max(0, len(step.draws) - 1) for step in steps)
    assert "given" in lines[1]
    assert lines[-1].strip() == {"eos": "ended by <EOS>", "length": "ended by the limit"}[steps[-1].finish_reason]


def test_every_sampling_setting_is_an_option(path, capsys):
    values = {"temperature": "0.5", "top_k": "2"}
    for name in SETTINGS:
        assert main([path, f"--{name.replace('_', '-')}", values.get(name, "0.5")]) == 0
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    assert all(setting.rule in " ".join(capsys.readouterr().out.split()) for setting in [SETTINGS["top_p"]])


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        (["--top-p", "2"], 2, "top_p must be above 0 and at most 1"),
        (["--temperature", "off"], 2, "temperature must be"),
        (["--seed", "x"], 2, "--seed"),
        (["--unk", "no"], 2, "--unk"),
        (["--json", "--steps"], 2, "not allowed with"),
        (["--n", "0"], 1, "--n must be 1 or more"),
        (["--seed", "-1"], 1, "seed must be"),
        (["--limit", "0"], 1, "limit must be"),
    ],
)
def test_what_cannot_be_is_answered_by_one_sentence(path, capsys, wrong, status, said):
    try:
        found = main([path, *wrong])
    except SystemExit as stop:
        found = stop.code
    answer = capsys.readouterr()
    assert (found, answer.out) == (status, "")
    assert said in answer.err
    assert answer.err.count("\n") == 1


def test_a_prompt_or_a_model_that_cannot_be_read(char_model, tmp_path, capsys):
    char_model.save(tmp_path / "tiny.npz")
    (tmp_path / "text.npz").write_text("text")
    for arguments, said in (
        ([str(tmp_path / "tiny.npz"), "--prompt", "x"], "'x' is not in this vocabulary"),
        ([str(tmp_path / "none.npz")], "cannot be read: No such file"),
        ([str(tmp_path)], "cannot be read: Is a directory"),
        ([str(tmp_path / "text.npz")], "cannot be used as a model"),
    ):
        assert main(arguments) == 1
        assert said in capsys.readouterr().err


def test_a_pipe_that_closes_is_no_error(path):
    command = [sys.executable, "-m", "engine.sample", path, "--n", "2000"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == ""
        assert process.wait(timeout=60) == 0
