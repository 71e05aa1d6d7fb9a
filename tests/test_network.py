"""Claims about the unrolled network: the lecture's notation, one box a step, and what each phase lights."""

import json
from itertools import pairwise

import pytest

from engine.figures.moment import Moment
from engine.figures.network import COLUMNS, network
from engine.recipe import Recipe
from engine.ui.run import Run
from engine.ui.words import translator

t = translator("en")


def network_of(run, moment=None):
    model = run.model
    return network(run.steps, moment or run.moment, model.num_layers, model.cell, model.vocabulary, t)


@pytest.fixture
def run(bigram_model):
    """Cats, sleep, the full stop, one after another without end, until the limit of 12."""
    rows = [[0, 0, 1, 0, 0]] * 2 + [[0, 0, 0, 1, 0], [0, 0, 0, 0, 1], [0, 0, 1, 0, 0]]
    return Run(bigram_model([0, 0, 1, 0, 0], rows), Recipe(limit=12)).at_end()


def test_before_the_first_step_there_is_a_faded_box_fed_with_the_zero_vector(word_model):
    record = network_of(Run(word_model, Recipe()))
    (column,) = record["columns"]
    assert (column["when"], column["a"], column["before"], column["x"]) == ("next", "a⟨1⟩", "a⟨0⟩", "x⟨1⟩")
    assert (column["input"], column["hot"], column["token"]) == ("0", None, "")
    assert record["end"] is None


def test_every_token_that_comes_out_is_the_next_input(run):
    columns = network_of(run, Moment(6))["columns"]
    assert [column["t"] for column in columns] == [1, 2, 3, 4, 5, 6, 7]
    for column, after in pairwise(columns):
        assert after["input"] == column["token"]
    assert [column["when"] for column in columns] == ["past"] * 5 + ["now", "next"]


def test_the_one_hot_vector_has_its_one_where_the_token_stands_in_the_vocabulary(run):
    columns = network_of(run, Moment(3))["columns"]
    assert [column["hot"] for column in columns] == [None, 0.5, 0.75, 1.0]  # zero vector, id 2, 3 and 4 of 0 to 4


def test_at_most_so_many_columns_the_last_ones(run):
    columns = network_of(run, Moment(11))["columns"]
    assert len(columns) == COLUMNS
    assert columns[-1]["t"] == 12


@pytest.mark.parametrize("phase", ["feed", "predict"])
def test_no_token_before_the_draw_and_so_no_next_input(run, phase):
    *_, now, after = network_of(run, Moment(2, phase))["columns"]
    assert (now["token"], now["lit"], now["input"]) == ("", phase, "Cats")
    assert (after["input"], after["hot"]) == ("", None)


def test_a_rejected_draw_is_struck_out_and_feeds_nothing(bigram_model):
    run = Run(bigram_model([0, 0.9, 0.1, 0, 0]), Recipe(limit=1)).at(1)
    assert len(run.shown.draws) == 2
    now, after = network_of(run, Moment(1, "draw", 1))["columns"]
    assert (now["token"], now["struck"], after["input"]) == ("<UNK>", True, "")
    now, after = network_of(run, Moment(1, "draw", 2))["columns"]
    assert (now["token"], now["struck"], after["input"]) == ("Cats", False, "Cats")


@pytest.mark.parametrize(("first", "kind"), [([1, 0, 0, 0, 0], "eos"), ([0, 0, 1, 0, 0], "length")])
def test_an_ended_run_shows_its_end_and_no_next_box(bigram_model, first, kind):
    run = Run(bigram_model(first), Recipe(limit=2)).at_end()
    record = network_of(run)
    assert record["end"]["kind"] == kind
    assert [column["when"] for column in record["columns"]][-1] == "now"
    assert record["end"]["text"] in record["label"]


def test_the_end_shows_only_when_its_step_is_whole(bigram_model):
    run = Run(bigram_model([1, 0, 0, 0, 0]), Recipe()).at_end()
    record = network_of(run, Moment(1, "predict"))
    assert record["end"] is None
    assert record["columns"][-1]["when"] == "next"


def test_deeper_networks_say_how_many_layers_they_have(random_model):
    assert network_of(Run(random_model("gru", layers=2), Recipe()))["cell"] == "GRU × 2"
    assert network_of(Run(random_model("lstm"), Recipe()))["cell"] == "LSTM"


def test_the_record_is_small_plain_data(run):
    assert len(json.dumps(network_of(run))) < 4_000
