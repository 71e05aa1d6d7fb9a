"""Character mode: spaces and line ends can be seen, the text looks as written, and Chinese has a font."""

from .test_stage import CHAR, first_run

POEM = "tang-char"


def test_spaces_and_line_ends_are_seen_and_the_text_looks_as_written(visit):
    run = first_run(CHAR, lambda run: "\n" in run.with_limit(60).at_end().text).with_limit(60).at_end()
    stage = visit(f"model={CHAR}&seed={run.recipe.seed}&limit=60&t=60")
    stage.wait_for(60)
    tokens = stage.page.locator(".stage.run .chip .token").all_text_contents()
    assert tokens == [{" ": "␣", "\n": "↵"}.get(letter, letter) for letter in run.text]
    assert stage.running_text == run.text


def test_a_text_keeps_the_line_ends_at_its_own_ends(visit):
    stage = visit(f"model={CHAR}&prompt=%0AO%0A&t=3")
    stage.wait_for(3)
    assert stage.running_text == "\nO\n"


def test_the_alphabet_unfolds_and_find_stays_above_the_fold(visit):
    stage = visit(f"model={CHAR}")
    stage.wait_for(0)
    find = stage.page.locator(".st-key-find").bounding_box()
    assert find["y"] + find["height"] <= 720
    stage.page.get_by_text("The alphabet: ").click()
    assert stage.page.locator(".alphabet").inner_text().startswith("↵ ␣ !")


def test_chinese_characters_have_a_font_that_has_them(visit):
    stage = visit(f"model={POEM}&t=4&lang=zh&seed=2")
    stage.wait_for(4)
    token = stage.page.locator(".stage.run .chip .token").first
    letter = token.inner_text()
    assert "一" <= letter <= "鿿"
    widths = token.evaluate(
        """(token, letters) => { const pen = document.createElement('canvas').getContext('2d');
           pen.font = getComputedStyle(token).font; return letters.map(letter => pen.measureText(letter).width); }""",
        [letter, "一", "\U0010fffd"],
    )
    size = float(token.evaluate("token => parseFloat(getComputedStyle(token).fontSize)"))
    assert widths[0] == widths[1]  # as wide as high; the box of a missing letter is not
    assert abs(widths[0] - size) < 0.1 < abs(widths[2] - size)
