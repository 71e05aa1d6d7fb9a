"""The panels below the stage, in a browser: they open, follow the steps, and close again."""

from itertools import islice
from pathlib import Path

from engine.figures.temperatures import retakes
from engine.generation import generate
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.ui.i18n import translator

WORD = "speeches-word"
PRETRAINED = Path(__file__).parents[2] / "pretrained"


def open_panel(stage, which):
    stage.page.locator(".st-key-panel button").nth(which).click()


def test_the_needle_stands_at_u_over_the_box_of_its_token_and_the_panels_follow_every_step_and_close_again(visit):
    recipe = Recipe(seed=0, limit=20)
    model = LanguageModel.load(PRETRAINED / f"{WORD}.npz")
    step = next(islice(generate(model, recipe), 6, None))
    rows = retakes(model, step, recipe, translator("en"))
    stage = visit(f"model={WORD}&seed=0&t=7")
    stage.wait_for(7)
    open_panel(stage, 0)
    picture = stage.page.locator(".retakes")
    picture.wait_for()
    outcomes = [text.split()[:2] for text in picture.locator(".outcome").all_inner_texts()]
    tokens = [words[1] if words[0] in "=≠" else words[0] for words in outcomes if words[0] != "✗"]
    assert tokens == [row.label for row in rows]
    for lane in picture.locator(".lane").all():
        needle = lane.locator("u").bounding_box()
        at = needle["x"] + needle["width"] / 2
        box = lane.locator("i.chosen, i.rejected").bounding_box()
        assert box["x"] - 2 <= at <= box["x"] + box["width"] + 2
    for which, inside in ((1, ".st-key-panel_eos"), (2, ".st-key-panel_inside")):
        open_panel(stage, which)
        stage.page.locator(f"{inside} .main-svg").first.wait_for()
        before = stage.step
        stage.press("Step")
        stage.wait_for(before + 1)
        stage.press("Back")
        stage.wait_for(before)
    open_panel(stage, 2)
    stage.page.locator(".st-key-panel_inside").wait_for(state="detached")


def test_a_panel_opened_before_the_first_step_follows_it_through_its_phases_and_back(visit):
    stage = visit(f"model={WORD}&seed=0")
    stage.wait_for(0)
    for which in range(5):
        open_panel(stage, which)
        stage.page.locator(f".st-key-panel button >> nth={which}").and_(
            stage.page.get_by_role("radio", checked=True)
        ).wait_for()
        stage.press("Step")
        stage.wait_for(1)
        for _ in range(5):
            stage.press("Phase")
            stage.page.wait_for_timeout(150)
        stage.press("Step")
        if which == 0:
            stage.page.locator(".beside .retakes").wait_for()
        stage.page.keyboard.press("Home")
        stage.wait_for(0)
        assert stage.page.locator(".retakes").count() == 0
        assert stage.page.get_by_test_id("stException").count() == 0
        open_panel(stage, which)
