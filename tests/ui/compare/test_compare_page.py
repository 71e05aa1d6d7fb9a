"""The page "Word vs character" by AppTest: every view and every bad input, on tiny models, in both languages."""

import re
import shutil

import pytest
from conftest import session_of
from streamlit.testing.v1 import AppTest
from tiny_weights import random_weights

from engine.comparison import cut
from engine.model import LanguageModel, ModelError
from engine.scoring import spelling_bits
from engine.ui import clock, models, notices
from engine.ui.compare.page import Comparing
from engine.ui.compare.runs import Pair
from engine.ui.i18n import translator
from engine.vocabulary import Vocabulary

CARD = {"text": "cats", "seconds": 4, "characters_per_token": 3.0, "loss_by_context": [[1, 3.0], [2, 2.5], [4, 2.5]]}
LETTERS = Vocabulary(["<EOS>", *sorted({*"Cats average 15 hours of sleep a day. Mau"})], "char", "<EOS>")


@pytest.fixture(scope="session")
def folder(tmp_path_factory, word_model, char_model):
    """Models: words with and without <UNK>, letters with and without <EOS>, one with a card."""
    folder = tmp_path_factory.mktemp("pretrained")
    LanguageModel(word_model.vocabulary, word_model.state_dict(), CARD).save(folder / "speeches-word.npz")
    closed = Vocabulary(["<EOS>", "Cats", "sleep", ".", "a"], "word", "<EOS>")
    LanguageModel.from_state_dict(closed, random_weights("gru")).save(folder / "closed.npz")
    weights = random_weights("lstm", words=len(LETTERS))
    LanguageModel.from_state_dict(LETTERS, weights, CARD).save(folder / "speeches-char.npz")
    char_model.save(folder / "endless.npz")
    return folder


@pytest.fixture
def visit(folder, monkeypatch):
    """`visit(**query)`: the page as a link opens it; no exception may show."""
    monkeypatch.setattr(models, "FOLDER", folder)

    def visit(**query):
        app = AppTest.from_function(script, default_timeout=30)
        for key, value in query.items():
            app.query_params[key] = value
        return checked(app.run())

    return visit


def script():
    from engine.ui import session
    from engine.ui.compare import page as compare
    from engine.ui.models import shelf

    session.begin(shelf())
    compare.page()


def checked(app):
    assert not app.exception, app.exception
    return app


def shown(app):
    """The page's own HTML, without the names that a narrow screen puts before the figures."""
    return re.sub(' data-name="[^"]*"', "", " ".join(element.body for element in app.get("html")))


def press(app, action):
    return checked(app.button(key=f"compare_{action}").click().run())


def verdict(app, claim):
    return shown(app).split(f'data-claim="{claim}" data-verdict="')[1].split('"')[0]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("view", ["run", "name", "past", "cost"])
def test_every_view_opens_from_its_address_in_both_languages(visit, language, view):
    app = visit(lang=language, view=view)
    t = translator(language)
    assert t("compare.claims") in shown(app)
    assert app.segmented_control(key="setting_compare_view").value == view
    assert not any(f"{{{name}}}" in shown(app) for name in ("count", "level", "prob", "char", "word"))


def test_the_preset_is_cut_both_ways_and_unknown_words_are_named(visit):
    page = shown(visit())
    assert page.count("<i class=") == 37 + 1  # and <EOS>
    assert "“average”, “15”, “hours”, “of”, “a”, “day”" in page
    assert "37 + &lt;EOS&gt;" in page


def test_who_plays_in_a_crowd_is_told_how_slowly(visit):
    app = visit(view="run")
    session_of(app).record(clock.Due).slowed["both runs"] = 2.0
    assert "a step every 2.0 s" in shown(checked(app.run()))


def test_both_runs_step_together_until_both_have_ended(visit):
    app = visit()
    press(app, "step")
    press(app, "step")
    tracks = session_of(app).record(Pair).tracks
    assert [len(track.steps) for track in tracks.values()] == [2, 2]
    press(app, "end")
    tracks = session_of(app).record(Pair).tracks
    assert all(track.finish_reason for track in tracks.values())
    assert app.button(key="compare_step").disabled
    assert all(track.seconds > 0 for track in tracks.values())
    press(app, "reset")
    tracks = session_of(app).record(Pair).tracks
    assert not any(track.steps for track in tracks.values())


def test_the_run_of_the_stage_survives_and_the_seed_of_both_is_at_first_its_seed(visit, written):
    app = visit(seed="7")
    run = session_of(app).run
    press(app, "step")
    assert session_of(app).run is run
    tracks = session_of(app).record(Pair).tracks
    assert {track.recipe.seed for track in tracks.values()} == {7}
    checked(app.number_input(key="setting_compare_seed").set_value(8).run())
    tracks = session_of(app).record(Pair).tracks
    assert {track.recipe.seed for track in tracks.values()} == {8}
    assert written["query"]["seed"] == "8"
    checked(app.button(key="compare_die").click().run())


def test_mau_has_a_probability_under_characters_and_unk_is_not_it(visit):
    page = shown(visit(view="name"))
    assert "P(u | Ma)" in page
    assert "is not P(“Mau”)" in page
    assert "&lt;UNK&gt; stands for every word but the 3" in page
    assert "P(&lt;EOS&gt; | Mau)" in page


def test_a_row_that_a_vocabulary_cannot_fill_says_so(visit):
    page = shown(visit(view="name", word="closed", char="endless", name="ab"))
    assert "no &lt;UNK&gt; to stand for it: “ab”" in page
    assert "This vocabulary has no &lt;EOS&gt;" in page
    app = visit(view="name", char="endless")
    assert "has no such character: “M”, “u”" in shown(app)
    assert verdict(app, "unknown") == "no"


def test_the_past_has_a_chart_where_the_cards_tell_and_says_so_where_not(visit):
    app = visit(view="past")
    assert len(app.get("plotly_chart")) == 2
    assert verdict(app, "grip") == "no"  # the same in both cards
    app = visit(view="past", char="endless", sentence="a b")
    assert "does not say how its loss depends on the context" in shown(app)
    assert verdict(app, "grip") == "open"


def test_the_slider_leaves_k_tokens_in_sight_and_says_when_nothing_is_cut_off(visit, written):
    app = visit(view="past", k="2")
    assert "with the last 2 alone" in shown(app)
    checked(app.select_slider(key="setting_compare_k").set_value(64).run())
    assert "nothing of this text is cut off" in shown(app)
    assert written["query"]["k"] == "64"


def test_the_cost_is_counted_and_measured(visit):
    page = shown(visit(view="cost"))
    assert "seconds of training, on the clock" in page
    assert f"{38 * (16 * 4 + len(LETTERS) * 4):,}" in page  # W_hh and the output at 37 characters and <EOS>


@pytest.mark.parametrize("view", ["run", "name", "past", "cost"])
def test_any_text_is_answered_and_kept(visit, view):
    app = visit(view=view)
    for text in ("", "C", "zzz qqq", "東京 привет", "<b onclick=x>$x$", "a" * 10_000, "{count} %s"):
        checked(app.text_input(key="setting_compare_sentence").set_value(text).run())
        assert app.text_input(key="setting_compare_sentence").value == text
        assert "<b onclick" not in shown(app)
        assert ("There is nothing to cut yet" in shown(app)) == (not text)
        assert ("Only the first 300 of the 10,000 characters" in shown(app)) == (len(text) > 300)
        if "東" in text:
            assert "has no such character: “東”, “京”" in shown(app)
            assert verdict(app, "unknown") == "no"


def test_a_text_that_was_not_read_has_no_counts_and_what_cannot_be_seen_is_named(visit):
    page = shown(visit(view="cost", char="endless", sentence="a\u200d\0"))
    char = [row for row in page.split("<tr>") if row.startswith('<th scope="row">Character')]
    named = "ZERO WIDTH JOINER (U+200D), U+0000"
    assert f"<td>–</td><td>This model has no such character: {named}" in char[0]
    assert f"the character model has no {named}, and" in page
    assert '<i class="foreign">U+200D</i>' in page
    for name in ("time steps", "multiply-adds"):
        row = page.split(f'<th scope="row">{name} for your sentence</th>')[1].split("</tr>")[0]
        assert row.endswith("<td>–</td>")  # not 0: it cannot be read


def test_a_word_model_pays_for_the_letters_of_unknown_words_and_says_how_much(visit, word_model):
    text = "Cats snore snore."
    whole = cut(word_model, text)
    letters = spelling_bits(["Cats", "sleep", "."], ["snore", "snore"]) / (len(text) + 1)
    bare = whole.bits_per_character
    assert f"<td>{bare + letters:.2f} ({bare:.2f} as &lt;UNK&gt;)</td>" in shown(visit(sentence=text))
    assert "as &lt;UNK&gt;)" not in shown(visit(sentence="Cats sleep."))


def test_any_name_is_answered(visit):
    app = visit(view="name")
    for name in ("", "M" * 1000, "東", "Mau Mau", "<i>"):
        page = shown(checked(app.text_input(key="setting_compare_name").set_value(name).run()))
        assert "<i>" not in page.split('class="track')[-1]
        assert ("Type a name above" in page) == (not name)
        assert ("Only the first 40 characters" in page) == (len(name) > 40)


def test_nonsense_in_the_address_is_ignored_with_one_notice(visit, monkeypatch):
    app = visit(word="nobody", char="endless", view="moon", k="3", sentence="a b", lang="en")
    assert shown(app).count('class="notices"') == 1
    assert "word=nobody, view=moon, k=3" in shown(app)
    assert session_of(app).record(Comparing).setup[:3] == ("speeches-word", "endless", "a b")
    monkeypatch.setattr(notices, "SECONDS", 0)
    assert 'class="notices"' not in shown(checked(app.run()))


def test_the_address_follows_what_is_on_show(visit, written):
    app = visit()
    assert written == {"page": "compare", "query": {"lang": "en"}}
    checked(app.segmented_control(key="setting_compare_view").set_value("cost").run())
    checked(app.selectbox(key="setting_compare_char").set_value("endless").run())
    checked(app.segmented_control(key="setting_language").set_value("zh").run())
    assert written["query"] == {"view": "cost", "char": "endless", "lang": "zh"}
    again = visit(**written["query"])
    assert session_of(again).record(Comparing).setup == session_of(app).record(Comparing).setup


def test_without_a_model_of_each_kind_the_page_says_what_to_do(visit, folder, tmp_path, monkeypatch):
    shutil.copy(folder / "closed.npz", tmp_path)
    monkeypatch.setattr(models, "FOLDER", tmp_path)
    app = checked(AppTest.from_function(script, default_timeout=30).run())
    assert "has only one of the two" in app.info[0].value


def test_a_model_file_that_breaks_is_named_and_the_others_can_be_chosen(visit, folder, tmp_path, monkeypatch):
    for path in folder.glob("*.npz"):
        shutil.copy(path, tmp_path)
    monkeypatch.setattr(models, "FOLDER", tmp_path)
    app = visit()
    (tmp_path / "endless.npz").unlink()
    checked(app.run())
    monkeypatch.setattr(
        "engine.ui.compare.page.load_model", lambda name: (_ for _ in ()).throw(ModelError(f"{name} is torn"))
    )
    checked(app.run())
    assert "speeches-word is torn" in shown(app)
    assert app.selectbox(key="setting_compare_word").options


def test_what_was_typed_is_cut_as_each_model_reads_it_and_told(visit):
    said = "".join(element.body for element in visit(sentence="Cats\u2003sleep a day…").get("html"))
    assert "read as: …\xa0→\xa0... · U+2003\xa0→\xa0␣" in said
