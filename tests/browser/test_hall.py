"""The hall: `.deploy/hall` with the real balancer, and what visitors notice when one of its two processes is killed."""

import asyncio
import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import websockets
from visitor import Visitor

from .hall_server import HAPROXY, hall_of

VISITORS, MOST = 20, 10  # seconds until everybody goes on


def alone(coroutine):
    """Its result, from a thread of its own: in this one, Playwright's loop may be running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


@pytest.fixture(scope="module", autouse=True)
def balancer():
    """HAProxy, without which these tests skip, or fail where REQUIRE_BROWSER asks for all."""
    if HAPROXY is None:
        reason = "HAProxy is not installed (apt-get install haproxy)"
        pytest.fail(reason) if os.environ.get("REQUIRE_BROWSER") else pytest.skip(reason)


@pytest.fixture(scope="module")
def hall(balancer, tmp_path_factory):
    with hall_of(2, tmp_path_factory.mktemp("hall") / "hall.log") as hall:
        yield hall


def cookie(hall):
    """A cookie of affinity, as the first page brings it to a browser."""
    return hall.get()[1]["Set-Cookie"].split(";")[0]


# --- the balancer


def test_it_says_the_address_to_project(hall):
    assert re.search(rf"Everyone opens +http://[\w.]+:{urlsplit(hall.url).port}\n", hall.said)


def test_under_nohup_it_outlives_its_terminal(hall):
    hall.process.send_signal(signal.SIGHUP)
    time.sleep(1)
    assert "\nends\n" not in hall.said  # it does at an interrupt, with which these tests leave it


def test_visitors_stay_with_their_process_and_new_ones_are_spread(hall):
    cookies = {cookie(hall) for _ in range(8)}
    assert len(cookies) == 2
    for one in cookies:
        assert hall.get(Cookie=one)[1]["Set-Cookie"] is None  # who has one keeps it


def test_pages_of_other_origins_open_nothing(hall):
    for foreign in ("https://evil.example", "null", f"http://127.0.0.1.evil.example:{urlsplit(hall.url).port}"):
        assert hall.get("_stcore/health", Origin=foreign)[0] == 403
        with pytest.raises(websockets.InvalidStatus, match="403"):
            alone(_connect(hall.url, foreign))
    assert hall.get("_stcore/health", Origin=hall.url)[0] == 200


async def _connect(url, origin):
    await websockets.connect(url.replace("http", "ws") + "/_stcore/stream", origin=origin, subprotocols=["streamlit"])


@pytest.mark.parametrize("path", ["_stcore/metrics", "_stcore/%6detrics", "sample/_stcore/metrics"])
def test_what_is_measured_inside_is_not_told_outside(hall, path):
    assert hall.get(path)[0] == 404


def test_answers_say_what_browsers_may_do_with_them(hall):
    headers = hall.get()[1]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors" not in headers["Content-Security-Policy"]  # slides embed it
    assert headers["Server"] is None


# --- a process dies


async def visit(url, number, ready, killed):
    """Step before and after; whether this was a visitor of the process that was killed, and the seconds until back."""
    one = await Visitor.enter(url, f"model=speeches-word&seed={number}&eos=0&limit=100")
    for _ in range(3):
        await one.press("control_step")
    tokens, link = one.tokens, one.stage["query"]
    await ready.wait()
    await killed.wait()
    begun = time.monotonic()
    try:
        await one.press("control_step")
        moved, tokens = False, one.tokens
    except websockets.ConnectionClosed:
        moved, one = True, await _back(url, link)
    assert one.tokens == tokens
    seconds = time.monotonic() - begun
    await one.press("control_step")
    assert one.step == len(one.tokens) == len(tokens) + 1
    assert one.tokens[:-1] == tokens
    assert not one.exceptions
    await one.leave()
    return moved, seconds


async def _back(url, link):
    """Try until somebody answers, as a browser does; the page tells the address that it shows."""
    while True:
        try:
            return await Visitor.enter(url, link)
        except (OSError, websockets.WebSocketException):
            await asyncio.sleep(0.2)


async def lesson(hall):
    """Twenty visitors, and the first process killed while they are there."""
    ready, killed = asyncio.Barrier(VISITORS + 1), asyncio.Event()
    visits = [asyncio.create_task(visit(hall.url, number, ready, killed)) for number in range(VISITORS)]
    together = asyncio.gather(*visits)
    await asyncio.wait([asyncio.create_task(ready.wait()), together], return_when=asyncio.FIRST_COMPLETED)
    os.kill(hall.pids[1], signal.SIGKILL)
    killed.set()
    return await together


def test_when_a_process_is_killed_everyone_goes_on_with_the_same_tokens(hall):
    before = hall.pids
    moved, seconds = zip(*alone(lesson(hall)), strict=True)
    assert 0 < sum(moved) < VISITORS  # those of the other process have noticed nothing
    assert max(seconds) < MOST, seconds
    hall.wait_for_all()
    assert hall.pids[1] != before[1]  # it was started anew
    assert hall.pids[2] == before[2]
    for pid in hall.pids.values():
        assert b"MALLOC_ARENA_MAX=1" in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")


@pytest.fixture
def page(hall, browser):
    """A page of a browser of its own, which may do all that the balancer's headers say."""
    hall.wait_for_all()
    context, problems = browser.new_context(locale="en-US"), []
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("console", lambda message: problems.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert problems == []


def test_the_headers_forbid_nothing_and_a_page_opened_by_a_link_goes_on_when_its_process_is_killed(hall, page):
    page.goto(f"{hall.url}/?model=speeches-word&seed=11&eos=0&t=4")
    page.wait_for_selector(".stage.run .chip")
    page.get_by_role("link", name="Score").click()
    page.wait_for_selector(".cards button", state="attached")
    page.get_by_role("link", name="Many draws").click()
    page.get_by_text("Many whole runs").click()
    page.get_by_text("100", exact=True).click()
    page.locator(".st-key-draws_start button:visible").click()
    page.wait_for_selector("[data-testid=stDataFrame] canvas", state="attached")
    page.get_by_role("link", name="Sample", exact=True).click()
    _goes_on_when_its_process_is_killed(hall, page)


def _goes_on_when_its_process_is_killed(hall, page):
    page.wait_for_selector(".stage.run .chip")
    for t in (5, 6):
        page.keyboard.press("ArrowRight")
        page.wait_for_selector(f".status[data-step='{t}']")
    page.wait_for_url("**&t=6&**")
    page.wait_for_selector(".js-plotly-plot .main-svg", state="attached")
    text = page.locator(".running .text").text_content()
    theirs = next(number for number, count in hall.sessions().items() if count)
    os.kill(hall.pids[theirs], signal.SIGKILL)
    page.wait_for_selector("[data-testid=stApp]:not([data-test-connection-state=CONNECTED])", state="attached")
    page.wait_for_selector("[data-testid=stApp][data-test-connection-state=CONNECTED]", state="attached")
    begun = time.monotonic()
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(".status[data-step='7']")
    assert time.monotonic() - begun < MOST
    assert page.locator(".running .text").text_content().startswith(text)
    page.wait_for_url("**&t=7&**")
