"""The language switch in a browser, which goes on sending what was chosen by its label in the language before."""


def test_what_was_chosen_in_one_language_stays_when_the_language_changes(visit):
    stage = visit("lang=en")
    page = stage.page
    page.locator(".st-key-models button").first.click()
    page.get_by_text("Basic English · words").last.click()
    page.wait_for_url("**model=basic-english-word**")
    page.keyboard.press("Escape")
    page.locator(".st-key-setting_unk input").click()
    page.get_by_role("option", name="Keep").click()
    page.wait_for_url("**unk=allow**")
    page.get_by_text("中文", exact=True).click()
    page.wait_for_url("**lang=zh**")
    stage.press("单步")
    stage.wait_for(1)
    page.wait_for_url("**t=1&**")
    assert page.locator(".notices .notice").all_inner_texts() == []
    assert "model=basic-english-word" in page.url
    assert "unk=allow" in page.url
