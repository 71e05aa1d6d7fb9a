"""The address: it holds the run for anyone, adds nothing to the history, and survives nonsense."""

from urllib.parse import urlsplit

from .test_stage import WORD

NAMES = "([key, value]) => new URLSearchParams(location.search).get(key) === value"
NOT_OURS = ("embed=true", "embed_options=light_theme", "embed_options=show_padding", "course=dl5")
APART = """([kept, notice]) => {
  const was = notice.hidden;
  notice.hidden = false;
  const [a, b] = [document.querySelector(kept), notice].map((one) => one.getBoundingClientRect());
  notice.hidden = was;
  return a.bottom <= b.top || b.bottom <= a.top || a.right <= b.left || b.right <= a.left;
}"""


def test_another_browser_shows_the_same_run_at_the_same_phase_in_a_language_named_as_browsers_do(visit):
    stage = visit(f"model={WORD}&seed=11&eos=0&temperature=1.3&t=3&lang=zh-CN&force=2:40&changes=3:top_k:9")
    stage.wait_for(3)
    stage.page.get_by_role("button", name="单步").wait_for()
    assert stage.page.locator(".notices .notice").count() == 0
    for phase in ("feed", "predict"):
        stage.page.keyboard.press("ArrowDown")
        stage.page.wait_for_selector(f".status[data-step='4'][data-phase='{phase}']")
    stage.page.wait_for_function(NAMES, arg=["phase", "predict"])
    other = visit(urlsplit(stage.page.url).query)
    other.wait_for(4)
    assert other.phase == "predict"
    assert other.running_text == stage.running_text
    assert other.narration == stage.narration


def test_fast_presses_all_count_add_nothing_to_the_history_keep_what_is_not_ours_and_survive_a_reload(visit):
    stage = visit(f"model={WORD}&seed=11&eos=0&limit=60&{'&'.join(NOT_OURS)}")
    stage.wait_for(0)
    entries = stage.page.evaluate("history.length")
    for _ in range(50):
        stage.page.keyboard.press("ArrowRight")
    stage.wait_for(50)
    text = stage.running_text
    stage.page.wait_for_function(NAMES, arg=["t", "50"])
    stage.page.wait_for_function(NAMES, arg=["seed", "11"])
    assert stage.page.evaluate("history.length") == entries
    assert [part for part in NOT_OURS if part not in stage.page.url] == []
    stage.page.reload()
    stage.page.wait_for_selector(".status[data-step='50']")
    stage.wait_for(50)
    assert stage.running_text == text
    assert "embed=true" in stage.page.url


def test_nonsense_is_ignored_with_one_notice_that_covers_nothing_and_goes_by_itself(visit):
    stage = visit("seed=abc&t=2&phase=draw7&temperature=-4&model=nobody&changes=x&lang=xx&top_k=x", path="sample")
    stage.wait_for(2)
    assert stage.phase == ""
    notice = stage.page.locator(".notices .notice")
    assert notice.count() == 1
    said = notice.text_content()
    assert "Ignored in the link" in said
    assert "seed=abc" in said
    assert "and 2 more" in said
    box = notice.element_handle()
    for width, height in ((1280, 720), (390, 844)):
        stage.page.set_viewport_size({"width": width, "height": height})
        for kept in ("h1.title", ".st-key-control_step button", "[data-testid=stToolbar]"):
            assert stage.page.evaluate(APART, [kept, box]), (kept, width)
    notice.wait_for(state="hidden", timeout=9_000)


def test_the_stage_has_a_path_of_its_own_and_its_address_comes_back_with_it_from_other_pages(visit):
    stage = visit(f"model={WORD}&seed=11&t=3", path="sample")
    page = stage.page
    stage.wait_for(3)
    assert page.get_by_text("Page not found").count() == 0
    page.keyboard.press("ArrowRight")
    stage.wait_for(4)
    page.wait_for_function(NAMES, arg=["t", "4"])
    page.get_by_role("link", name="Score", exact=True).click()
    page.wait_for_function("location.pathname.endsWith('/score')")
    page.locator(".status").wait_for(state="detached")
    page.get_by_role("link", name="Sample", exact=True).click()
    page.wait_for_selector(".status[data-step='4']")
    page.wait_for_function(NAMES, arg=["seed", "11"])
    page.wait_for_function(NAMES, arg=["t", "4"])
    _back_leads_from_page_to_page_as_they_were(stage)


def _back_leads_from_page_to_page_as_they_were(stage):
    page = stage.page
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
