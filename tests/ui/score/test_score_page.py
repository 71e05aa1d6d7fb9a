"""The page Score by AppTest: every state of it, in both languages, without a browser."""

import re
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest
from conftest import session_of
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from engine.model import LanguageModel
from engine.phases import Moment
from engine.scoring import log_prob, perplexity, read
from engine.ui.models import DEFAULTS, FOLDER
from engine.ui.presets import preset
from engine.ui.score import page as score_page
from engine.ui.score.page import Scoring

APP = str(Path(__file__).parents[3] / "app.py")
WORD, CHAR = DEFAULTS["word"], DEFAULTS["char"]  # with <EOS> and <UNK>; with neither
NAMES = sorted(path.stem for path in FOLDER.glob("*.npz"))


@pytest.fixture
def mounted(monkeypatch):
    """What the page last sent to the browser, by key; `mounted["press"] = (key, place)` is a press on a card."""
    mounted = {}

    def mount(key, data, on_token_change):
        mounted[key] = data
        pressed, place = mounted.get("press", ("", None))
        if pressed == key:
            del mounted["press"]  # a press acts once
        return SimpleNamespace(token=place if pressed == key else None)

    monkeypatch.setattr(score_page, "_mount_cards", mount)
    return mounted


@pytest.fixture
def open_page(mounted):
    """`open_page(**query)`: the page as a link opens it; no exception may show."""

    def open_page(**query):
        app = AppTest.from_file(APP, default_timeout=60)
        app._page_hash = calc_hash("score")
        for key, value in query.items():
            app.query_params[key] = value
        return checked(app.run())

    return open_page


def checked(app):
    assert not app.exception, app.exception
    return app


def html(app):
    return unescape("".join(element.body for element in app.get("html")))


def say(app, text, side=0):
    return checked(app.text_area(key=f"setting_score_text_{side}").set_value(text).run())


def query_of(record):
    return {key: value[0] for key, value in parse_qs(record["query"]).items()}


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_with_the_model_of_the_stage_its_sentence_and_examples_that_can_be_read(open_page, mounted, name):
    app = open_page(model=name)
    model = LanguageModel.load(FOLDER / f"{name}.npz")
    text = preset(name, model.vocabulary)
    reading = read(model, text)
    assert app.text_area(key="setting_score_text_0").value == text
    assert len(mounted["score_cards_0"]["cards"]) == len(reading.scores) + (reading.end is not None)
    assert f"{log_prob(reading.scores):,.1f}".replace("-", "−") in html(app)
    assert query_of(mounted["score_cards_0"]) == {"lang": "en", "model": name, "text": text}
    buttons = [button.key for button in app.button if button.key.startswith("score_example_")]
    assert {"score_example_own", "score_example_order"} <= set(buttons)
    for key in buttons:
        checked(app.button(key=key).click().run())
        assert "Not scored" not in html(app)
        assert all(side["cards"] for key, side in mounted.items())


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_text_of_ones_own_is_scored_in_both_languages(open_page, mounted, language):
    app = say(open_page(lang=language, model=CHAR), "My lord,\nthe king.")
    scores = read(LanguageModel.load(FOLDER / f"{CHAR}.npz"), "My lord,\nthe king.").scores
    assert f"{perplexity(scores):.3g}" in html(app)
    assert [card["text"] for card in mounted["score_cards_0"]["cards"]] == list("My␣lord,↵the␣king.")
    assert ("最意外" if language == "zh" else "greatest surprise") in html(app)


def test_what_a_vocabulary_has_not_is_said_in_its_place(open_page):
    said = html(open_page(model=CHAR))
    assert "no <EOS> in this vocabulary" in said
    assert "–" in said.split("P(<EOS>) after it")[1]
    assert "(0 <UNK>)" in html(say(open_page(model=WORD), "We want peace."))


@pytest.mark.parametrize("text", ["", " \n ", "\t"])
def test_an_empty_text_asks_for_one(open_page, mounted, text):
    app = say(open_page(model=WORD), text)
    assert "Type a text" in html(app)
    assert mounted["score_cards_0"]["cards"] == []


def test_one_token_is_enough(open_page, mounted):
    app = say(open_page(model=WORD), "We")
    assert [card["text"] for card in mounted["score_cards_0"]["cards"]] == ["We", "<EOS>"]
    assert "log P" in html(app)


def test_unknown_words_and_other_scripts_are_marked_and_what_it_means_is_said(open_page, mounted):
    app = say(open_page(model=WORD), "Mau снег 東 𝕏 مرحبا <script>")
    cards = mounted["score_cards_0"]["cards"]
    assert [card["text"] for card in cards if card["sign"] == "<UNK>"][:4] == ["Mau", "снег", "東", "𝕏"]
    assert "<UNK> stands for “Mau”, “снег”, “東”" in html(app)
    assert "any word but the 5,998 that this vocabulary knows" in html(app)
    assert re.search(r"\([\d.]+ as <UNK>\)", html(app))


def test_of_many_unknown_words_the_first_are_named(open_page):
    said = html(say(open_page(model=WORD), " ".join(f"Mau{i}" for i in range(20))))
    assert "“Mau7” …: its P is" in said
    assert "Mau8" not in said.split("its price")[0].split("stands for")[1]


def test_an_unknown_character_is_refused_by_name_and_the_text_stays(open_page, mounted):
    app = say(open_page(model=CHAR), "Mau 東 and ё")
    assert "Not scored: this vocabulary has no “東”, “ё”, so" in html(app)
    assert app.text_area(key="setting_score_text_0").value == "Mau 東 and ё"
    assert mounted["score_cards_0"]["cards"] == []
    assert query_of(mounted["score_cards_0"])["text"] == "Mau 東 and ё"
    assert "Not scored" not in html(say(app, "Mau and yo"))


def test_what_cannot_be_seen_is_named_where_it_is_refused_and_where_it_is_unk(open_page, mounted):
    text = "a\u200db\0 x\u0301 e\u0301"  # there is a letter é, but none for an accent on x
    said = html(say(open_page(model=CHAR), text))
    assert "no ZERO WIDTH JOINER (U+200D), U+0000, COMBINING ACUTE ACCENT (U+0301), “é”, so" in said
    say(open_page(model=WORD), "a \u200d \u0301")
    assert [card["text"] for card in mounted["score_cards_0"]["cards"]][:3] == ["a", "U+200D", "U+0301"]


def test_a_long_text_is_scored_whole_and_shown_in_pages(open_page, mounted):
    text = ("The king hath spoken. " * 500)[:10_000]
    app = say(open_page(model=CHAR), text + "beyond the limit")
    assert "10,000" in html(app)
    cards = mounted["score_cards_0"]["cards"]
    assert len(cards) <= 200
    assert "text" not in query_of(mounted["score_cards_0"])
    session_of(app).record(Scoring).sides = [session_of(app).record(Scoring).sides[0]._replace(page=10**6)]
    checked(app.run())
    assert mounted["score_cards_0"]["cards"][-1]["place"] == 9_999


def test_two_texts_side_by_side(open_page, mounted):
    app = open_page(model=WORD, text="He was a good man.")
    checked(app.toggle(key="setting_score_compare").set_value(True).run())
    assert "equally probable" in html(app)
    say(app, "He were a good man.", side=1)
    assert re.search("first text is [0-9,.]+ times as probable", html(app))
    assert query_of(mounted["score_cards_0"])["text2"] == "He were a good man."
    heights = [mounted[f"score_cards_{side}"]["cards"][0]["height"] for side in (0, 1)]
    assert heights[0] == heights[1]  # the same token, the same scale
    checked(app.toggle(key="setting_score_compare").set_value(False).run())
    assert "text2" not in query_of(mounted["score_cards_0"])
    assert app.text_area(key="setting_score_text_0").value == "He was a good man."


def test_mau_under_both_vocabularies(open_page, mounted):
    app = open_page(model=WORD)
    checked(app.button(key="score_example_mau").click().run())
    one, other = (mounted[f"score_cards_{side}"]["cards"] for side in (0, 1))
    assert ("Mau", "<UNK>") in [(card["text"], card["sign"]) for card in one]
    assert "".join(card["text"] for card in other).startswith("My␣cat␣is␣an␣Egyptian␣Mau.")
    assert all(card["prob"] != "0%" for card in other)
    assert "compare bits per character" in html(app)


def test_any_model_can_be_chosen_and_brings_its_sentence_until_one_is_typed(open_page, mounted):
    app = open_page(model=WORD)
    checked(app.selectbox(key="setting_score_model_0").set_value(CHAR).run())
    assert query_of(mounted["score_cards_0"])["model"] == CHAR
    assert session_of(app).model_name == WORD  # the stage keeps its own
    text = "My lord, the king."
    say(app, text)
    checked(app.selectbox(key="setting_score_model_0").set_value(WORD).run())
    assert app.text_area(key="setting_score_text_0").value == text


def test_a_link_opens_two_texts_under_two_models(open_page, mounted):
    query = {"lang": "zh", "model": WORD, "text": "Peace.", "model2": CHAR, "text2": "Peace, I say."}
    app = open_page(**query)
    assert query_of(mounted["score_cards_0"]) == query
    assert "链接中已忽略" not in html(app)


def test_nonsense_in_a_link_is_ignored_with_a_notice(open_page, mounted):
    app = open_page(model=WORD, text="x" * 301, model2="nobody", page="-1")
    assert "Ignored in the link: text=xxx" in html(app)
    assert "model2=nobody" in html(app)
    assert "score_cards_1" not in mounted


@pytest.mark.parametrize("name", [WORD, CHAR])
def test_a_press_on_a_token_opens_the_stage_where_it_was_predicted(open_page, mounted, name):
    app = open_page(model=name)
    text = app.text_area(key="setting_score_text_0").value
    model = LanguageModel.load(FOLDER / f"{name}.npz")
    reading = read(model, text)
    mounted["press"] = ("score_cards_0", 3)
    checked(app.run())
    run = session_of(app).run
    assert run.recipe.prompt == text[: reading.starts[3]]
    assert run.moment == Moment(4, "predict")
    token_id = reading.scores[3].token_id
    assert run.distributions.model[token_id] == pytest.approx(reading.scores[3].prob, rel=1e-4)
    assert any(button.key == "control_step" for button in app.button)  # this is the stage
    assert session_of(app).notices == []
    checked(app.button(key="control_undo").click().run())
    assert session_of(app).run.recipe.prompt == ""


def test_a_press_on_the_end_and_on_the_second_text_open_it_under_its_own_model(open_page, mounted):
    app = open_page(model=CHAR, text="My lord.", model2=WORD, text2="We want peace.")
    mounted["press"] = ("score_cards_1", 4)
    checked(app.run())
    assert session_of(app).model_name == WORD
    assert session_of(app).run.recipe.prompt == "We want peace."
    assert session_of(app).run.moment == Moment(5, "predict")


def test_before_a_far_token_the_last_part_that_fits_is_the_prompt_and_the_viewer_is_told(open_page, mounted):
    text = "My lord the king is dead. " * 20
    app = say(open_page(model=CHAR), text)
    session_of(app).record(Scoring).sides = [session_of(app).record(Scoring).sides[0]._replace(page=3)]
    checked(app.run())
    mounted["press"] = ("score_cards_0", 400)
    checked(app.run())
    assert session_of(app).run.recipe.prompt == text[100:400]
    assert "of the 400 tokens before this one the last 300 were taken" in html(app)


def test_a_prompt_that_is_cut_otherwise_than_the_text_is_told(open_page, mounted):
    app = open_page(model=WORD, text="The workers' rights.")  # the apostrophe closes a word only before another one
    assert [card["text"] for card in mounted["score_cards_0"]["cards"]][1] == "workers'"
    mounted["press"] = ("score_cards_0", 2)
    checked(app.run())
    assert session_of(app).run.recipe.prompt == "The workers' "
    assert "is cut into other tokens" in html(app)


def test_what_no_card_can_send_opens_nothing(open_page, mounted):
    app = open_page(model=WORD)
    for place in (-1, 10**9, 1.5, "3", None, [], {}):
        mounted["press"] = ("score_cards_0", place)
        checked(app.run())
        assert session_of(app).run.recipe.prompt == "", place


def test_the_run_of_the_stage_survives_a_visit(open_page):
    app = AppTest.from_file(APP, default_timeout=60)
    app.query_params["t"], app.query_params["eos"] = "3", "0"
    before = session_of(checked(app.run())).run
    app._page_hash = calc_hash("score")
    checked(app.run())
    say(app, "We want peace.")
    assert session_of(app).run is before
    app._page_hash = calc_hash("sample")
    checked(app.run())
    assert session_of(app).run is before
    app._page_hash = calc_hash("score")
    assert checked(app.run()).text_area(key="setting_score_text_0").value == "We want peace."


@pytest.mark.parametrize("name", [WORD, CHAR])
def test_what_was_typed_on_a_phone_is_scored_as_the_vocabulary_writes_it_and_told(open_page, mounted, name):
    text = "It’s true — “we” know"
    app = say(open_page(model=name), text)
    assert 'read as: ’\xa0→\xa0\' · —\xa0→\xa0-- · “\xa0→\xa0" · ”\xa0→\xa0"' in html(app)
    assert "<UNK>" not in "".join(card["sign"] for card in mounted["score_cards_0"]["cards"])
    assert query_of(mounted["score_cards_0"])["text"] == text
    mounted["press"] = ("score_cards_0", 1)
    checked(app.run())
    assert text.startswith(session_of(app).run.recipe.prompt)


def test_a_time_is_divided_by_what_was_typed(open_page):
    text = "He left at 10:30 and/or 11:15."
    model = LanguageModel.load(FOLDER / f"{WORD}.npz")
    assert read(model, text).characters == len(text) + 1 == 31
