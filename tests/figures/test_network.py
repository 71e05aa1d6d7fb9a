"""Claims about the unrolled network: the lecture's notation, one box a step, what a phase lights; and in training."""

import json
from itertools import pairwise
from math import log

import pytest

from engine.figures.labels import percent, token_label
from engine.figures.network import COLUMNS, network, teacher_forcing_network
from engine.phases import Moment
from engine.recipe import Recipe
from engine.run import Run
from engine.scoring import score
from engine.ui.i18n import translator

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


def test_a_long_run_costs_no_more_than_a_short_one(run):
    long = run.with_limit(500).at_end()
    assert len(long.steps) == 500
    assert len(json.dumps(network_of(long))) < 4_000


# --- in training

TEXT = [2, 3, 4, 2, 1, 4, 0]  # Cats sleep. Cats <UNK>. <EOS>


def taught(model, moment, token_ids=TEXT):
    return teacher_forcing_network(score(model, token_ids), moment, model.num_layers, model.cell, model.vocabulary, t)


def test_in_training_the_true_token_is_fed_whatever_yhat_likes_best(word_model):
    columns = taught(word_model, Moment(5))["columns"]
    assert [column["input"] for column in columns] == ["0", "Cats", "sleep", ".", "Cats", "<UNK>", "."]
    assert [column["token"] for column in columns] == ["Cats", "sleep", ".", "Cats", "<UNK>", ".", "<EOS>"]
    assert [column["source"] for column in columns[:2]] == ["x⟨1⟩", "x⟨2⟩ = y⟨1⟩"]
    assert any(column["best"] not in ("", column["token"]) for column in columns)


def test_the_figures_in_training_are_those_of_score(word_model):
    scores = score(word_model, TEXT)
    record = taught(word_model, Moment(7))
    for column, one in zip(record["columns"], scores, strict=True):
        assert column["prob"] == percent(one.prob)
        assert column["loss"] == f"−log P = {one.surprisal * log(2):.2f}"
        assert column["best"] == token_label(word_model.vocabulary, one.likeliest)
        assert column["hit"] == (one.likeliest == one.token_id)
    total = sum(one.surprisal for one in scores) * log(2)
    assert record["totals"] == [f"J = {total:.4g}", f"mean {total / 7:.2f}"]


def test_the_losses_of_a_model_worked_by_hand(bigram_model):
    """ŷ<1> = (0, 0, ½, ½, 0), after Cats (¼, 0, 0, ¾, 0): the text Cats <EOS> costs log 2 + log 4."""
    model = bigram_model([0, 0, 0.5, 0.5, 0], [[0, 0, 1, 0, 0]] * 2 + [[0.25, 0, 0, 0.75, 0]] + [[0, 0, 1, 0, 0]] * 2)
    record = taught(model, Moment(2), [2, 0])
    assert [column["prob"] for column in record["columns"]] == ["50.0%", "25.0%"]
    assert [column["loss"] for column in record["columns"]] == ["−log P = 0.69", "−log P = 1.39"]
    assert [(column["best"], column["hit"]) for column in record["columns"]] == [("Cats", True), ("sleep", False)]
    assert record["totals"] == ["J = 2.079", "mean 1.04"]


@pytest.mark.parametrize(
    ("phase", "shown"),
    [("feed", (False, False)), ("predict", (True, False)), ("draw", (True, True)), ("back", (True, True))],
)
def test_what_the_phases_have_brought_in_training(word_model, phase, shown):
    now, after = taught(word_model, Moment(3, phase))["columns"][2:4]
    assert (bool(now["best"]), bool(now["loss"])) == shown
    assert (now["when"], now["lit"]) == ("now", phase)
    assert (after["when"], after["input"], after["best"], after["loss"]) == ("next", ".", "", "")


def test_beyond_the_end_of_the_text_its_last_column_stays_whole(word_model):
    last = taught(word_model, Moment(11, "feed"))["columns"][-1]
    assert (last["t"], last["when"], last["lit"], last["token"]) == (7, "now", "", "<EOS>")
    assert last["loss"]


@pytest.mark.parametrize(("shown", "first"), [(0, 1), (1, 1), (8, 1), (9, 2), (40, 33), (300, 292)])
def test_a_long_text_is_cut_to_the_columns_around_the_step_on_show(char_model, shown, first):
    record = taught(char_model, Moment(shown), [0, 1, 2, 3, 4] * 60)
    assert [column["t"] for column in record["columns"]] == list(range(first, first + COLUMNS))
    assert len(json.dumps(record)) < 4_000


def test_without_a_text_there_is_a_sentence(char_model):
    record = taught(char_model, Moment(3), [])
    assert record["columns"] == []
    assert record["empty"] == t("teacher_forcing.empty")


def test_the_picture_in_training_says_in_words_what_it_shows(word_model):
    one = score(word_model, TEXT)[1]
    label = taught(word_model, Moment(2))["label"]
    assert "true token “Cats” is fed" in label
    assert percent(one.prob) in label
    assert percent(one.prob) not in taught(word_model, Moment(2, "predict"))["label"]
    assert "7 tokens" in taught(word_model, Moment(0))["label"]


@pytest.mark.parametrize("forced", [{}, {2: 0}])
def test_an_end_chosen_by_hand_is_called_so_on_the_flag(bigram_model, forced):
    """Cats and then <EOS>, drawn or by hand."""
    run = Run(bigram_model([0, 0, 1, 0, 0], [[1, 0, 0, 0, 0]] * 5), Recipe(forced=forced)).at_end()
    record = network_of(run)
    assert record["end"] == {"kind": "eos", "text": t("network.end.eos_forced" if forced else "network.end.eos")}
    assert record["label"].endswith(record["end"]["text"])
