"""Play: it goes on by itself, and a button pressed meanwhile counts exactly once."""

from .test_stage import WORD

QUERY = f"model={WORD}&eos=0&limit=300&seed=4"


def play_until(stage, least):
    """Begin to play, and wait for this step."""
    stage.page.keyboard.press("Space")
    stage.page.get_by_role("button", name="Pause").wait_for()
    stage.page.wait_for_function("t => Number(document.querySelector('.status')?.dataset.step) >= t", arg=least)


def holds(stage):
    """The step at which it no longer plays."""
    stage.page.get_by_role("button", name="Play").wait_for()
    return stage.step


def test_it_goes_on_by_itself_until_space_or_a_button_holds_it_where_it_says(visit):
    stage = visit(QUERY)
    stage.wait_for(0)
    play_until(stage, 3)
    stage.page.keyboard.press("Space")
    held = holds(stage)
    stage.page.wait_for_timeout(900)
    assert stage.step == held
    stage.wait_for(held)
    play_until(stage, held + 3)
    stage.press("Back")
    held = holds(stage)
    for more in range(1, 4):
        stage.press("Step")
        stage.wait_for(held + more)
    stage.page.locator(".stage.run button[data-show='1']").click()
    stage.wait_for(1)
    shown = stage.page.locator(".stage.run .chip").evaluate_all("chips => chips.map(chip => Number(chip.dataset.show))")
    assert shown == list(range(1, len(shown) + 1))
    assert held + 3 <= len(shown) <= held + 4  # what Back had left behind is there too


def test_steps_pressed_meanwhile_come_on_top_other_presses_make_none_and_a_dialog_has_it_wait(visit):
    stage = visit(QUERY)
    stage.wait_for(0)
    play_until(stage, 1)
    for _ in range(20):
        stage.page.keyboard.press("ArrowRight")
    stage.page.wait_for_function("Number(document.querySelector('.status')?.dataset.step) >= 21")
    stage.page.keyboard.press("Space")
    stage.wait_for(holds(stage))
    _a_run_of_the_script_that_nobody_asked_for_makes_no_step(stage)
    _it_waits_while_a_dialog_is_open(stage)


def _a_run_of_the_script_that_nobody_asked_for_makes_no_step(stage):
    """The log switch, Find a token: each runs the script while it plays; the steps stay a quarter of a second apart."""
    page = stage.page
    page.evaluate("""() => {
        window.steps = [];
        const begun = Number(document.querySelector('.status').dataset.step);
        const look = () => {
          const t = Number(document.querySelector('.status')?.dataset.step ?? 0);
          if (t > begun && window.steps.at(-1)?.[0] !== t) window.steps.push([t, performance.now()]);
          window.looking = requestAnimationFrame(look);
        };
        look();
    }""")
    page.keyboard.press("Space")
    page.wait_for_function("window.steps.length")
    for _ in range(6):
        page.get_by_text("log scale").click()
        page.wait_for_timeout(70)
    page.wait_for_function("window.steps.length >= 8")
    page.keyboard.press("Space")
    first, last = page.evaluate("[window.steps[0], window.steps.at(-1)]")
    page.evaluate("cancelAnimationFrame(window.looking)")
    assert (last[1] - first[1]) / 1000 >= 0.25 * (last[0] - first[0] - 1)
    holds(stage)


def _it_waits_while_a_dialog_is_open(stage):
    page = stage.page
    page.locator("[data-press=trained][data-argument='1']").click()
    page.locator("[data-press=text]").wait_for()
    for opener in ("?", ".st-key-find button", "[data-press=text]"):
        play_until(stage, stage.step + 1)
        page.keyboard.press(opener) if opener == "?" else page.locator(opener).click()
        page.get_by_role("dialog").wait_for()
        held = holds(stage)
        page.wait_for_timeout(800)
        assert page.get_by_role("dialog").is_visible(), opener
        assert stage.step == held
        page.keyboard.press("Escape")
        page.get_by_role("dialog").wait_for(state="detached")
