"""The page Score in a browser: cards by mouse and keyboard, the address, both languages, phone and projector."""

from pathlib import Path
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest

from engine.figures.labels import percent
from engine.model import LanguageModel
from engine.scoring import read

PRETRAINED = Path(__file__).parents[2] / "pretrained"
WORD, CHAR = "speeches-word", "shakespeare-char"
TEXT = "We want peace."
FIELD = ".st-key-setting_score_text_0 textarea"  # of the page Score


@pytest.fixture
def score(visit):
    """`score(query, ...)` opens the page directly."""

    def score(query="", **screen):
        page = visit(query, path="score", **screen)
        page.locator(".text").first.wait_for(state="attached", timeout=30_000)
        return page

    return score


def card(page, place, side=0):
    return page.locator(".text").nth(side).locator(f"[data-place='{place}']")


def query(page):
    return {key: value[0] for key, value in parse_qs(urlsplit(page.url).query).items()}


def test_a_press_on_a_token_by_mouse_or_keyboard_opens_the_stage_there_and_the_text_waits(score):
    scores = read(LanguageModel.load(PRETRAINED / f"{WORD}.npz"), TEXT).scores
    page = score(f"model={WORD}&text={quote_plus(TEXT)}")
    last = card(page, 4).bounding_box()
    assert last["y"] + last["height"] <= 720  # a sentence is seen without scrolling
    for language, title in (("en", "Score"), ("zh", "打分")):
        if language == "zh":
            page.get_by_text("中文", exact=True).click()
        page.get_by_role("link", name=title).wait_for()
        assert card(page, 2).locator(".prob").inner_text() == percent(scores[2].prob)
        card(page, 2).click()
        page.locator(".status[data-step='3'][data-phase='predict']").wait_for()
        page.wait_for_url("**/?*prompt=We+want+*")
        assert query(page)["lang"] == language
        page.get_by_role("link", name=title).click()
        card(page, 2).wait_for()
        page.wait_for_function("text => document.querySelector('.stMain textarea')?.value === text", arg=TEXT)
        page.wait_for_url("**/score?*text=We+want+peace%2E")
    _the_cards_are_one_stop_of_the_tab_key_and_the_arrows_walk_them(page)


def _the_cards_are_one_stop_of_the_tab_key_and_the_arrows_walk_them(page):
    assert page.locator(".card[tabindex='0']").count() == 1
    card(page, 0).focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home", "ArrowRight"):
        page.keyboard.press(key)
    assert card(page, 1).evaluate("e => e.getRootNode().activeElement === e")
    page.keyboard.press("Enter")
    page.locator(".status[data-step='2'][data-phase='predict']").wait_for()


def test_a_typed_text_is_scored_and_the_address_is_this_page_again(score):
    page = score(f"model={CHAR}")
    field = page.locator(FIELD)
    field.fill("Sing, my lord")
    field.press("Control+Enter")
    card(page, 12).wait_for()
    page.wait_for_url("**text=Sing%2C+my+lord")
    entries = page.evaluate("history.length")
    page.reload()
    card(page, 12).wait_for()
    assert page.locator(FIELD).input_value() == "Sing, my lord"
    assert page.evaluate("history.length") == entries
    field = page.locator(FIELD)
    field.fill("Sing, 東")
    field.press("Control+Enter")
    page.get_by_text("this vocabulary has no “東”").wait_for()
    card(page, 0).wait_for(state="detached")
    assert page.locator(".card").count() == 0


def test_two_texts_fit_a_projector_and_a_phone(score):
    page = score(f"model={WORD}&text={quote_plus(TEXT)}&model2={CHAR}&text2=Peace")
    card(page, 4, side=1).wait_for()
    for width, height in ((1280, 720), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.stMain'))")
        for place in range(4):  # none stands out of its column
            box, column = card(page, place).bounding_box(), page.locator(".text").first.bounding_box()
            assert box["x"] + box["width"] <= column["x"] + column["width"] + 1
