"""The keys of the stage in a real browser, and whose they are."""

from pathlib import Path

from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run import Run

WORD, CHAR = "speeches-word", "shakespeare-char"
PRETRAINED = Path(__file__).parents[2] / "pretrained"


def first_run(name, fits, seeds=range(2000)):
    """The whole run of the first seed that fits, by the engine: what the browser must show for the same link."""
    model = LanguageModel.load(PRETRAINED / f"{name}.npz")
    return next(run for seed in seeds if fits(run := Run(model, Recipe(seed=seed)).at_end()))


def sent_to_the_server(page):
    """A list that grows by all that the page tells its server from now on."""
    sent = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on("Network.webSocketFrameSent", lambda frame: sent.append(frame["response"]["payloadData"]))
    return sent


def test_keys_and_a_presenters_remote_step_and_go_back_a_question_mark_lists_them_and_a_field_has_them_to_itself(visit):
    run = first_run(WORD, lambda run: len(run.steps) > 4, seeds=[3])
    stage = visit(f"model={WORD}&seed=3")
    keyboard = stage.page.keyboard
    for t in (1, 2):
        keyboard.press("ArrowRight")
        stage.wait_for(t)
    stage.press("Step")
    stage.wait_for(3)
    assert stage.running_text == run.at(3).text
    stage.press("Back")
    stage.wait_for(2)
    keyboard.press("ArrowLeft")
    stage.wait_for(1)
    for t in (2, 3):
        keyboard.press("ArrowRight")
        stage.wait_for(t)
    assert stage.running_text == run.at(3).text  # the very same step
    keyboard.press("Home")
    stage.wait_for(0)
    for key, t in (("PageDown", 1), ("PageDown", 2), ("PageUp", 1)):
        keyboard.press(key)
        stage.wait_for(t)
    _a_question_mark_lists_the_keys(stage.page)
    _streamlits_own_do_nothing_and_a_field_has_them_to_itself(stage)


def _a_question_mark_lists_the_keys(page):
    page.keyboard.press("?")
    page.get_by_role("dialog").get_by_text("one time step", exact=True).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("dialog").wait_for(state="detached")


def _streamlits_own_do_nothing_and_a_field_has_them_to_itself(stage):
    page = stage.page
    sent = sent_to_the_server(page)
    page.keyboard.press("ArrowRight")
    stage.wait_for(2)
    assert sent != []
    while sent:  # until what the page itself has to tell is told
        sent.clear()
        page.wait_for_timeout(800)
    for key in ("r", "c"):
        page.keyboard.press(key)
    page.wait_for_timeout(400)
    assert sent == []
    assert page.get_by_role("dialog").count() == 0
    prompt = page.locator(".st-key-setting_prompt textarea")
    prompt.click()
    page.keyboard.type("car")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert prompt.input_value() == "car"
    assert stage.step == 2
