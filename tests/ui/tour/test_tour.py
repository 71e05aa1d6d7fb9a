"""The ten stops that are shipped: each opens, and what it claims is what the models compute."""

import numpy as np
import pytest

from engine.figures.labels import percent
from engine.ui.i18n import LANGUAGES, translator
from engine.ui.sentences import as_html
from engine.ui.tour import guide
from engine.ui.tour.stops import tour

STOPS = tour().stops
NAMES = [
    "no past", "softmax", "the draw", "feed back", "<EOS>", "the limit", "<UNK>", "temperature",
    "word against character", "novel",
]  # fmt: skip


def prepared(name):
    """(the run at the question, the run at the answer, both of them as steps on show)."""
    stop = next(stop for stop in STOPS if stop.name == name)
    runs = guide.prepare(stop, "en")
    assert runs is not None
    return runs.asked, runs.answered


def token(run):
    return run.model.vocabulary.tokens[run.shown.token_id]


def words(name, language="en"):
    stop = next(stop for stop in STOPS if stop.name == name)
    said = guide.words_of(stop, guide.prepare(stop, language), language)
    return {key: as_html([text], translator(language)) for key, text in said._asdict().items()}


def test_there_are_ten_in_the_lectures_order_and_all_can_be_opened():
    assert tour().problems == ()
    assert [stop.name for stop in STOPS] == NAMES
    assert all(guide.prepare(stop, "en") for stop in STOPS)


@pytest.mark.parametrize("name", NAMES)
def test_a_stop_speaks_both_languages_and_asks(name):
    stop = next(stop for stop in STOPS if stop.name == name)
    for language, mark in zip(LANGUAGES, "?？", strict=True):
        assert mark in stop.said[language].question
        assert all(words(name, language).values())
    assert stop.said["en"].words != stop.said["zh"].words


def test_no_past():
    asked, answered = prepared("no past")
    assert asked.moment.t == 0
    assert (answered.moment.t, answered.moment.phase) == (1, "feed")
    assert answered.shown.input_id is None


def test_softmax_gives_every_token_a_share_and_mostly_another_than_the_likeliest():
    asked, answered = prepared("softmax")
    assert (asked.moment.phase, answered.moment.phase) == ("feed", "predict")
    probs = answered.distributions.probs
    assert (probs > 0).all()
    assert np.isclose(probs.sum(), 1)
    assert probs.max() < 0.5
    assert percent(probs.max()) in words("softmax")["answer"]


def test_the_draw_is_not_the_likeliest():
    asked, answered = prepared("the draw")
    assert asked.moment.phase == "predict"
    assert answered.shown.token_id != int(answered.distributions.model.argmax())
    assert f"<b>{token(answered)}</b>" in words("the draw")["answer"]
    assert percent(answered.facts[0].prob_after) in words("the draw")["answer"]


def test_what_was_drawn_is_fed_back():
    asked, answered = prepared("feed back")
    assert (asked.moment.t, answered.moment.t) == (1, 2)
    assert answered.shown.input_id == asked.shown.token_id
    assert words("feed back")["answer"].index(token(asked)) < words("feed back")["answer"].index(token(answered))


def test_eos_is_unlikely_before_the_full_stop_and_ends_the_run_after_it():
    asked, answered = prepared("<EOS>")
    assert token(asked) == "."
    assert asked.facts[asked.moment.t - 1].eos_prob < 0.001
    assert (asked.finish_reason, answered.finish_reason) == (None, "eos")
    assert answered.moment.t == asked.moment.t + 1
    assert answered.facts[-1].eos_prob > 0.9


def test_the_limit_ends_a_run_of_a_vocabulary_without_eos():
    asked, answered = prepared("the limit")
    assert answered.model.vocabulary.eos_id is None
    assert (asked.finish_reason, answered.finish_reason) == (None, "length")
    assert answered.moment.t == answered.recipe.limit == asked.moment.t + 1


def test_unk_is_rejected_and_neither_state_nor_distribution_moves():
    asked, answered = prepared("<UNK>")
    assert (asked.moment.phase, asked.moment.draws) == ("draw", 1)
    step, vocabulary = answered.shown, answered.model.vocabulary
    assert step is not None
    assert [draw.u for draw in step.draws] == [draw.u for draw in asked.shown.draws]
    assert np.array_equal(step.state, asked.shown.state)
    assert step.draws[0].token_id == vocabulary.unk_id
    assert len(step.draws) == 2
    assert step.token_id != vocabulary.unk_id
    assert answered.rules.unk == "rest"
    assert np.array_equal(asked.distributions.model, answered.distributions.model)


def test_the_same_u_gives_another_token_at_another_temperature():
    asked, answered = prepared("temperature")
    assert asked.rules.settings.temperature == 1
    assert answered.rules.settings.temperature == 0.5
    assert "0.5" in words("temperature")["question"]
    assert asked.moment == answered.moment
    assert asked.shown.draws[0].u == answered.shown.draws[0].u
    assert token(asked) != token(answered)
    facts = answered.facts[-1]
    assert facts.prob_after > facts.prob  # the likely get likelier


def test_the_same_sentence_takes_characters_far_more_steps_and_they_have_no_unk():
    asked, answered = prepared("word against character")
    assert answered.model.vocabulary.level == "char"
    assert answered.model.vocabulary.unk_id is None
    assert answered.text == asked.text == answered.recipe.prompt
    assert asked.finish_reason == answered.finish_reason == "eos"
    assert answered.given == len(asked.text)
    assert answered.moment.t > 4 * asked.moment.t


def test_the_sentence_is_novel_and_the_answer_is_not_told_before():
    asked, answered = prepared("novel")
    assert asked.finish_reason is None
    assert answered.finish_reason == "eos"
    assert "Novel" in words("novel")["answer"]
    assert not any("Novel:" in text for key, text in words("novel").items() if key != "answer")
