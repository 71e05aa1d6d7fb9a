"""Text as phones type it, in a browser: what is read as what is said beside it, and the field keeps what was typed."""

from urllib.parse import quote_plus

from .test_phone import in_chinese

TYPED = "We don’t know — it’s “true”, the pаper."
PAIRS = '’\xa0→\xa0\' · —\xa0→\xa0-- · “\xa0→\xa0" · ”\xa0→\xa0"'


def test_a_text_typed_on_a_phone_is_scored_and_told_in_both_languages(visit):
    page = visit(f"model=speeches-word&text={quote_plus(TYPED)}", path="score", width=390, height=844)
    for language, said in (("en", "read as: "), ("zh", "改读为：")):
        if language == "zh":
            page.emulate_media(color_scheme="dark")
            in_chinese(page)
        narration = page.locator(".narration")
        narration.get_by_text(said + PAIRS).wait_for(timeout=30_000)
        assert "“pаper” [CYRILLIC SMALL LETTER A (U+0430)]" in narration.inner_text()
        page.wait_for_function("typed => document.querySelector('textarea')?.value === typed", arg=TYPED)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
