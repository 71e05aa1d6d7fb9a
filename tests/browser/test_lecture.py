"""The lecture kit in a browser: presenter mode, the tour by remote and by thumb, QR code and speaker's window."""

import io
from urllib.parse import urlsplit

import pytest

from engine.ui.tour.stops import tour

FITS = """() => { const main = document.querySelector(".stMain");
  return main.scrollHeight <= main.clientHeight && document.documentElement.scrollWidth <= innerWidth; }"""
TYPE = "() => parseFloat(getComputedStyle(document.documentElement).fontSize)"
CURTAIN = "() => [...document.body.children].some(one => one.style.zIndex === '2000000')"


def shows(page, place, answered):
    """Until the page shows this stop, and its answer or not."""
    page.wait_for_function(
        """([start, answered]) => document.querySelector(".stop .place")?.innerText.startsWith(start) &&
          Boolean(document.querySelector(".stop .answer")) === answered""",
        arg=[f"Stop {place} of", answered],
    )


def test_a_lecture_presented_blanked_followed_by_the_speaker_and_scanned(visit):
    zxingcpp = pytest.importorskip("zxingcpp")
    image_of = pytest.importorskip("PIL.Image")
    stage = visit("model=speeches-word&seed=1158&t=4&phase=draw1")
    page = stage.page
    usual = page.evaluate(TYPE)
    page.keyboard.press("p")
    page.locator(".stSidebar").wait_for(state="hidden")
    for width, height in ((1280, 720), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(FITS)
        assert page.evaluate(TYPE) > usual * width / 1280
        assert not page.locator(".stAppHeader").is_visible()
        edge = page.locator(".narration").bounding_box()
        assert edge["y"] + edge["height"] <= height
    page.keyboard.press("b")
    assert page.evaluate(CURTAIN)
    page.keyboard.press("ArrowRight")
    page.keyboard.press(".")
    assert not page.evaluate(CURTAIN)
    assert stage.phase == "draw"  # nothing moved behind it
    page.mouse.move(600, 300)
    page.mouse.move(640, 320)
    page.locator("html.idle").wait_for(state="attached", timeout=6_000)
    assert page.locator(".chip").first.evaluate("one => getComputedStyle(one).cursor") == "none"
    page.mouse.move(600, 300)
    page.locator("html:not(.idle)").wait_for(state="attached")
    page.wait_for_function("() => location.search.includes('present=1')")
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    speaker = opened.value  # the speaker's window follows, and its keys step here
    speaker.get_by_text("u(4, 2) = 0.8226").wait_for()
    assert "responsibility" in speaker.locator(".speaker .next").inner_text()
    page.keyboard.press("ArrowRight")
    speaker.get_by_text("u(5, 1)").wait_for()
    speaker.keyboard.press("ArrowRight")
    stage.wait_for(5)
    speaker.get_by_text("u(6, 1)").wait_for()
    assert speaker.locator(".clock b").inner_text().startswith("Elapsed 00:")
    speaker.close()
    page.keyboard.press("p")
    page.locator(".stSidebar").wait_for()
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("() => location.search && !location.search.includes('present')")
    page.keyboard.press("q")
    code = page.locator("img.qr")
    code.wait_for()
    page.wait_for_function("() => document.querySelector('img.qr').complete")
    assert code.bounding_box()["width"] > 500
    (found,) = zxingcpp.read_barcodes(image_of.open(io.BytesIO(code.screenshot())).convert("L"))
    here = urlsplit(page.url)
    assert found.text == f"{here.scheme}://{here.netloc}{here.path}?{here.query}"
    assert "t=5" in here.query
    page.locator(".texts [data-text='0']").click()
    page.wait_for_function("() => document.querySelector('.stDialog')")
    assert page.evaluate("navigator.clipboard.readText()") == found.text


def test_the_tour_is_walked_by_page_down_alone(visit):
    stage = visit()
    page = stage.page
    page.locator(".offer").click()
    for place in range(1, len(tour().stops) + 1):
        shows(page, place, answered=False)
        page.keyboard.press("PageDown")
        shows(page, place, answered=True)
        assert page.evaluate(FITS)
        page.keyboard.press("PageDown")
    page.locator(".stop").wait_for(state="detached")
    stage.wait_for(6, "eos")  # where the last stop ended one goes on by oneself
    page.locator(".stSidebar").wait_for()


def test_a_presented_stop_fits_the_large_screen_of_a_hall_and_a_predicted_end_a_small_one(visit):
    stage = visit("tour=4&present=1", width=1920, height=1080)
    shows(stage.page, 4, answered=False)
    stage.page.wait_for_function(FITS)
    stage = visit("model=speeches-word&seed=1158&t=5")
    stage.wait_for(5)
    page = stage.page
    page.keyboard.press("g")
    page.keyboard.press("ArrowRight")
    page.locator(".stage.predict .lay").first.click()
    for question in page.locator(".choice:has(button + button)").all()[-3:]:
        question.locator("button").first.click()
    page.keyboard.press("ArrowRight")
    stage.wait_for(6, "eos")
    page.locator(".narration .predicted").wait_for()
    for _ in range(2):  # presented, too
        page.wait_for_function(FITS)
        said = page.locator(".narration").bounding_box()
        assert said["y"] + said["height"] <= 720
        page.keyboard.press("p")
        page.wait_for_timeout(500)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_in_the_bar_of_the_pages_nothing_lies_over_another(visit, language):
    page = visit(f"lang={language}&t=2").page
    page.locator(".st-key-lecture").wait_for()
    right = """() => Math.max(...[...document.querySelectorAll(".stAppHeader a")].map(one =>
      one.getBoundingClientRect().right))"""
    for width in (962, 1024, 1152, 1239, 1242, 1280):
        page.set_viewport_size({"width": width, "height": 768})
        page.wait_for_timeout(150)
        lecture = page.locator(".st-key-lecture").bounding_box()
        assert page.evaluate(right) < lecture["x"], width
        if width > 1240:
            assert lecture["x"] + lecture["width"] < page.locator("h1.title").bounding_box()["x"]


def test_on_a_phone_the_tour_is_walked_by_thumb(visit):
    stage = visit("tour=6", width=390, height=844)
    page = stage.page
    for place in (6, 7):
        for answered in (False, True):
            shows(page, place, answered)
            button = page.locator(".st-key-tour_next button:visible")
            box = button.bounding_box()
            assert box["y"] > 700  # where the thumb is
            assert box["height"] >= 44
            assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
            button.click()
    shows(page, 8, answered=False)
    page.locator(".st-key-control_step button:visible").click()  # the stage is still to be stepped
    stage.wait_for(4)
