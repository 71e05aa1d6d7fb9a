"""The page "Word vs character" in a browser, in both languages."""

import pytest

PAIR = "word=speeches-word&char=shakespeare-char"


@pytest.fixture
def visit_page(visit):
    """`visit_page(query, ...)` opens the page directly."""

    def visit_page(query="", **screen):
        page = visit(query, path="compare", **screen)
        page.locator(".claims").wait_for(timeout=30_000)
        return page

    return visit_page


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def figures(page):
    """(tokens, characters, milliseconds) of the word model and of the character model."""
    return [[float(each.replace(",", "")) for each in track.locator(".figures b").all_inner_texts()]
            for track in page.locator(".track").all()]  # fmt: skip


def step_of(page):
    return int(page.locator(".status[data-step]").get_attribute("data-step"))


def wait_for_step(page, least):
    page.wait_for_function(
        "least => Number(document.querySelector('.status[data-step]')?.dataset.step) >= least", arg=least
    )


def test_one_step_button_moves_both_and_they_run_until_both_have_ended_also_when_opened_on_the_stage(visit_page):
    page = visit_page(f"{PAIR}&seed=3")
    _the_words_stand_right_above_their_characters(page)
    assert figures(page) == [[0, 0, 0], [0, 0, 0]]
    press(page, "Step")
    page.locator('.status[data-step="1"]').wait_for()
    assert [row[0] for row in figures(page)] == [1, 1]
    assert all(row[2] > 0 for row in figures(page))
    page.get_by_text("中文", exact=True).click()
    press(page, "到结尾")
    page.locator('.track.word[data-finish="eos"], .track.word[data-finish="length"]').wait_for()
    page.locator('.track.char[data-finish="length"]').wait_for()
    assert figures(page)[1][:2] == [360, 360]
    assert page.get_by_role("button", name="单步", exact=True).is_disabled()
    page.get_by_text("EN", exact=True).click()
    press(page, "Reset")
    _open_on_the_stage_shows_the_same_run(page)


def _the_words_stand_right_above_their_characters(page):
    for block in page.locator(".cuts > span").all():
        word, letters = block.locator("b"), block.locator("i").all()
        if not word.inner_text() or not letters:
            continue
        box, first, last = word.bounding_box(), letters[0].bounding_box(), letters[-1].bounding_box()
        assert abs(box["x"] - first["x"]) < 4
        assert abs(box["x"] + box["width"] - last["x"] - last["width"]) < 4
    assert page.locator(".cuts").evaluate("e => e.getBoundingClientRect().height") < 80  # one line on a projector


def _open_on_the_stage_shows_the_same_run(page):
    for step in (1, 2, 3):
        press(page, "Step")
        page.locator(f'.status[data-step="{step}"]').wait_for()
    tokens = page.locator(".track.word .chips span").all_inner_texts()
    page.locator(".track.word").get_by_role("link", name="Open on the stage").click()
    page.locator(".stage.run").wait_for(timeout=30_000)
    page.locator('.status[data-step="3"]').wait_for()
    text = page.locator(".running .text").text_content()
    assert all(token in text for token in tokens)


def test_play_goes_on_by_itself_in_the_other_language_too_and_to_leave_the_page_is_to_stop(visit_page):
    page = visit_page(PAIR)
    press(page, "Play")
    wait_for_step(page, 3)
    page.get_by_role("link", name="Sample", exact=True).click()
    page.locator(".stage.run").wait_for()
    page.get_by_role("link", name="Word vs character").click()
    page.locator(".track.char").wait_for()
    at = step_of(page)
    page.wait_for_timeout(1500)
    assert at >= 3
    assert step_of(page) == at
    assert page.get_by_role("button", name="Play", exact=True).is_enabled()
    press(page, "Play")
    wait_for_step(page, at + 1)
    page.get_by_text("中文", exact=True).click()
    page.get_by_role("button", name="暂停", exact=True).wait_for()
    wait_for_step(page, step_of(page) + 3)


def test_a_sentence_typed_is_cut_at_once_and_stands_in_the_address_and_no_view_is_wider_than_a_phone(visit_page):
    page = visit_page(PAIR, width=390, height=844)
    for place, sign in enumerate((".track", ".track table", ".js-plotly-plot .main-svg", "table.compared")):
        page.locator(".st-key-setting_compare_view button").nth(place).click()
        page.locator(sign).first.wait_for(state="attached")
        # a chart is painted in its first size before it is fitted
        page.wait_for_function("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.stMain'))")
    field = page.get_by_role("textbox", name="Your sentence")
    field.fill("<img src=x onerror=document.title='broken'> $x$ Mau")
    field.press("Enter")
    page.locator(".cuts").get_by_text("$", exact=True).first.wait_for()
    assert page.title() != "broken"
    page.wait_for_url("**sentence=*")
    page.reload()
    page.locator(".claims").wait_for()
    page.wait_for_function("document.querySelector('.stMain input')?.value.endsWith('$x$ Mau')")


def test_the_past_from_its_address_and_mau_in_the_other_language(visit_page):
    page = visit_page(f"{PAIR}&view=past&k=2")
    page.locator(".js-plotly-plot .main-svg").first.wait_for(state="attached")
    assert "with the last 2 alone" in page.locator(".said").last.inner_text()
    page.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_text("with the last 4 alone").first.wait_for()
    page.wait_for_url("**compare?*lang=en*")
    page.locator(".st-key-setting_compare_view button").nth(1).click()
    page.get_by_text("中文", exact=True).click()
    page.locator(".track.word").get_by_text("并不是 P(“Mau”)").wait_for()
    assert "P(u | Ma)" in page.locator(".track.char").inner_text()
    page.wait_for_url("**compare?*view=name*")
