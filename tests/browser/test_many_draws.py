"""The page Many draws in a browser: both views, both languages, progress and Cancel, the way to the stage and back."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run import Run

from .conftest import RESTS

PRETRAINED = Path(__file__).parents[2] / "pretrained"
WORD, NAMES = "speeches-word", "dinosaurs-gru"


@pytest.fixture
def draws(visit):
    """`draws(query, ...)` opens the page directly."""

    def draws(query="", **screen):
        page = visit(query, path="draws", **screen)
        page.locator(".narration").first.wait_for(timeout=30_000)
        return page

    return draws


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def address(page):
    return {key: value[0] for key, value in parse_qs(urlsplit(page.url).query).items()}


WIDTH = "() => document.querySelector('[data-testid=stMain]').scrollWidth"


def test_one_step_answers_why_sample_without_scrolling_in_both_languages_and_fits_a_phone(draws):
    page = draws(f"model={WORD}&seed=5&t=4&n=10000")
    _one_step(page, "en", "At random: all 5,999 alike", "Draw again", 1)
    page.emulate_media(color_scheme="dark")
    page.get_by_text("中文", exact=True).click()
    page.get_by_role("button", name="重新抽取", exact=True).wait_for()
    _one_step(page, "zh", "均匀随机（uniform）：5,999 个机会均等", "重新抽取", 2)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(f"({WIDTH})() <= 390")


def _one_step(page, language, uniform, again, luck):
    page.locator(".way").nth(1).filter(has_text=uniform).wait_for()
    page.wait_for_function(f"({RESTS})() && document.querySelectorAll('.js-plotly-plot').length === 3")
    for first in page.locator(".way .first").all():  # a list that is cut ends in … within sight
        assert first.evaluate("e => e.lastChild.data === '…' && e.scrollHeight <= e.clientHeight")
    assert "ŷ⟨4⟩" in page.locator(".narration").first.inner_text()
    fit = page.locator(".narration.fit")
    assert fit.bounding_box()["y"] + fit.bounding_box()["height"] <= 720
    before = fit.inner_text()
    press(page, again)
    page.wait_for_url(f"**luck={luck}*")
    page.wait_for_function("before => document.querySelector('.narration.fit').innerText !== before", arg=before)
    assert address(page)["lang"] == language


def test_a_run_chosen_in_the_table_by_mouse_or_keyboard_opens_on_the_stage_and_the_table_waits_and_fits_a_phone(draws):
    page = draws(f"model={NAMES}&seed=40&show=runs&runs=100")
    page.get_by_role("button", name="Run", exact=True).focus()
    page.keyboard.press("Enter")
    table = page.get_by_test_id("stDataFrame")
    table.wait_for(timeout=60_000)
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    page.mouse.click(box["x"] + 18, box["y"] + 36 + 38 * 2 + 19)  # the box at the left of the third row
    page.get_by_role("button", name="Open seed 42 on the stage").click()
    run = Run(LanguageModel.load(PRETRAINED / f"{NAMES}.npz"), Recipe(seed=42, limit=100)).at_end()
    page.locator(f".status[data-step='{len(run.steps)}'][data-finish='{run.finish_reason}']").wait_for()
    assert page.locator(".running .text").text_content() == run.text
    page.get_by_role("link", name="Many draws").click()
    page.locator(".narration").get_by_text("100 runs, seeds 40 to 139").wait_for()
    _fits_a_phone_held_up_or_on_its_side(page)
    opener = page.get_by_role("button", name="Open seed 40 on the stage")
    assert opener.count() == 1
    opener.focus()
    page.keyboard.press("Enter")
    run = Run(LanguageModel.load(PRETRAINED / f"{NAMES}.npz"), Recipe(seed=40, limit=100)).at_end()
    page.locator(f".status[data-step='{len(run.steps)}'][data-finish='{run.finish_reason}']").wait_for()


def _fits_a_phone_held_up_or_on_its_side(page):
    for side in (390, 844):
        page.set_viewport_size({"width": side, "height": 1234 - side})
        page.wait_for_function(
            "() => { const e = document.querySelector('.dvn-scroller'); return e && e.scrollWidth <= e.clientWidth; }"
        )
        page.wait_for_function(f"side => ({WIDTH})() <= side", arg=side)


def test_leaving_the_page_cancels_and_cancel_keeps_the_runs_so_far_whatever_the_language_by_then(draws):
    page = draws(f"model={WORD}&show=runs&runs=10000")
    press(page, "Run")
    page.locator(".endings").wait_for()
    page.get_by_role("link", name="Score").click()
    page.locator(".totals").first.wait_for()
    page.get_by_role("link", name="Many draws").click()
    page.get_by_test_id("stDataFrame").wait_for()
    assert page.get_by_role("progressbar").count() == 0
    press(page, "Run")
    page.get_by_role("progressbar").wait_for()
    page.locator(".endings").wait_for()
    page.get_by_text("中文", exact=True).click()
    press(page, "取消")
    page.get_by_test_id("stDataFrame").wait_for()
    assert page.get_by_role("progressbar").count() == 0
    met = sum(int(count.replace(",", "")) for count in page.locator(".endings td:nth-child(2)").all_inner_texts())
    assert 0 < met < 10_000


@pytest.mark.parametrize("pause", [20, 35, 50])
def test_a_choice_made_while_the_page_is_still_being_drawn_stays(new_tab, server, pause):
    page = new_tab()
    page.goto(f"{server}draws?model=dinosaurs-gru&seed=1&t=3")
    page.get_by_text("Many whole runs").wait_for()
    page.evaluate(
        """(pause) => {
          const buttons = [...document.querySelectorAll(".stButtonGroup button")];
          const press = (name) => buttons.find((one) => one.innerText.trim() === name).click();
          press("100");
          setTimeout(() => press("Many whole runs"), pause);
        }""",
        pause,
    )
    run = page.get_by_role("button", name="Run", exact=True)
    run.wait_for()
    page.wait_for_timeout(400)
    assert page.get_by_role("radio", name="Many whole runs").is_checked()
    run.click()
    page.get_by_test_id("stDataFrame").wait_for(timeout=30_000)
