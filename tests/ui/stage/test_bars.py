"""The bars on the page by AppTest: what a click, the search and the switches do to the run."""

import pytest
from conftest import checked, narration_of, records_of, session_of

from engine.figures.labels import divisor, exact
from engine.recipe import Recipe
from engine.run import Run
from engine.sampling import SamplingSettings
from engine.ui.i18n import WORDS
from engine.ui.models import load_model
from engine.ui.stage.bars import clicked_token
from engine.ui.stage.pins import MOST_PINS, Pins


def find(app, typed):
    """The search unfolded, with `typed` in it."""
    app.session_state["bars_find"] = True
    checked(app.run())
    return checked(app.text_input(key="bars_typed").set_value(typed).run())


def below(app):
    """The line below the bars, as one."""
    line = records_of(app)["bars"]["below"]
    return " · ".join(filter(None, (line["strong"], line["words"])))


def test_a_click_names_a_token_of_the_step_on_show():
    assert clicked_token([4, 17], t=4, size=100) == 17
    assert clicked_token([4, -1], t=4, size=100) == -1


@pytest.mark.parametrize(
    "row",
    [
        *([], [3, 17], [4, 100], [4, -2], [4], [4, 1.0], [4, True], ["4", 1], [4, 1, 1], [[4, 1]]),
        *({}, {"customdata": [4, 1]}, None, "41", 4),
    ],
)
def test_any_other_message_of_the_browser_chooses_nothing(row):
    assert clicked_token(row, t=4, size=100) is None


def test_a_token_found_is_chosen_by_hand_and_the_way_back_is_one_press(open_app, press):
    app = find(open_app(seed="5", eos="0", t="4"), "peace")
    before = session_of(app).run
    checked(app.button(key="bars_force").click().run())
    run = session_of(app).run
    assert run.model.vocabulary.tokens[run.shown.token_id] == "peace"
    assert (run.shown.origin, run.moment.t) == ("forced", 4)
    assert "peace" in below(app)
    assert not any(element.key == "bars_force" for element in app.button)  # folded again
    assert records_of(app)["bars"]["below"]["drawn"] == WORDS["bars.drawn_after_all"][0]
    press(app, "drawn")
    assert session_of(app).run.recipe == before.recipe
    assert session_of(app).run.shown.token_id == before.shown.token_id
    assert records_of(app)["bars"]["below"]["drawn"] == ""


def test_before_the_first_step_a_token_is_chosen_for_step_1(open_app):
    app = find(open_app(seed="5"), "peace")
    checked(app.button(key="bars_force").click().run())
    assert session_of(app).run.moment.t == 1
    assert session_of(app).run.shown.origin == "forced"


@pytest.mark.parametrize("t", ["0", "1", "2"])
def test_a_token_of_the_prompt_cannot_be_chosen_and_a_sentence_says_so(open_app, t):
    app = find(open_app(prompt="We must", t=t), "peace")
    before = session_of(app).run
    checked(app.button(key="bars_force").click().run())
    assert session_of(app).run.recipe == before.recipe
    assert any("is given by the prompt: nothing" in element.body for element in app.get("html"))


def test_pins_stay_while_stepping_come_down_one_by_one_and_go_with_the_model(open_app):
    app = find(open_app(seed="5", eos="0", t="2"), "peace")
    checked(app.button(key="bars_pin").click().run())
    checked(app.text_input(key="bars_typed").set_value("freedom").run())
    checked(app.button(key="bars_pin").click().run())
    pinned = session_of(app).record(Pins).token_ids
    tokens = session_of(app).run.model.vocabulary.tokens
    assert [tokens[one] for one in pinned] == ["peace", "freedom"]
    checked(app.button(key="control_step").click().run())
    assert session_of(app).record(Pins).token_ids == pinned
    checked(app.button(key=f"bars_pin_{pinned[0]}").click().run())
    assert session_of(app).record(Pins).token_ids == pinned[1:]
    checked(app.segmented_control(key="level").set_value("char").run())
    assert not any((element.key or "").startswith("bars_pin_") for element in app.button)


def test_only_the_last_few_pins_stay(open_app):
    app = find(open_app(), "the")
    for typed in ("peace", "freedom", "war", "world", "people"):
        checked(app.text_input(key="bars_typed").set_value(typed).run())
        checked(app.button(key="bars_pin").click().run())
    tokens = session_of(app).run.model.vocabulary.tokens
    assert [tokens[one] for one in session_of(app).record(Pins).token_ids] == ["freedom", "war", "world", "people"]
    assert MOST_PINS == 4


def test_what_is_not_in_the_vocabulary_is_said(open_app):
    app = find(open_app(), "xyzzy<b>")
    assert any("“xyzzy&lt;b&gt;” is not in this vocabulary" in element.body for element in app.get("html"))


def test_nothing_of_the_search_is_sent_while_it_is_folded(open_app):
    app = open_app(t="2")
    assert not app.text_input or all(element.key != "bars_typed" for element in app.text_input)


def first_rejection(seeds=range(200), **fields):
    """The run of the word model, at its first step with a rejection; `fields` of the recipe, by seed where callable."""
    model = load_model("speeches-word")
    for seed in seeds:
        run = Run(model, Recipe(seed=seed, **{name: field(seed) for name, field in fields.items()})).at_end()
        for step in run.steps:
            if len(step.draws) == 2:
                return run.at(step.t)
    raise AssertionError("no rejection in these runs")


def heading(app):
    return records_of(app)["heading"]["words"]


@pytest.mark.parametrize("unk", ["rest", "redraw"])
def test_a_rejection_comes_in_two_beats(open_app, unk):
    run = first_rejection(unk=lambda seed: unk)
    step, distributions, t = run.shown, run.distributions, run.moment.t
    link = {"model": "speeches-word", "t": str(t), **run.recipe.to_query()}
    numbers = (distributions.probs[step.token_id], distributions.probs[1], distributions.rest[step.token_id])
    prob, unk_prob, result = (exact(float(one)) for one in numbers)
    equality = f"= {prob} / (1 − {unk_prob}) = {result}"
    whole = f"ŷ⟨{t}⟩ = softmax over 6,000 tokens"
    divided = f"ŷ⟨{t}⟩ without <UNK>, each ÷ {divisor(distributions.probs[1])}"

    app = open_app(phase="draw1", **link)  # the rejected draw stands: nothing has changed yet
    assert whole in heading(app)
    assert equality not in below(app)
    assert "mark: before" in below(app)
    for phase in ("draw2", "back", ""):
        app = open_app(phase=phase, **link)
        assert (divided if unk == "rest" else whole) in heading(app)
        assert equality in below(app)
        assert ("in the long run" in below(app)) == (unk == "redraw")
        assert "mark: before" in below(app)  # what the mark is stays said


def test_where_only_unk_passed_the_filters_it_is_said_in_all_places(open_app):
    run = first_rejection(settings=lambda seed: SamplingSettings(top_k=1), forced=lambda seed: {1: 100 + seed})
    assert run.distributions.nothing_left
    app = open_app(model="speeches-word", t=str(run.moment.t), **run.recipe.to_query())
    assert f"ŷ⟨{run.moment.t}⟩ without <UNK>, temperature and filters applied anew" in heading(app)
    assert "only <UNK> had passed temperature and filters" in below(app)
    said = narration_of(app)
    assert "nothing was left" in said
    assert "every u gives it" in said


@pytest.mark.parametrize(
    "query", [{"prompt": "We must", "t": "2"}, {"force": "2:17", "t": "2"}, {"seed": "5", "t": "2"}]
)
def test_what_the_mark_is_stands_below_the_bars_however_the_token_came(open_app, query):
    assert "mark: before temperature and filters" in below(open_app(model="speeches-word", eos="0", **query))


def test_the_logarithmic_axis_stays_while_stepping(open_app):
    app = open_app(t="2", eos="0")
    checked(app.toggle(key="bars_log").set_value(True).run())
    checked(app.button(key="control_step").click().run())
    assert app.toggle(key="bars_log").value


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.0468, "4.68%"), (0.99999, "99.999%"), (1.0, "100%"), (0.0, "0%"), (1 - 1e-9, "99.9999999%")],
)
def test_shares_are_written_so_that_they_can_be_checked_by_hand(probability, text):
    assert exact(probability) == text
