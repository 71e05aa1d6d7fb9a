"""The address: it holds the run for anyone, adds nothing to the history, and survives nonsense."""

from urllib.parse import urlsplit

from .test_stage import CHAR, WORD

NAMES = "([key, value]) => new URLSearchParams(location.search).get(key) === value"


def test_another_browser_shows_the_same_run_at_the_same_phase(visit):
    stage = visit(f"model={WORD}&seed=11&eos=0&temperature=1.3&t=3&lang=zh&force=2:40&changes=3:top_k:9")
    stage.wait_for(3)
    for phase in ("feed", "predict"):
        stage.page.keyboard.press("ArrowDown")
        stage.page.wait_for_selector(f".status[data-step='4'][data-phase='{phase}']")
    stage.page.wait_for_function(NAMES, arg=["phase", "predict"])
    other = visit(urlsplit(stage.page.url).query)
    other.wait_for(4)
    assert other.phase == "predict"
    assert other.running_text == stage.running_text
    assert other.narration == stage.narration


def test_fifty_steps_add_nothing_to_the_history(visit):
    stage = visit(f"model={CHAR}&limit=60")
    stage.wait_for(0)
    entries = stage.page.evaluate("history.length")
    for _ in range(50):
        stage.page.keyboard.press("ArrowRight")
    stage.wait_for(50)
    stage.page.wait_for_function(NAMES, arg=["t", "50"])
    assert stage.page.evaluate("history.length") == entries


def test_nonsense_is_ignored_with_one_notice_that_can_be_read(visit):
    stage = visit("seed=abc&t=2&phase=draw7&temperature=-4&model=nobody&changes=x&lang=xx")
    stage.wait_for(2)
    assert stage.phase == ""
    notice = stage.page.locator(".notices .notice")
    assert notice.count() == 1
    assert "Ignored in the link" in notice.text_content()


def test_the_address_comes_back_with_the_stage(visit):
    stage = visit(f"model={WORD}&seed=11&eos=0&t=4")
    stage.wait_for(4)
    stage.page.get_by_role("link", name="Score", exact=True).click()
    stage.page.wait_for_function("location.pathname.endsWith('/score')")
    stage.page.locator(".status").wait_for(state="detached")
    stage.page.get_by_role("link", name="Sample", exact=True).click()
    stage.page.wait_for_selector(".status[data-step='4']")
    stage.page.wait_for_function(NAMES, arg=["seed", "11"])
    stage.page.wait_for_function(NAMES, arg=["t", "4"])


def test_back_leads_from_page_to_page_as_they_were(visit):
    stage = visit(f"model={WORD}&seed=11&t=4")
    page = stage.page
    stage.wait_for(4)
    page.get_by_role("link", name="Word vs character").click()
    page.get_by_text("The cost", exact=True).click()
    page.wait_for_function(NAMES, arg=["view", "cost"])
    page.get_by_role("link", name="Many draws").click()
    page.get_by_text("10,000", exact=True).click()
    page.wait_for_function(NAMES, arg=["n", "10000"])
    page.go_back()
    page.wait_for_url("**/compare?*view=cost*")
    page.get_by_text("multiply-adds for your sentence").first.wait_for()
    page.go_back()
    stage.wait_for(4)
    page.wait_for_function(NAMES, arg=["seed", "11"])
    page.go_forward()
    page.get_by_text("multiply-adds for your sentence").first.wait_for()
