"""Play: it goes on by itself, and a button pressed meanwhile counts exactly once."""

from .test_stage import WORD


def test_a_button_pressed_while_it_plays_holds_it_where_it_says(visit):
    stage = visit(f"model={WORD}&eos=0&limit=200&seed=4")
    stage.wait_for(0)
    stage.page.keyboard.press("Space")
    stage.page.wait_for_function("Number(document.querySelector('.status').dataset.step) >= 3")
    stage.press("Back")
    stage.page.get_by_role("button", name="Play").wait_for()
    held = stage.step
    for more in range(1, 4):
        stage.press("Step")
        stage.wait_for(held + more)
    stage.page.locator(".stage.run button[data-show='1']").click()
    stage.wait_for(1)
    shown = stage.page.locator(".stage.run .chip").evaluate_all("chips => chips.map(chip => Number(chip.dataset.show))")
    assert shown == list(range(1, len(shown) + 1))
    assert held + 3 <= len(shown) <= held + 4  # what Back had left behind is there too


def test_steps_pressed_while_it_plays_come_on_top_of_its_own(visit):
    stage = visit(f"model={WORD}&eos=0&limit=200&seed=4")
    stage.wait_for(0)
    stage.page.keyboard.press("Space")
    stage.page.wait_for_function("Number(document.querySelector('.status').dataset.step) >= 1")
    for _ in range(20):
        stage.page.keyboard.press("ArrowRight")
    stage.page.wait_for_function("Number(document.querySelector('.status').dataset.step) >= 21")
    stage.page.keyboard.press("Space")
    stage.page.get_by_role("button", name="Play").wait_for()
    stage.wait_for(stage.step)
