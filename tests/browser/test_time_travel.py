"""Time travel: looking back loses nothing; a change drops what came later, and Undo brings it back."""

from .test_stage import WORD


def test_the_future_stays_until_something_is_changed_and_undo_brings_it_back(visit):
    stage = visit(f"model={WORD}&seed=5&eos=0&t=6")
    stage.wait_for(6)
    text = stage.running_text
    stage.page.locator(".stage.run button[data-show='3']").click()
    stage.wait_for(3)
    chips = stage.page.locator(".stage.run .chip")
    assert chips.count() == 6
    assert stage.page.locator(".stage.run .chip.future").count() == 3
    assert stage.page.locator(".stage.run .chip[aria-current=step]").get_attribute("data-show") == "3"
    assert text.startswith(stage.running_text)
    stage.page.locator(".st-key-setting_temperature").get_by_role("slider").press("ArrowRight")
    stage.page.wait_for_function("new URLSearchParams(location.search).get('changes')?.startsWith('3:temperature:')")
    stage.wait_for(3)
    assert chips.count() == 3
    stage.press("Undo")
    stage.page.locator(".stage.run .chip.future").nth(2).wait_for()
    stage.page.locator(".stage.run button[data-show='6']").click()
    stage.wait_for(6)
    assert stage.running_text == text
