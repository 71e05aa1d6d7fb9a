"""The switch on the network picture: sampled or trained, in a browser."""

from pathlib import Path

from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run import Run
from engine.scoring import log_prob
from engine.ui.presets import PRESETS
from engine.ui.stage.teacher_forcing import teacher_forced

WORD, CHAR = "speeches-word", "shakespeare-char"
PRETRAINED = Path(__file__).parents[2] / "pretrained"


def switch(stage, name):
    button = stage.page.get_by_role("button", name=name, exact=True)
    button.click()
    stage.page.wait_for_function("b => b.getAttribute('aria-pressed') === 'true'", arg=button.element_handle())


def picture(stage):
    return stage.page.locator(".stage.run .network").text_content()


def type_text(stage, text):
    stage.press("true text")
    field = stage.page.get_by_role("dialog").get_by_role("textbox")
    field.fill(text)
    field.press("Enter")


def test_training_feeds_the_true_text_without_a_row_more_and_sampling_finds_its_run_untouched(visit):
    model = LanguageModel.load(PRETRAINED / f"{WORD}.npz")
    scores = teacher_forced(model, PRESETS[WORD]).scores
    run = Run(model, Recipe(seed=3)).at(6)
    stage = visit(f"model={WORD}&seed=3&t=4")
    stage.wait_for(4)
    before = picture(stage), stage.running_text
    height = stage.page.locator(".stage.run").bounding_box()["height"]
    switch(stage, "Trained")
    stage.wait_for(4)
    assert stage.page.locator(".stage.run").bounding_box()["height"] == height
    assert "x⟨4⟩ = y⟨3⟩" in picture(stage)
    assert f"J = {-log_prob(scores):.4g}" in picture(stage)
    assert "x⟨4⟩ was the true token “15”" in stage.narration
    assert f"a loss of {-log_prob([scores[3]]):.2f} nats" in stage.narration
    for t in (5, 6):
        stage.page.keyboard.press("ArrowRight")
        stage.wait_for(t)
        assert f"−log P = {-log_prob([scores[t - 1]]):.2f}" in picture(stage)
    stage.page.keyboard.press("ArrowLeft")
    stage.page.keyboard.press("ArrowLeft")
    stage.wait_for(4)
    switch(stage, "Sampled")
    assert (picture(stage), stage.running_text) == before
    stage.page.keyboard.press("ArrowRight")
    stage.page.keyboard.press("ArrowRight")
    stage.wait_for(6)
    assert stage.running_text == run.text


def test_it_works_from_the_keyboard_with_a_text_of_ones_own_and_fits_a_phone(visit):
    stage = visit(f"model={WORD}&seed=3&t=2")
    stage.wait_for(2)
    _the_keys_go_on_acting(stage)
    for t in (1, 2):
        stage.page.keyboard.press("ArrowRight")
        stage.wait_for(t)
    _an_unknown_word_is_fed_as_unk_with_a_notice_and_no_text_is_said(stage)
    stage.page.emulate_media(color_scheme="dark")
    stage.page.set_viewport_size({"width": 390, "height": 844})
    switch(stage, "Sampled")
    switch(stage, "Trained")
    assert stage.page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert stage.page.evaluate("(e => e.scrollWidth - e.clientWidth)(document.querySelector('.stMain'))") <= 0


def _the_keys_go_on_acting(stage):
    stage.page.get_by_role("button", name="Trained", exact=True).focus()
    stage.page.keyboard.press("Space")
    stage.page.get_by_text("In training, x⟨2⟩").wait_for()
    stage.page.keyboard.press("ArrowDown")
    stage.wait_for(3)
    assert stage.phase == "feed"
    assert "a loss of" not in stage.narration
    stage.page.keyboard.press("End")
    stage.page.get_by_text("The true text was over").wait_for()
    stage.page.keyboard.press("Home")
    stage.wait_for(0)


def _an_unknown_word_is_fed_as_unk_with_a_notice_and_no_text_is_said(stage):
    type_text(stage, "Mau <img src=x onerror=document.title='broken'> slept.")
    stage.page.locator(".notices").get_by_text("“Mau”, “<”, “img”").wait_for()
    stage.wait_for(2)
    assert stage.page.title() != "broken"
    type_text(stage, "")
    stage.page.locator(".stage.run .net .empty").wait_for()
    assert "no text to feed" in stage.narration
    type_text(stage, PRESETS[WORD])
    stage.page.locator(".stage.run .net .empty").wait_for(state="detached")


def test_a_character_model_is_fed_a_text_of_ones_own_and_an_unknown_character_is_refused_by_name(visit):
    stage = visit(f"model={CHAR}&t=5")
    stage.wait_for(5)
    switch(stage, "Trained")
    type_text(stage, "Mau slept.")
    stage.page.get_by_role("dialog").wait_for(state="detached")
    stage.wait_for(5)
    assert "x⟨5⟩ was the true token “␣”" in stage.narration
    assert "“s”" in stage.narration
    type_text(stage, "Mau 東")
    refusal = stage.page.get_by_role("dialog").locator(".notice")
    refusal.wait_for()
    assert "“東” is not in this vocabulary" in refusal.inner_text()
    stage.page.keyboard.press("Escape")
    stage.page.get_by_role("dialog").wait_for(state="detached")
    stage.page.keyboard.press("ArrowRight")
    stage.wait_for(6)
    assert "x⟨6⟩ was the true token “s”" in stage.narration
