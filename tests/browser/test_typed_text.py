"""Text as phones type it, in a browser: what is read as what is said beside it, and the field keeps what was typed."""

from urllib.parse import quote_plus

import pytest

TYPED = "We don’t know — it’s “true”"
PAIRS = '’\xa0→\xa0\' · —\xa0→\xa0-- · “\xa0→\xa0" · ”\xa0→\xa0"'


def test_a_prompt_typed_on_a_phone_is_fed_and_told(visit):
    page = visit(f"model=speeches-word&prompt={quote_plus(TYPED)}").page
    page.get_by_text(f"read as: {PAIRS}").wait_for()
    assert page.get_by_label("Prompt", exact=True).input_value() == TYPED
    assert page.get_by_text("fed as <UNK>").count() == 0


@pytest.mark.parametrize(("language", "said", "dark"), [("en", "read as: ", False), ("zh", "改读为：", True)])
def test_a_text_typed_on_a_phone_is_scored_and_told(visit, language, said, dark):
    text = f"{TYPED}, the pаper."
    page = visit(
        f"lang={language}&model=speeches-word&text={quote_plus(text)}", path="score", width=390, height=844, dark=dark
    )
    narration = page.locator(".narration")
    narration.get_by_text(said + PAIRS).wait_for(timeout=30_000)
    assert "“pаper” [CYRILLIC SMALL LETTER A (U+0430)]" in narration.inner_text()
    assert page.get_by_role("textbox").first.input_value() == text
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
