"""The page Many draws in a browser: both views, both languages, progress and Cancel, the way to the stage and back."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run import Run

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


@pytest.mark.parametrize(
    ("language", "dark", "uniform", "again"),
    [
        ("en", False, "At random: all 5,999 alike", "Draw again"),
        ("zh", True, "均匀随机（uniform）：5,999 个机会均等", "重新抽取"),
    ],
)
def test_one_step_answers_why_sample_without_scrolling(draws, language, dark, uniform, again):
    page = draws(f"model={WORD}&seed=5&t=4&n=10000&lang={language}", dark=dark)
    charts = page.locator(".js-plotly-plot .main-svg >> nth=0")
    charts.wait_for()
    assert page.locator(".js-plotly-plot").count() == 3
    assert uniform in page.locator(".way").nth(1).inner_text()
    for first in page.locator(".way .first").all():  # a list that is cut ends in … within sight
        assert first.evaluate("e => e.lastChild.data === '…' && e.scrollHeight <= e.clientHeight")
    assert "ŷ⟨4⟩" in page.locator(".narration").first.inner_text()
    fit = page.locator(".narration.fit")
    assert fit.bounding_box()["y"] + fit.bounding_box()["height"] <= 720
    before = fit.inner_text()
    press(page, again)
    page.wait_for_url("**luck=1*")
    page.wait_for_function("before => document.querySelector('.narration.fit').innerText !== before", arg=before)
    assert address(page)["lang"] == language


def test_a_run_chosen_in_the_table_opens_on_the_stage_and_the_table_waits(draws):
    page = draws(f"model={NAMES}&seed=40&show=runs&runs=100")
    press(page, "Run")
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
    page.get_by_text("100 runs, seeds 40 to 139").wait_for()
    assert page.get_by_role("button", name="Open seed 40 on the stage").count() == 1


def test_cancel_keeps_the_runs_so_far_whatever_the_language_by_then(draws):
    page = draws(f"model={WORD}&show=runs&runs=10000")
    press(page, "Run")
    page.get_by_role("progressbar").wait_for()
    page.locator(".endings").wait_for()
    page.get_by_text("中文", exact=True).click()
    press(page, "取消")
    page.get_by_test_id("stDataFrame").wait_for()
    assert page.get_by_role("progressbar").count() == 0
    met = sum(int(count.replace(",", "")) for count in page.locator(".endings td:nth-child(2)").all_inner_texts())
    assert 0 < met < 10_000


def test_leaving_the_page_cancels(draws):
    page = draws(f"model={WORD}&show=runs&runs=10000")
    press(page, "Run")
    page.locator(".endings").wait_for()
    page.get_by_role("link", name="Score").click()
    page.locator(".totals").first.wait_for()
    page.get_by_role("link", name="Many draws").click()
    page.get_by_test_id("stDataFrame").wait_for()
    assert page.get_by_role("progressbar").count() == 0


def test_a_phone_has_everything_without_scrolling_sideways(draws):
    page = draws(f"model={WORD}&n=1000", width=390, height=844)
    page.locator(".js-plotly-plot .main-svg >> nth=0").wait_for()
    width = "() => document.querySelector('[data-testid=stMain]').scrollWidth"
    assert page.evaluate(width) <= 390
    page = draws(f"model={NAMES}&show=runs&runs=100", width=390, height=844)
    press(page, "Run")
    page.get_by_test_id("stDataFrame").wait_for(timeout=60_000)
    assert page.evaluate(width) <= 390
    for side in (390, 844):
        page.set_viewport_size({"width": side, "height": 1234 - side})
        page.wait_for_function(
            "() => { const e = document.querySelector('.dvn-scroller'); return e && e.scrollWidth <= e.clientWidth; }"
        )


def test_it_works_from_the_keyboard(draws):
    page = draws(f"model={NAMES}&seed=0&show=runs&runs=100")
    page.get_by_role("button", name="Run", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_test_id("stDataFrame").wait_for(timeout=60_000)
    page.get_by_role("button", name="Open seed 0 on the stage").focus()
    page.keyboard.press("Enter")
    page.locator(".status[data-finish]").wait_for()


def test_tokens_that_look_like_markup_are_shown_as_they_are(draws):
    page = draws("model=hostile&n=100&temperature=2&unk=allow")
    page.locator(".js-plotly-plot .main-svg >> nth=0").wait_for()
    assert "<img src=x" in page.locator(".js-plotly-plot").first.text_content()
    page.get_by_text("Many whole runs").click()
    press(page, "Run")
    page.get_by_test_id("stDataFrame").wait_for(timeout=60_000)
    assert page.title() != "broken"
    assert page.locator("img[src=x]").count() == 0
