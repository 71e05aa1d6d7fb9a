"""Claims about the network in training: which text is fed, its losses, and what is said about it, in both languages."""

import re
from pathlib import Path

import pytest
from conftest import narration_of, records_of, session_of, unfolded
from streamlit.testing.v1 import AppTest

from engine.figures.labels import token_label
from engine.generation import step_distributions
from engine.model_file import read_facts
from engine.phases import Moment
from engine.recipe import Recipe, Rules
from engine.run import Run
from engine.sampling import SamplingSettings
from engine.scoring import log_prob, score
from engine.ui.i18n import LANGUAGES, translator
from engine.ui.presets import PRESETS, preset
from engine.ui.stage.teacher_forcing import TrueTexts, sentences, teacher_forced
from engine.vocabulary import UnknownTokenError, Vocabulary

ROOT = Path(__file__).parents[3]
t = translator("en")
TEXT = "Cats sleep. Cats snore."


def said(run, text=TEXT, moment=None, language="en"):
    run = run if moment is None else Run(run.model, run.recipe, moment, run.steps, run.facts)
    return re.sub("[\ue000\ue001]", "", " ".join(sentences(run, teacher_forced(run.model, text), translator(language))))


@pytest.fixture
def run(word_model):
    return Run(word_model, Recipe(limit=30, stop_at_eos=False, seed=1)).at_end()


def test_a_lesson_is_the_text_and_eos_where_the_vocabulary_has_it(word_model, char_model):
    taught = teacher_forced(word_model, TEXT)
    assert taught.pieces == ("Cats", "sleep", ".", "Cats", "snore", ".", "<EOS>")
    assert taught.scores == score(word_model, [2, 3, 4, 2, 1, 4, 0])
    assert teacher_forced(char_model, "ab a").scores == score(char_model, [0, 1, 2, 0])


@pytest.mark.parametrize("text", ["", " \n "])
def test_an_empty_text_has_no_losses(word_model, text):
    assert teacher_forced(word_model, text).scores == []


def test_a_character_outside_the_vocabulary_is_named(char_model):
    with pytest.raises(UnknownTokenError, match="'東'"):
        teacher_forced(char_model, "ab東")


def test_a_name_of_no_preset_gets_what_its_vocabulary_can_spell(vocabulary):
    assert preset("mine", Vocabulary("Cats lp.", "char")) == "Cats aa  s  slp a a."
    assert preset("mine", Vocabulary(["peace", "war"], "word")) == "peace"
    assert preset("mine", vocabulary).startswith("The people")  # it has <UNK> for every other word


@pytest.mark.parametrize("path", sorted((ROOT / "pretrained").glob("*.npz")), ids=lambda path: path.stem)
def test_every_model_of_the_shelf_has_a_preset_that_it_can_spell(path):
    assert path.stem in PRESETS
    ids = read_facts(path)[0].encode(PRESETS[path.stem])
    assert len(ids) > 5


def test_the_whole_step_says_what_was_fed_what_was_drawn_and_the_loss(run):
    at = next(
        step.t
        for step in run.steps[1:6]
        if step.input_id != teacher_forced(run.model, TEXT).scores[step.t - 2].token_id
    )
    one, own = teacher_forced(run.model, TEXT).scores[at - 1], run.steps[at - 1].input_id
    text = said(run.at(at))
    assert f"x⟨{at}⟩ was the true token “{teacher_forced(run.model, TEXT).pieces[at - 2]}”" in text
    assert f"in the sampled run it is “{run.model.vocabulary.tokens[own]}”" in text
    assert f"a loss of {-log_prob([one]):.2f} nats" in text


def test_where_the_draw_was_the_true_token_nothing_is_set_against_it(run):
    text = run.model.vocabulary.decode([step.token_id for step in run.steps[:3]])
    first = teacher_forced(run.model, text).scores[0].token_id
    assert first == run.steps[0].token_id
    assert "whatever the model would have drawn" in said(run.at(2), text)


def test_a_word_that_the_vocabulary_lacks_is_named(run):
    assert "“snore” (here “<UNK>”)" in said(run.at(5))


def test_the_end_of_the_text_tells_its_loss(run):
    scores = teacher_forced(run.model, TEXT).scores
    total = -log_prob(scores)
    whole = f"All 7 losses together are J = {total:.4g} nats, {total / 7:.2f} a token"
    assert whole in said(run.at(7))
    assert whole not in said(run.at(6))
    assert f"over at t = 7. {whole}" in said(run.at(8))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("phase", ["", "feed", "predict", "draw", "back"])
@pytest.mark.parametrize("at", [0, 1, 2, 7, 8])
def test_there_is_something_to_say_at_every_moment(run, at, phase, language):
    text = said(run, moment=Moment(at, phase if at else ""), language=language)
    assert text
    assert "{" not in text
    assert (f"⟨{at}⟩" in text) == (0 < at <= 7) or at == 0
    assert bool(re.search("[一-鿿]", text)) == (language == "zh")


# --- on the stage


def opened(trained, **parameters):
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params.update(parameters)
    session_of(app.run()).trained = trained
    app.run()
    assert not app.exception
    return app


def change_model(app, name):
    unfolded(app, "models").radio(key="setting_model_char").set_value(name).run()
    app.button(key="control_step").click().run()
    assert not app.exception


@pytest.mark.parametrize(("language", "words"), [("en", "In training"), ("zh", "训练时")])
def test_the_stage_speaks_of_training_when_it_is_on(language, words):
    query = {"model": "dinosaurs-gru", "seed": "3", "t": "2", "lang": language}
    app = opened(True, **query)
    assert words in narration_of(app)
    app.button(key="control_step").click().run()
    assert not app.exception
    assert "x⟨3⟩" in narration_of(app)
    assert words not in narration_of(opened(False, **query))


def test_training_leaves_the_run_and_its_link_as_they_are():
    trained, sampled = (opened(on, model="dinosaurs-gru", seed="3", t="4") for on in (True, False))
    steps, same = session_of(trained).run.steps, session_of(sampled).run.steps
    assert [step.token_id for step in steps] == [step.token_id for step in same]
    assert session_of(trained).run.recipe == session_of(sampled).run.recipe
    assert session_of(trained).run.moment == session_of(sampled).run.moment
    assert link_of(trained) == link_of(sampled)


def link_of(app):
    return records_of(app)["step"]["query"]


@pytest.mark.parametrize("name", ["speeches-word", "dinosaurs-gru", "shakespeare-char"])
@pytest.mark.parametrize("phase", ["predict", "draw1", "back", ""])
def test_in_training_there_is_one_distribution_on_the_screen_and_it_is_that_of_the_true_text(name, phase):
    app = opened(True, model=name, t="3", seed="3", phase=phase, eos="0", temperature="0.5")
    assert not app.exception
    run = session_of(app).run
    taught = teacher_forced(run.model, PRESETS[name])
    own = step_distributions(run.model, taught.run.steps[2].state, Rules(SamplingSettings(), "rest", True)).model
    rows = records_of(app)["bars"]["chart"]["data"][0]
    shown = {pair[1]: length for pair, length in zip(rows["customdata"], rows["x"], strict=True) if pair[1] >= 0}
    assert shown == pytest.approx({token_id: own[token_id] for token_id in shown}, rel=1e-9)
    now = next(one for one in records_of(app)["run"]["network"]["columns"] if one["when"] == "now")
    assert now["best"] == token_label(run.model.vocabulary, int(own.argmax()))
    assert f"entropy of ŷ⟨3⟩ {taught.run.facts[2].entropy:.2f} bits" in " ".join(records_of(app)["run"]["notes"])
    strips = records_of(app)["draw"]["strip"]
    assert all(one["u"] is None for one in strips["strips"])  # no needle ever falls
    if phase != "predict":
        assert f"true token “{taught.pieces[2]}”" in strips["sentence"]
    chips = [chip["text"] for chip in records_of(app)["run"]["strip"]["chips"]]
    assert chips[:2] == [token_label(run.model.vocabulary, one.token_id) for one in taught.scores[:2]]


def test_past_the_end_of_the_text_all_pictures_end_there():
    app = opened(True, model="dinosaurs-gru", t="15", seed="3", eos="0")
    last = len("Felinosaurus") + 1
    sent = records_of(app)
    assert sent["bars"]["chart"]["layout"]["meta"] == {"step": last}
    assert sent["step"]["step"] == last
    assert [chip["text"] for chip in sent["run"]["strip"]["chips"]] == [*"Felinosaurus", "<EOS>"]
    assert sent["run"]["notes"][0] == f"t = {last} of at most {last}"
    assert f"over at t = {last}" in narration_of(app)
    assert sent["run"]["text"]["text"] == "Felinosaurus"
    assert "novel" not in narration_of(app)


def test_in_training_nothing_is_chosen_by_hand():
    app = opened(True, model="dinosaurs-gru", t="3", seed="3")
    recipe = session_of(app).run.recipe
    app.session_state["bars_find"] = True
    app.run()
    app.text_input(key="bars_typed").set_value("a").run()
    app.button(key="bars_force").click().run()
    assert not app.exception
    assert session_of(app).run.recipe == recipe
    assert any("In training nothing is chosen by hand" in html.body for html in app.get("html"))


def test_every_model_keeps_its_own_text():
    app = opened(True, model="dinosaurs-gru", t="1")
    first = session_of(app).run.model
    session_of(app).record(TrueTexts).of[first] = teacher_forced(first, "Mau")
    change_model(app, "dinosaurs-rnn")
    assert "“<b>F</b>”" in narration_of(app)  # of the preset
    change_model(app, "dinosaurs-gru")
    assert "“<b>M</b>”" in narration_of(app)
