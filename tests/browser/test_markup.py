"""Tokens that look like markup or like Markdown are shown as they are, wherever they stand."""

import re

from .conftest import MARKDOWN_TOKENS

IMAGE = "<img src=x onerror"


def test_tokens_that_look_like_markup_are_shown_as_they_are_on_every_page(visit):
    stage = visit("model=hostile&seed=1&t=4&eos=0&unk=allow&limit=40&force=3:2,4:5")
    stage.wait_for(4)
    _in_the_panels(stage)
    _in_the_search(stage)
    stage.press("To the end")
    stage.wait_for(40, finish="length")
    assert f"{IMAGE}=" in stage.running_text
    assert f"{IMAGE}=" in stage.page.locator(".stage.run").inner_text()
    assert "$\\LaTeX$" in stage.page.locator(".stage.run").inner_text()
    _on_score(stage.page)
    _in_many_draws(stage.page)
    assert stage.page.title() != "broken"
    assert stage.page.locator("img[src=x]").count() == 0


def _in_the_panels(stage):
    for which in (0, 1, 2):
        stage.page.locator(".st-key-panel button").nth(which).click()
        stage.page.wait_for_timeout(800)
    assert stage.page.title() != "broken"
    assert "<img src…" in stage.page.locator(".st-key-panel_inside").text_content()
    assert IMAGE in stage.page.locator(".one-hot").inner_text()


def _in_the_search(stage):
    stage.press("Find a token")
    typed = stage.page.get_by_placeholder("Find a token")
    typed.fill("<img")
    stage.page.get_by_test_id("stRadio").get_by_role("radio", name="<EOS>").wait_for(state="detached")
    stage.page.get_by_role("radio", name=IMAGE).wait_for()
    stage.press("Pin as a bar")
    stage.page.get_by_test_id("stPopoverBody").get_by_role("button", name="<img src=x").wait_for()
    for part, token in (("**", "**md**"), ("$", "$\\LaTeX$")):
        typed.fill(part)
        stage.page.get_by_role("radio", name=token).wait_for()
    assert stage.page.title() != "broken"
    stage.page.keyboard.press("Escape")


def _on_score(page):
    page.get_by_role("link", name="Score").click()
    field = page.locator(".st-key-setting_score_text_0 textarea")
    field.fill("<img src=x onerror=document.title='broken'> $\\LaTeX$ **md** &amp;")
    field.press("Control+Enter")
    page.locator(".text [data-place='0'] .token", has_text=re.compile("^<")).wait_for()
    page.locator(".text [data-place='3']").wait_for()
    assert page.title() != "broken"
    assert page.locator(".narration img, .card img").count() == 0


def _in_many_draws(page):
    page.get_by_role("link", name="Many draws").click()
    page.get_by_text("100", exact=True).click()
    page.locator(".js-plotly-plot .main-svg >> nth=0").wait_for()
    assert "<img src=x" in page.locator(".js-plotly-plot").first.text_content()
    page.get_by_text("Many whole runs").click()
    page.get_by_role("button", name="Run", exact=True).click()
    page.get_by_test_id("stDataFrame").wait_for(timeout=60_000)


def test_a_token_or_a_name_is_never_markdown(visit):
    stage = visit("model=mine-char--lstm&seed=1&eos=0&t=1")
    page = stage.page
    stage.wait_for(1)
    assert page.locator(".st-key-models button").inner_text().startswith("mine-char--lstm")
    page.get_by_role("button", name="Find a token").click()
    typed = page.get_by_role("textbox", name="Find a token of this vocabulary")
    for token in MARKDOWN_TOKENS:
        typed.fill(token)
        page.get_by_role("dialog").locator("label", has_text=token).first.wait_for()
    typed.fill("--")
    page.get_by_role("dialog").locator("label", has_text="--").first.wait_for()
    page.get_by_role("button", name="Pin as a bar").click()
    page.get_by_role("button", name="-- ✕").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Score").click()
    page.locator(".st-key-setting_score_model_0").wait_for()
    assert page.locator(".st-key-setting_score_model_0 input").input_value() == "mine-char--lstm"
