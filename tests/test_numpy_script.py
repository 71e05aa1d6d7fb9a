"""The exported script, where there is nothing but Python, numpy and the model's file: the very same tokens."""

import ast
import json
import subprocess
import sys
from functools import cache
from itertools import product
from pathlib import Path
from shutil import copy

import numpy as np
import pytest
from random_settings import random_settings
from tiny_weights import random_weights

from engine import model as model_module
from engine.cell_variants import VARIANTS
from engine.model import LanguageModel
from engine.numpy_script import numpy_script
from engine.recipe import Recipe
from engine.run import Run
from engine.vocabulary import Vocabulary

PRETRAINED = Path(__file__).parents[1] / "pretrained"
NAMES = sorted(path.stem for path in PRETRAINED.glob("*.npz"))
shipped = cache(lambda name: LanguageModel.load(PRETRAINED / f"{name}.npz"))
OFTEN_UNK = [0.05, 0.45, 0.2, 0.2, 0.1]
# Scripts one after another in one interpreter that sees the folder it stands in and its own libraries.
ALL = """
import contextlib, glob, io, json, runpy
printed = {}
for name in glob.glob("*.py"):
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO(), "utf-8")) as out:
        space = runpy.run_path(name)
    out.seek(0)
    printed[name] = out.read()
print(json.dumps(printed))
"""


def python(folder, *arguments):
    """What a bare Python prints in that folder."""
    done = subprocess.run(
        [sys.executable, "-I", "-W", "error::RuntimeWarning", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


def printed_by_script(run):
    """What the script of a run is to print: a token a line, then the text."""
    tokens = run.model.vocabulary.tokens
    return "".join(f"{step.t:5} {tokens[step.token_id]!r}\n" for step in run.out) + f"{run.text}\n"


def random_recipe(rng, model, steps):
    """All that a recipe can have, each in some of the recipes."""
    vocabulary = model.vocabulary
    seen = [vocabulary.tokens[i] for i in rng.integers(0, len(vocabulary), 2) if i != vocabulary.eos_id]
    settings = random_settings(rng), random_settings(rng)
    changes = [(int(rng.integers(2, steps)), name, getattr(settings[1], name)) for name in ("temperature", "top_p")]
    changes += [(steps // 2, "unk", str(rng.choice(["rest", "redraw", "allow"]))), (3, "eos", bool(rng.random() < 0.5))]
    greedy = {"temperature": 0.0} if rng.random() < 0.1 else {}
    return Recipe(
        int(rng.integers(0, 2**32)),
        settings[0] if not greedy else Recipe(**greedy).settings,
        unk=str(rng.choice(["rest", "redraw", "allow"])),
        stop_at_eos=bool(rng.random() < 0.5),
        limit=steps,
        prompt=(" " if vocabulary.level == "word" else "").join(seen) if rng.random() < 0.4 else "",
        forced={int(t): int(rng.integers(0, len(vocabulary))) for t in rng.integers(1, steps, 2) if rng.random() < 0.5},
        changes=[change for change in changes if rng.random() < 0.4],
    )


def check(runs, folder, file=None):
    """Every one of these runs by its script, in that folder; `file`: that of their model, where it has one. The first
    script reads that file as it is, the others the same arrays without the compression, which takes longer than a run.
    """
    models = list(dict.fromkeys(run.model for run in runs))
    names = [f"model{models.index(run.model)}" for run in runs]
    if file is None:
        for k, model in enumerate(models):
            model.save(folder / f"model{k}.npz")
    else:
        names = ["shipped", *names[1:]]
        copy(file, folder / "shipped.npz")
        with np.load(file) as arrays:
            np.savez(folder / "model0.npz", **arrays)
    for i, run in enumerate(runs):
        script = numpy_script(run, names[i])
        assert len(script.splitlines()) <= 60
        (folder / f"{i}.py").write_text(script, encoding="utf-8")
    printed = json.loads(python(folder, "-c", ALL))
    for i, run in enumerate(runs):
        assert printed[f"{i}.py"] == printed_by_script(run), run.recipe


@pytest.mark.parametrize("name", NAMES)
def test_ten_random_recipes_of_a_shipped_model(name, tmp_path):
    model = shipped(name)
    rng = np.random.default_rng(NAMES.index(name))
    runs = [Run(model, random_recipe(rng, model, 8)).at_end() for _ in range(10)]
    check(runs, tmp_path, PRETRAINED / f"{name}.npz")


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm", "relu", "reset-before"])
def test_every_cell_with_layers_and_without_biases(cell, vocabulary, tmp_path):
    variant = cell if cell in VARIANTS else None
    plain = {"relu": "rnn", "reset-before": "gru"}.get(cell, cell)
    choices = [{}, {"layers": 3, "embedding": 3}, {"layers": 2, "biases": False}, {"embedding": 3, "biases": False}]
    rng, runs = np.random.default_rng(7), []
    for options, dtype in product(choices, (np.float32, np.float64)):
        weights = random_weights(plain, dtype, **options)
        model = LanguageModel.from_state_dict(vocabulary, weights, variant=variant)
        runs += [Run(model, random_recipe(rng, model, 30)).at_end() for _ in range(5)]
    check(runs, tmp_path)


def test_an_embedding_too_large_for_a_table(random_model, monkeypatch, tmp_path):
    monkeypatch.setattr(model_module, "MAX_TABLE", 0)
    model = random_model("gru", embedding=3, layers=2)
    run = Run(model, Recipe(5, limit=20, stop_at_eos=False)).at_end()
    assert "inputs" not in numpy_script(run, "any")
    check([run], tmp_path)


@pytest.mark.parametrize("unk", ["rest", "redraw", "allow"])
def test_unknown_words_also_where_nothing_else_is_left(bigram_model, unk, tmp_path):
    choices = [{}, {"top_k": 1}, {"temperature": 0}, {"top_p": 0.5, "min_p": 1.0}, {"min_p": 0.0}]
    model, seeds = bigram_model(OFTEN_UNK), range(5)
    runs = [Run(model, Recipe(seed, unk=unk, **one)).at_end() for one, seed in product(choices, seeds)]
    rejected = [len(step.draws) - 1 for run in runs for step in run.steps]
    assert max(rejected) == {"rest": 1, "redraw": 99, "allow": 0}[unk]
    check(runs, tmp_path)


def test_equals_at_the_edge_of_a_filter(bigram_model, tmp_path):
    model = bigram_model([0.0, 0.25, 0.25, 0.25, 0.25])
    choices = [{"top_k": 2}, {"top_p": 0.5}, {"top_p": 0.25}, {"min_p": 1.0}, {"top_k": 3, "top_p": 0.6}]
    check([Run(model, Recipe(1, unk="allow", limit=30, **one)).at_end() for one in choices], tmp_path)


def test_a_run_on_its_way_is_taken_as_far_as_it_is_shown(word_model, tmp_path):
    run = Run(word_model, Recipe(2, limit=15, stop_at_eos=False, changes=[(9, "temperature", 2.0)])).at_end()
    check([run.at(t) for t in (0, 1, 7, 15)] + [run.at(4).phased()], tmp_path)
    assert "CHANGES" not in numpy_script(run.at(7), "model")


def test_tokens_that_python_must_quote(tmp_path):
    tokens = ["'", '"', "\\", "\n", "\0", "猫", "é", "<EOS>", "{", "%"]
    model = LanguageModel.from_state_dict(Vocabulary(tokens, "char", "<EOS>"), random_weights("rnn", words=10))
    prompt = "'\"\\\n猫"
    check([Run(model, Recipe(seed, prompt=prompt, limit=20)).at_end() for seed in range(3)], tmp_path)


def test_by_itself_it_prints_the_tokens_and_the_text(tmp_path):
    model = shipped("tang-char")
    model.save(tmp_path / 'mine "1".npz')
    run = Run(model, Recipe(4, limit=8)).at_end()
    (tmp_path / "run.py").write_text(numpy_script(run, 'mine "1"'), encoding="utf-8")
    assert python(tmp_path, "run.py") == printed_by_script(run)


def test_it_is_short_and_has_only_what_the_run_needs():
    def lines(name, **recipe):
        script = numpy_script(Run(shipped(name), Recipe(3, **recipe)).at_end(), name)
        imported = {
            alias.name for node in ast.walk(ast.parse(script)) if isinstance(node, ast.Import) for alias in node.names
        }
        assert imported <= {"numpy", "os", "sys"}
        return script.splitlines()

    plain = lines("dinosaurs-rnn", limit=5)
    assert len(plain) <= 35
    for word in ("sigmoid", "top_k", "ROUNDING", "CHANGES", "FIXED", "UNK", "JOINED", " T"):
        assert not any(word in line for line in plain), word
    everything = {
        "settings": Recipe(temperature=0.7, top_k=40, top_p=0.9, min_p=0.01).settings,
        "prompt": "My",
        "forced": {3: 7},
        "changes": [
            (4, "temperature", 0),
            (5, "temperature", 1),
            *[(6, name, None) for name in ("top_k", "top_p", "min_p")],
            (7, "unk", "allow"),
            (8, "eos", False),
        ],
    }
    for name in ("speeches-word", "shakespeare-word"):
        assert len(lines(name, limit=20, **everything)) <= 60
