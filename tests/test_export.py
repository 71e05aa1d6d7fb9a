"""A run taken away: everything is in it, and what is read back gives the same run."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pytest
from random_settings import random_settings

from engine.export import COLUMNS, FORMAT, VERSION, fingerprint, run_csv, run_json
from engine.generation import generate
from engine.model import LanguageModel
from engine.phases import Moment
from engine.prediction import commit
from engine.recipe import Recipe
from engine.run import Run
from engine.vocabulary import Vocabulary

OFTEN_UNK = [0.05, 0.45, 0.2, 0.2, 0.1]


@pytest.fixture
def run(bigram_model):
    """A prompt, rejections, a forced token and a change, to the limit."""
    recipe = Recipe(
        3, unk="redraw", limit=12, stop_at_eos=False, prompt="Cats", forced={4: 3}, changes=[(6, "top_k", 3)]
    )
    return Run(bigram_model(OFTEN_UNK), recipe).at_end()


def exported(run):
    return json.loads(run_json(run, "tiny"))


def table(run):
    return list(csv.DictReader(io.StringIO(run_csv(run), newline="")))


def test_the_recipe_in_the_json_gives_the_same_steps_again(word_model, char_model):
    rng = np.random.default_rng(0)
    for i in range(20):
        model = (word_model, char_model)[i % 2]
        unk = str(rng.choice(["rest", "redraw", "allow"]))
        recipe = Recipe(i, random_settings(rng), unk, limit=9, forced={3: 2}, changes=[(5, "temperature", 0.4)])
        record = exported(Run(model, recipe).at_end())
        again, ignored = Recipe.from_query(record["recipe"])
        assert ignored == []
        steps = list(generate(model, again))
        assert [step["token_id"] for step in record["steps"]] == [step.token_id for step in steps]
        us = [[draw["u"] for draw in step["draws"]] for step in record["steps"]]
        assert us == [[draw.u for draw in step.draws] for step in steps]
        assert record["finish_reason"] == steps[-1].finish_reason


def test_the_json_says_everything_of_a_step(run):
    record, tokens = exported(run), run.model.vocabulary.tokens
    assert (record["format"], record["version"], record["text"]) == (FORMAT, VERSION, run.text)
    assert record["model"]["sha256"] == fingerprint(run.model)
    assert any(len(step["draws"]) > 1 for step in record["steps"])
    for said, step, facts in zip(record["steps"], run.steps, run.facts, strict=True):
        assert said["input"] == (None if step.input_id is None else tokens[step.input_id])
        assert (said["t"], said["token"], said["origin"]) == (step.t, tokens[step.token_id], step.origin)
        assert (said["prob"], said["surprisal"], said["entropy"]) == (facts.prob, facts.surprisal, facts.entropy)
        assert [draw["accepted"] for draw in said["draws"]] == [draw is step.draws[-1] for draw in step.draws]
        for drawn, draw in zip(said["draws"], step.draws, strict=True):
            assert (drawn["u"], drawn["low"], drawn["high"], drawn["token_id"]) == (
                draw.u,
                draw.low,
                draw.high,
                draw.token_id,
            )
            assert drawn["low"] <= drawn["u"] < drawn["high"]
            assert drawn["token"] == tokens[draw.token_id]
    assert [step["origin"] for step in record["steps"]][:4] == ["given", "drawn", "drawn", "forced"]


def test_the_csv_has_a_row_a_draw_and_one_for_what_was_not_drawn(run):
    rows = table(run)
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == sum(max(1, len(step.draws)) for step in run.steps)
    assert [row["token"] for row in rows if row["outcome"] != "rejected"] == [
        run.model.vocabulary.tokens[step.token_id] for step in run.steps
    ]
    assert {row["token"] for row in rows if row["outcome"] == "rejected"} == {"<UNK>"}
    drawn = [(float(row["u"]), float(row["low"]), float(row["high"])) for row in rows if row["u"]]
    assert drawn == [(draw.u, draw.low, draw.high) for step in run.steps for draw in step.draws]
    assert [row["draw"] for row in rows if row["outcome"] in ("given", "forced")] == ["0", "0"]
    surprisals = [float(row["surprisal"]) for row in rows if row["surprisal"]]
    assert surprisals == [facts.surprisal for facts in run.facts]


def test_what_was_predicted_is_taken_away_with_the_steps_that_are_out(run):
    for t, chips, answers in ((5, {1: 3, None: 1}, {}), (7, {}, {"unk": False, "eos": True})):
        there = run.at(t)
        seed, vocabulary = run.recipe.seed, run.model.vocabulary
        made = commit(there.shown, there.distributions, there.rules, seed, vocabulary, [0, 1, 2], chips, answers)
        run = run.with_prediction(made)
    steps = exported(run)["steps"]
    assert [step["t"] for step in steps if step["prediction"] is not None] == [5, 7]
    said, score = steps[4]["prediction"], run.predictions[0].score
    assert (said["bars"], said["hidden"], said["answers"]) == ([0, 1, 2], False, [])
    assert said["chips"] == [{"token_id": 1, "count": 3}, {"token_id": None, "count": 1}]
    assert list(said["score"].values()) == list(score)
    assert steps[6]["prediction"]["score"] is None
    answers = {one["question"]: (one["said"], one["truth"]) for one in steps[6]["prediction"]["answers"]}
    ahead = [draw["token_id"] for step in steps[6:11] for draw in step["draws"]]
    assert answers == {"unk": (False, 1 in ahead), "eos": (True, run.steps[6].token_id == 0)}
    [row] = [row for row in table(run) if row["bits"]]
    assert (row["t"], row["draw"]) == ("5", "1")
    numbers = [float(row[name]) for name in ("chips", "share", "bits", "best_bits", "expected_bits")]
    assert numbers == [score.chips, score.share, score.bits, score.best, score.expected]
    early = exported(run.at(6))
    assert [step["prediction"] is not None for step in early["steps"]] == [False] * 4 + [True, False]
    assert VERSION == 2


def test_tokens_are_as_they_are_however_the_csv_must_quote_them(random_model):
    tokens = ["\n", '"', ",", "\r\n", " a", "=1", "“猫”", "\0"]
    weights = random_model("rnn").state_dict()
    weights |= {name: np.zeros((len(tokens), 4)) for name in ("output.weight",)}
    weights |= {"rnn.weight_ih_l0": np.zeros((4, len(tokens))), "output.bias": np.zeros(len(tokens))}
    model = LanguageModel.from_state_dict(Vocabulary(tokens, "word"), weights)
    run = Run(model, Recipe(limit=8, forced=dict(enumerate(range(8), 1)))).at_end()
    assert [row["token"] for row in table(run)] == tokens
    assert [step["token"] for step in exported(run)["steps"]] == tokens


def test_what_is_still_to_come_is_not_taken_away(run):
    for moment in (Moment(0), Moment(3), Moment(7, "predict"), Moment(7, "draw", 0)):
        looked = replace(run, moment=moment)
        record = exported(looked)
        count = moment.t - (moment.phase != "")
        assert [step["t"] for step in record["steps"]] == list(range(1, count + 1))
        assert record["finish_reason"] is None
        assert record["text"] == looked.text
        assert {row["t"] for row in table(looked)} == {str(t) for t in range(1, count + 1)}


def test_a_fingerprint_is_that_of_the_weights_and_the_vocabulary(random_model, tmp_path):
    model = random_model("gru", dtype=np.float32)
    model.save(tmp_path / "tiny.npz")
    assert fingerprint(LanguageModel.load(tmp_path / "tiny.npz")) == fingerprint(model)
    weights, vocabulary = model.state_dict(), model.vocabulary
    moved = {**weights, "output.bias": weights["output.bias"] + np.float32(1e-3)}
    renamed = Vocabulary(["<EOS>", "<UNK>", "Dogs", "sleep", "."], "word", "<EOS>", "<UNK>")
    others = [
        LanguageModel.from_state_dict(vocabulary, moved),
        LanguageModel.from_state_dict(renamed, weights),
        LanguageModel.from_state_dict(vocabulary, weights, variant="reset-before"),
    ]
    assert len({fingerprint(one) for one in [model, *others]}) == 4
