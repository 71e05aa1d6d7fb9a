"""A page whose server was replaced goes on where it stood, whatever address it was opened with."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from .app_server import serving
from .conftest import ROOT

WORD = "speeches-word"
STEPS = {"stage": 6, "plain": 2}  # when the server is replaced
KEPT = "[history.length, document.documentElement.lang, document.title]"
MOST = 10_000  # milliseconds until it goes on
OPENED = {  # page -> the link it is opened with
    "stage": f"?lang=en&model={WORD}&seed=11&eos=0&t=4&embed=true",
    "plain": "",
    "score": "score?text=We+are+here.",
    "compare": "compare?view=cost&name=Bob",
    "draws": "draws?show=runs&t=3",
}


def step(page, until):
    while int(page.locator(".status").get_attribute("data-step")) < until:
        now = int(page.locator(".status").get_attribute("data-step"))
        page.keyboard.press("ArrowRight")
        page.wait_for_selector(f".status[data-step='{now + 1}']")


def act(name, page):
    """Something that the address at load does not say."""
    if name in ("stage", "plain"):
        page.wait_for_selector(".stage.run .chip")
        step(page, STEPS[name])
        if name == "stage":
            page.get_by_text("中文", exact=True).click()
            page.get_by_role("button", name="单步").wait_for()
    elif name == "score":
        text = page.locator(".st-key-setting_score_text_0 textarea")
        text.fill("We are free.")
        text.press("Control+Enter")
        page.wait_for_function("location.search.includes('free')")
    elif name == "compare":
        page.get_by_text("Side by side", exact=True).click()
        page.wait_for_function("!location.search.includes('cost')")
        page.get_by_role("button", name="Step").click()
        page.locator(".status[data-step='1']").wait_for()
    else:
        page.get_by_text("100", exact=True).click()
        page.wait_for_function("location.search.includes('runs=100')")
    page.wait_for_timeout(500)  # an address is written at most every 400 ms


@pytest.fixture(scope="module")
def replaced(browser, tmp_path_factory):
    """The pages after their server was started anew, and the addresses that they had before."""
    log = tmp_path_factory.mktemp("replaced") / "server.log"
    context = browser.new_context(locale="en-US")
    context.set_default_timeout(60_000)
    pages = {}
    with serving(ROOT / "app.py", log) as url:
        for name, link in OPENED.items():
            pages[name] = context.new_page()
            pages[name].goto(url + link)
            act(name, pages[name])
    before = {name: page.url for name, page in pages.items()}
    kept = {name: page.evaluate(KEPT) for name, page in pages.items()}
    with serving(ROOT / "app.py", log, int(urlsplit(url).port)):
        for page in pages.values():
            page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", timeout=30_000)
        yield pages, before, kept
        context.close()


@pytest.mark.parametrize("name", OPENED)
def test_the_address_stays_and_the_first_press_acts(replaced, name):
    pages, before, kept = replaced
    page = pages[name]
    page.bring_to_front()
    page.wait_for_timeout(1500)  # what would write another address has had the time to
    assert parse_qs(urlsplit(page.url).query) == parse_qs(urlsplit(before[name]).query)
    assert page.evaluate(KEPT) == kept[name]
    if name in ("stage", "plain"):
        assert page.locator(".status").get_attribute("data-step") == str(STEPS[name])
        page.locator(".st-key-control_step button:visible").click()
        page.wait_for_selector(f".status[data-step='{STEPS[name] + 1}']", timeout=MOST)
    elif name == "score":
        assert page.locator(".st-key-setting_score_text_0 textarea").input_value() == "We are free."
        page.locator(".cards button").nth(2).click()
        page.wait_for_selector(".status[data-step='3']", timeout=MOST)
    elif name == "compare":
        page.get_by_role("button", name="Step").click()
        page.locator(".status[data-step='1']").wait_for(timeout=MOST)
    else:
        page.locator(".st-key-draws_start button:visible").click()
        page.get_by_text(re.compile("of 100 runs|100 runs, seeds")).first.wait_for(timeout=MOST)
