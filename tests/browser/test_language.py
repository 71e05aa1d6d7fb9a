"""The language switch in a browser, which goes on sending what was chosen by its label in the language before."""


def test_what_was_chosen_stays_when_the_language_changes_and_the_page_and_its_title_follow(visit):
    stage = visit("lang=en")
    page = stage.page
    html = page.locator("html")
    assert (html.get_attribute("lang"), page.title()) == ("en", "Sampling novel sequences")
    page.locator(".st-key-models button").first.click()
    page.get_by_text("Basic English · words").last.click()
    page.wait_for_url("**model=basic-english-word**")
    page.keyboard.press("Escape")
    page.locator(".st-key-setting_unk input").click()
    page.get_by_role("option", name="Keep").click()
    page.wait_for_url("**unk=allow**")
    stage.press("Step")
    stage.wait_for(1)
    page.get_by_text("中文", exact=True).click()
    page.wait_for_url("**lang=zh**")
    page.get_by_role("button", name="单步").wait_for()
    stage.wait_for(1)
    page.wait_for_function("() => document.documentElement.lang === 'zh-CN'")
    page.wait_for_function("title => document.title === title", arg=page.locator("h1.title").inner_text())
    stage.press("单步")
    stage.wait_for(2)
    page.wait_for_url("**t=2&**")
    assert page.locator(".notices .notice").all_inner_texts() == []
    assert "model=basic-english-word" in page.url
    assert "unk=allow" in page.url
