"""The search for a run by AppTest: what is found opens on the stage, what cannot be found is said in a sentence."""

from html import unescape
from pathlib import Path

import pytest
from conftest import checked, narration_of, session_of

from engine import run_search as module
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run_search import whole_run
from engine.search_criteria import CRITERIA, WITHIN, SearchCriterion
from engine.ui import clock
from engine.ui.i18n import translator
from engine.ui.stage.actions import Opening
from engine.ui.stage.find import Finding

ROOT = Path(__file__).parents[3]
WORD, CHAR = "speeches-word", "dinosaurs-gru"  # both have <EOS>; the second has no <UNK> and is fast
t = translator("en")
pytestmark = pytest.mark.usefixtures("every_run_ticks")


def opened(app):
    """With the dialog open."""
    return app if (session_of(app).record(Opening).dialog == "find") else checked(app.button(key="find").click().run())


def press(app, name):
    opened(app)
    return checked(app.button(key=f"find_{name}").click().run())


def contain(app, text):
    opened(app).text_input(key="find_text").set_value(text)
    return press(app, "go")


def until_ended(app):
    """The clock's ticks, by hand."""
    for _ in range(200):
        now = session_of(app).record(Finding).search
        if now is None or now.ended:
            return app
        checked(app.run())
    raise AssertionError("the search does not end")


def said(app):
    lines = [unescape(one.body) for one in app.get("html") if '"found"' in one.body]
    return [line.split(">", 1)[1].removesuffix("</div>") for line in lines]


def ahead(app):
    """What the stage says that the next phase brings."""
    words = narration_of(app)
    return unescape(words.split("<b>")[1].split("</b>")[0]) if ">Seed" in words or "种子" in words else ""


def has_button(app, key):
    return any(one.key == key for one in app.button)


def recipe(app):
    return session_of(app).run.recipe


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_press_opens_the_first_seed_with_a_rejection_at_that_step(open_app, language):
    app = until_ended(press(open_app(model=WORD, seed="3", lang=language, prompt="We"), "unk"))
    run, model = session_of(app).run, LanguageModel.load(ROOT / "pretrained" / f"{WORD}.npz")
    assert len(run.shown.draws) == 2
    assert 1 < run.moment.t <= 1 + WITHIN
    assert run.moment.phase == "predict"
    assert ahead(app) == translator(language)(
        "find.ahead.unk", seed=run.recipe.seed, phase=translator(language)("control.phase")
    )
    after = session_of(checked(app.button(key="control_phase").click().run())).run
    assert after.moment == (run.moment.t, "draw", 1)
    assert ahead(app) == ""  # it has happened
    checked(app.button(key="control_back").click().run())
    tried = [whole_run(model, Recipe(seed=seed, prompt="We")) for seed in range(4, run.recipe.seed + 1)]
    assert [any(one.rejections[: 1 + WITHIN]) for one in tried] == [False] * (len(tried) - 1) + [True]
    assert recipe(app) == Recipe(seed=run.recipe.seed, prompt="We")
    assert len(said(app)) == 1
    assert f" {run.recipe.seed}" in said(app)[0]
    assert f"t = {run.moment.t}" in said(app)[0]


def test_pressing_again_finds_another_and_undo_brings_back_the_run_before(open_app):
    app = open_app(model=WORD, seed="3", t="4", eos="1")
    before = session_of(app).run
    until_ended(press(app, "eos"))
    first = recipe(app).seed
    assert "and <EOS> is drawn" in ahead(app)
    assert session_of(app).run.finish_reason is None
    checked(app.button(key="control_phase").click().run())
    assert session_of(app).run.moment.phase == "draw"
    assert session_of(app).run.shown.finish_reason == "eos"
    until_ended(press(app, "eos"))
    assert recipe(app).seed > first > 3
    checked(app.button(key="control_undo").click().run())
    assert recipe(app).seed == first
    assert said(app) == []  # what was said was about another seed
    checked(app.button(key="control_undo").click().run())
    assert (session_of(app).run.recipe, session_of(app).run.moment) == (before.recipe, before.moment)


def test_settings_changes_and_tokens_chosen_by_hand_stay(open_app):
    query = {"temperature": "0.8", "force": "2:5", "changes": "4:temperature:1.5", "limit": "30"}
    app = open_app(model=CHAR, seed="9", t="6", **query)
    until_ended(contain(app, "saurus"))
    run = session_of(app).run
    assert run.recipe.seed > 9
    assert run.recipe == Recipe.from_query({"seed": str(run.recipe.seed), **query})[0]
    assert run.stepped().text.endswith("saurus")
    assert run.moment.t == len(run.stepped().text)


@pytest.mark.parametrize(
    ("criterion", "query", "presses", "happens"),
    [
        ("unk", {"model": WORD}, 1, "rejected"),
        ("twice", {"model": WORD, "unk": "redraw"}, 2, "rejected"),
        ("eos", {"model": CHAR}, 1, "eos"),
        ("limit", {"model": CHAR, "limit": "8"}, 1, "length"),
        ("saurus", {"model": CHAR}, 1, "saurus"),
    ],
)
def test_what_is_found_stands_before_it_and_the_presses_that_are_named_make_it_happen(
    open_app, criterion, query, presses, happens
):
    app = open_app(seed="9", **query)
    session_of(app).trained = True
    until_ended(press(app, criterion) if criterion in CRITERIA else contain(app, criterion))
    run = session_of(app).run
    assert not session_of(app).trained  # the stage shows the run that was found
    assert f"Seed {run.recipe.seed}: press Phase (↓) " in ahead(app)
    assert ("2 times" in ahead(app)) == (presses == 2)
    fallen = run.moment.draws if run.moment.phase == "draw" else 0
    assert fallen == (len(run.shown.draws) if criterion == "limit" else 0)  # nothing of it has happened
    for _ in range(presses):
        assert run.finish_reason is None
        run = session_of(checked(app.button(key="control_phase").click().run())).run
    assert ahead(app) == ""
    if happens == "rejected":
        assert run.moment == (run.moment.t, "draw", presses)
        assert len(run.shown.draws) > presses
    elif happens == "eos":
        assert run.model.vocabulary.tokens[run.shown.token_id] == "<EOS>"
        assert run.moment.phase == "draw"
    elif happens == "length":
        assert run.finish_reason == "length"
    else:
        assert run.text.endswith("saurus")


def test_a_search_stops_at_cancel_with_what_it_saw_and_goes_on_when_pressed_again(open_app, monkeypatch):
    monkeypatch.setattr(module.advanced, "__defaults__", (0.001,))  # slices of one batch
    app = contain(open_app(model=CHAR, seed="9"), "saurusaurusaurus")
    tried = session_of(app).record(Finding).search.tried
    assert 0 < tried < module.MOST_RUNS
    checked(app.run())
    assert session_of(app).record(Finding).search.tried > tried
    press(app, "cancel")
    now = session_of(app).record(Finding).search
    assert now.ended
    assert not now.found
    assert said(app)[0].startswith(f"None in {now.tried:,} runs")
    assert recipe(app).seed == 9
    assert not has_button(app, "find_cancel")
    press(app, "go")
    assert session_of(app).record(Finding).search.tried > now.tried
    assert not session_of(app).record(Finding).search.ended
    assert has_button(app, "find_cancel")


def test_where_there_is_none_the_closest_is_named_and_can_be_opened(open_app, monkeypatch):
    monkeypatch.setattr(module, "MOST_RUNS", 200)
    app = until_ended(press(open_app(model=CHAR, seed="9", limit="60"), "limit"))
    now = session_of(app).record(Finding).search
    assert (now.tried, now.found) == (200, False)
    assert "1.5% (3 ÷ 200" in said(app)[0]
    assert said(app)[1] == t("find.closest.limit", amount=now.closest.amount)
    checked(app.button(key="find_open").click().run())
    run = session_of(app).run
    assert (run.recipe.seed, run.moment.t) == (now.closest.seed, now.closest.t)
    assert "and <EOS> is drawn" in ahead(app)
    assert run.shown.finish_reason == "eos"
    assert session_of(app).record(Opening).dialog == ""
    press(app, "limit")
    assert session_of(app).record(Finding).search.most == 400  # and on with the seeds after those


@pytest.mark.parametrize(
    ("name", "query", "obstacle"),
    [
        ("unk", {"model": CHAR}, "no_unk"),
        ("unk", {"model": WORD, "unk": "allow"}, "allow"),
        ("twice", {"model": WORD}, "once"),
        ("eos", {"model": "shakespeare-char"}, "no_eos"),
        ("eos", {"model": WORD, "eos": "0"}, "eos_off"),
        ("eos", {"model": WORD, "limit": "4"}, "short"),
        ("eos", {"model": CHAR, "force": "2:0"}, "by_hand"),
        ("limit", {"model": CHAR, "temperature": "0"}, "same"),
        ("", {"model": CHAR}, "empty"),
        ("Mau", {"model": WORD}, "unknown_word"),
        ("東", {"model": CHAR}, "unknown_char"),
        ("saurus", {"model": CHAR, "limit": "5"}, "long"),
        ("<UNK>", {"model": WORD}, "rejected"),
    ],
)
def test_what_cannot_be_is_said_at_once_in_both_languages_and_nothing_changes(open_app, name, query, obstacle):
    app = open_app(lang="en", **query)
    before = session_of(app).run
    app = press(app, name) if name in CRITERIA else contain(app, name)
    now = session_of(app).record(Finding).search
    assert now.ended
    assert now.tried == 0
    values = dict(now.obstacle.values)
    if "words" in values:
        assert values["words"] == (name,)
        values["words"] = f"“{name}”"
    assert said(app) == [translator("en")(f"find.cannot.{obstacle}", **values)]
    checked(app.segmented_control(key="setting_language").set_value("zh").run())
    assert said(app) == [translator("zh")(f"find.cannot.{obstacle}", **values)]
    assert (session_of(app).run.recipe, session_of(app).run.moment) == (before.recipe, before.moment)


def test_what_was_said_goes_when_the_advice_is_followed(open_app):
    app = press(open_app(model=WORD), "twice")
    assert said(app) == [t("find.cannot.once")]
    checked(app.selectbox(key="setting_unk").set_value("redraw").run())
    assert said(app) == [t("find.how")]


def test_another_setting_ends_a_search_on_its_way(open_app, monkeypatch):
    monkeypatch.setattr(module.advanced, "__defaults__", (0.001,))
    app = contain(open_app(model=CHAR), "saurusaurusaurus")
    assert not session_of(app).record(Finding).search.ended
    checked(app.segmented_control(key="setting_language").set_value("zh").run())
    assert not session_of(app).record(Finding).search.ended  # the language is no setting of the run
    checked(app.select_slider(key="setting_temperature").set_value(0.5).run())
    assert session_of(app).record(Finding).search is None


def test_a_text_that_was_looked_for_is_a_wish_of_its_own(open_app, monkeypatch):
    monkeypatch.setattr(module.advanced, "__defaults__", (0.001,))
    app = contain(open_app(model=CHAR), "saurusaurusaurus")
    first = session_of(app).record(Finding).search
    contain(app, "saurusaurusauruz")
    now = session_of(app).record(Finding).search
    assert (first.criterion, now.criterion) == (
        SearchCriterion("contains", "saurusaurusaurus"),
        SearchCriterion("contains", "saurusaurusauruz"),
    )


def test_a_search_begun_while_another_is_on_its_way_does_not_wait_for_the_clock(open_app, monkeypatch):
    monkeypatch.setattr(module.advanced, "__defaults__", (0.001,))
    monkeypatch.setattr(clock, "EARLY", -1e9)  # it never ticks
    app = contain(open_app(model=CHAR), "saurusaurusaurus")
    contain(app, "saurusaurusauruz")
    now = session_of(app).record(Finding).search
    assert now.criterion.text == "saurusaurusauruz"
    assert 0 < now.tried < now.most


def test_a_blank_that_a_phone_appends_to_a_word_is_trimmed(open_app):
    app = until_ended(contain(open_app(model=WORD), "the "))
    assert session_of(app).record(Finding).search.criterion.text == "the"
    assert "“the” is complete" in "".join(said(app))


def test_a_blank_is_named_where_it_is_a_token_and_left_out_where_the_vocabulary_has_none(open_app):
    app = until_ended(contain(open_app(model="shakespeare-char"), "e "))
    assert "“e␣” is complete" in "".join(said(app))
    assert "A space is part of what is looked for: “e␣”" in "".join(said(app))
    app = until_ended(contain(open_app(model=CHAR), "saurus "))
    assert "“saurus” is complete" in "".join(said(app))
    assert "read as: ␣\xa0→\xa0nothing" in "".join(said(app))


def test_typographic_signs_are_looked_for_as_the_vocabulary_writes_them(open_app):
    app = until_ended(contain(open_app(model="shakespeare-char", t="0"), "’"))
    assert "“'” is complete" in "".join(said(app))
    assert "read as: ’\xa0→\xa0'" in "".join(said(app))
