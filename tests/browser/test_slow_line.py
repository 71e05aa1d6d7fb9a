"""Over a slow line: what is pressed or typed fast, or held down, counts all and counts once."""

from .test_address import NAMES
from .test_stage import WORD


def slow(page):
    """300 ms there and back."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    conditions = {"offline": False, "latency": 300, "downloadThroughput": -1, "uploadThroughput": -1}
    session.send("Network.emulateNetworkConditions", conditions)


def test_presses_of_keys_and_buttons_are_all_counted_once_and_what_was_typed_before_them_is_taken(visit):
    stage = visit(f"model={WORD}&eos=0&limit=100")
    slow(stage.page)
    _keys(stage)
    _a_button(stage)
    _a_prompt_typed_and_step_pressed_at_once(stage)
    _a_text_typed_on_score_and_a_card_pressed_at_once(stage.page)


def _keys(stage):
    keyboard = stage.page.keyboard
    for _ in range(5):
        keyboard.press("ArrowRight")
        stage.page.wait_for_timeout(90)
    keyboard.press("ArrowLeft")
    stage.wait_for(4)
    keyboard.down("ArrowRight")
    for _ in range(10):
        stage.page.wait_for_timeout(30)
        keyboard.down("ArrowRight")  # held down
    keyboard.up("ArrowRight")
    stage.page.wait_for_function("Number(document.querySelector('.status')?.dataset.step) >= 5")


def _a_button(stage):
    stage.press("Reset")
    stage.wait_for(0)
    step = stage.page.get_by_role("button", name="Step")
    step.evaluate("button => { for (let i = 0; i < 10; i++) button.click(); }")
    stage.wait_for(10)
    stage.press("Back")
    stage.wait_for(9)
    stage.press("Reset")
    stage.wait_for(0)
    stage.press("Undo")
    stage.wait_for(9)


def _a_prompt_typed_and_step_pressed_at_once(stage):
    stage.page.locator(".st-key-setting_prompt textarea").click()
    stage.page.keyboard.type("We are")
    stage.press("Step")
    stage.page.wait_for_function(NAMES, arg=["prompt", "We are"])
    stage.wait_for(1)
    assert stage.running_text == "We"


def _a_text_typed_on_score_and_a_card_pressed_at_once(page):
    page.get_by_role("link", name="Score").click()
    card = page.locator(".cards button").nth(2)
    card.wait_for()
    text = page.locator(".st-key-setting_score_text_0 textarea")
    text.fill("We are free.")
    card.click()
    page.wait_for_selector(".status[data-step='3']", timeout=20_000)
    assert page.locator(".status").get_attribute("data-phase") == "predict"
    page.wait_for_function(NAMES, arg=["prompt", "We are "])
    page.get_by_role("link", name="Score").click()
    text.and_(page.get_by_text("We are free.")).wait_for()
