"""Steps and pictures taken from where somebody has just been: they are those that would have been made."""

import gc
import json
import random
import weakref
from types import SimpleNamespace

import pytest
import streamlit as st
from conftest import records_of, session_of

from engine.generation import generate
from engine.phases import Moment
from engine.recipe import Recipe
from engine.run import Run
from engine.ui import own_models, session
from engine.ui.chart import Screen
from engine.ui.front_end import as_json
from engine.ui.stage import seen
from engine.ui.stage.pins import Pins
from engine.ui.stage.seen import Latest

RECIPE = Recipe(seed=3, stop_at_eos=False, limit=200)
ACTS = ("step", "step", "step", "step", "back", "phase", "phase", "end", "reset", "undo")
LINKS = (  # of each pair the second tells pictures that only look alike from those of the first
    ({"model": "speeches-word", "seed": "3"}, {"model": "speeches-word", "seed": "3", "lang": "zh"}),
    ({"model": "speeches-word", "seed": "3"}, {"model": "speeches-word", "seed": "3", "temperature": "1.5"}),
    ({"model": "speeches-word", "seed": "3", "hide": "strip"}, {"model": "speeches-word", "seed": "3", "limit": "6"}),
    ({"model": "speeches-word", "seed": "3"}, {"model": "speeches-char", "seed": "3"}),
)


@pytest.fixture(autouse=True)
def nothing_seen(monkeypatch):
    monkeypatch.setattr(seen, "_runs", Latest(32))
    monkeypatch.setattr(seen, "_pictures", Latest(1000))


class Visitor:
    """What `seen` asks of a session."""

    def __init__(self, model_name="some", trained=False):
        self.model_name, self.trained = model_name, trained


@pytest.fixture
def visitor(monkeypatch):
    visitor = Visitor()
    monkeypatch.setattr(session, "current", lambda: visitor)
    return visitor


def stepped(model, t, recipe=RECIPE):
    run = Run(model, recipe)
    for _ in range(t):
        run = seen.stepped(run)
    return run


# --- what is kept


def test_what_is_kept_is_no_larger_than_it_may_be_and_what_is_too_large_alone_is_not_kept():
    kept = Latest[str](10, len)
    for word, now in (
        ("aaaa", ["aaaa"]),
        ("bbbb", ["aaaa", "bbbb"]),
        ("cc", ["aaaa", "bbbb", "cc"]),
        ("ddd", ["bbbb", "cc", "ddd"]),
    ):
        assert kept.get(word[0], lambda word=word: word) == word
        assert [*kept._kept.values()] == now
    assert kept.get("b", str) == "bbbb"  # is the latest now
    assert kept.get("e", lambda: 11 * "e") == 11 * "e"
    assert [*kept._kept.values()] == ["cc", "ddd", "bbbb"]
    assert kept.get("f", lambda: "f") == kept.get("f", str) == "f"


def test_the_values_asked_for_last_are_kept():
    kept, made = Latest(3), []
    for key in "abcadaeb":
        assert kept.get(key, lambda key=key: made.append(key) or key) == key
    assert made == [*"abcdeb"]  # b was the one asked for longest ago when d came, and e found c


def test_a_value_that_cannot_be_made_is_not_kept():
    kept = Latest(3)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", lambda: 1 / 0)
    assert kept.get("a", lambda: 5) == 5


# --- steps


def test_who_comes_after_somebody_has_the_very_steps_of_the_first(visitor, random_model):
    model = random_model()
    first, second = stepped(model, 30), stepped(model, 30)
    assert second.moment == Moment(30)
    assert [*map(id, second.steps)] == [*map(id, first.steps)]
    for _ in range(70):
        first, second = seen.stepped(first), seen.stepped(second)
    assert [*map(id, second.steps)] == [*map(id, first.steps)]
    assert [step.token_id for step in second.steps] == [step.token_id for step in generate(model, RECIPE)][:100]


@pytest.mark.parametrize(
    "other",
    [
        RECIPE.changed(3, "temperature", 0.5),
        RECIPE.with_forced(2, 2),
        Recipe(seed=4, stop_at_eos=False, limit=200),
        Recipe(seed=3, stop_at_eos=True, limit=200),
        Recipe(seed=3, stop_at_eos=False, limit=5),
    ],
    ids=["changed", "forced", "seed", "eos", "limit"],
)
def test_another_recipe_is_another_run(visitor, random_model, other):
    model = random_model()
    stepped(model, 8)
    steps = [*generate(model, other)][:8]
    run = stepped(model, 8, other)
    assert [(step.t, step.token_id, step.origin, step.finish_reason) for step in run.steps] == [
        (step.t, step.token_id, step.origin, step.finish_reason) for step in steps
    ]


def test_another_model_with_the_same_tokens_is_another_run(visitor, random_model):
    one, other = random_model(seed=1), random_model(seed=2)
    stepped(one, 20)
    assert [step.token_id for step in stepped(other, 20).steps] == [step.token_id for step in generate(other, RECIPE)][
        :20
    ]


def test_what_one_has_predicted_is_not_another_ones(visitor, random_model):
    model = random_model()
    own = seen.stepped(stepped(model, 2))
    assert own.predictions == ()
    mine = stepped(model, 2)
    mine = seen.stepped(Run(model, RECIPE, mine.moment, mine.steps, mine.facts, mine.latest, ("a prediction",)))
    assert mine.predictions == ("a prediction",)
    assert stepped(model, 3).predictions == ()


def test_a_model_of_a_visitors_own_goes_with_its_visitor(visitor, random_model):
    visitor.model_name = own_models.PREFIX + "mine"
    model = random_model()
    run = stepped(model, 5)
    seen.pictures(run, ("run",), lambda: {"a": 1})
    gone = weakref.ref(model)
    del model, run
    gc.collect()
    assert gone() is None


# --- pictures


def test_a_picture_is_made_once_and_is_that_of_its_moment(visitor, random_model):
    run, made = stepped(random_model(), 3), []

    def make():
        made.append(1)
        return {"text": "é", "numbers": [0.1, None, True]}

    first, again = (seen.pictures(run, ("run", "en"), make) for _ in range(2))
    assert first == again == as_json(make())
    assert json.loads(first) == make()
    assert len(made) == 3  # one for the pictures, two here
    for other in (run.back(), run.phased(), run.with_seed(5), seen.stepped(run), seen.stepped(run).back()):
        assert seen.pictures(other, ("run", "en"), lambda: {"other": 1}) == '{"other":1}'
    assert seen.pictures(run, ("run", "zh"), lambda: {"other": 1}) == '{"other":1}'


def test_in_training_and_after_many_changes_pictures_are_made_anew(visitor, random_model):
    run = stepped(random_model(), 3)
    rare = Run(run.model, Recipe(forced=dict.fromkeys(range(1, 80), 2))).at(3)
    for one, trained in ((run, True), (rare, False)):
        visitor.trained = trained
        made = [seen.pictures(one, ("run",), lambda k=k: {"k": k}) for k in range(2)]
        assert made == ['{"k":0}', '{"k":1}']


# --- on the stage


@pytest.mark.parametrize("links", LINKS, ids=lambda links: str(links[1]))
def test_two_visitors_in_turns_see_what_each_would_see_alone(open_app, press, monkeypatch, links):
    rng = random.Random(0)
    apps = [open_app(**link) for link in links]
    for _ in range(8):
        for app in apps:
            press(app, rng.choice(ACTS))
            shown = records_of(app)
            with monkeypatch.context() as alone:
                alone.setattr(seen, "_pictures", Latest(1))
                assert records_of(app.run()) == shown
    for app in apps:
        run = session_of(app).run
        assert run.facts == Run(run.model, run.recipe).at(len(run.steps)).facts


def test_two_visitors_of_one_link_share_their_steps(open_app, press):
    apps = [open_app(model="speeches-word", seed="3", eos="0") for _ in range(2)]
    for _ in range(4):
        for app in apps:
            press(app, "step")
    one, other = (session_of(app).run.steps for app in apps)
    assert [*map(id, one)] == [*map(id, other)]


def log(app, _):
    app.toggle(key="bars_log").set_value(True).run()


def panel(which):
    return lambda app, _: app.segmented_control(key="panel").set_value(which).run()


def without_numpy(app, _):
    session_of(app).view = session_of(app).view._replace(hide=("numpy",))


def pinned(app, _):
    session_of(app).records[Pins] = Pins("speeches-word", (1234,))


def large(app, _):
    session_of(app).record(Screen).scale = 1.5


def narrow(app, _):
    session_of(app).record(Screen).narrow = True


def dark(app, themes):
    themes[session_of(app).name] = "dark"


@pytest.fixture
def themes(monkeypatch):
    """The theme of each session's page, by its name; light for the others."""
    themes = {}
    here = property(lambda _: SimpleNamespace(type=themes.get(session.current().name, "light")))
    monkeypatch.setattr(type(st.context), "theme", here)
    return themes


@pytest.mark.parametrize(
    ("both", "one", "differs"),
    [
        ([], log, "bars"),
        ([], pinned, "bars"),
        ([], large, "bars"),
        ([log], narrow, "bars"),
        ([], dark, "bars"),
        ([], panel("past"), "run"),
        ([without_numpy], panel("temperatures"), "draw"),
    ],
    ids=["log", "pinned", "large", "narrow", "dark", "past", "temperatures"],
)
def test_what_one_visitor_alone_has_is_in_no_other_ones_pictures(
    open_app, press, monkeypatch, themes, both, one, differs
):
    plain, switched = (open_app(model="speeches-word", seed="3", eos="0") for _ in range(2))
    for app in (plain, switched):
        for switch in both:
            switch(app, themes)
    one(switched, themes)
    for _ in range(3):
        for app in (plain, switched):
            press(app, "step")
            shown = records_of(app)
            with monkeypatch.context() as alone:
                alone.setattr(seen, "_pictures", Latest(1))
                assert records_of(app.run()) == shown
    assert records_of(plain)[differs] != records_of(switched)[differs]
