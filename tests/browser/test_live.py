"""The slider dragged in a browser: bars, draw and chips move with it before it is let go."""

THERE = """([input, part]) => {
  const { value, min, max } = document.querySelector(input);
  return Math.abs((value - min) / (max - min) - part) < 0.03;
}"""
STILL = """async input => {
  const place = () => JSON.stringify(document.querySelector(input).getBoundingClientRect());
  for (let last = place(), since = performance.now(); performance.now() < since + 400; ) {
    await new Promise(requestAnimationFrame);
    if (place() !== last) [last, since] = [place(), performance.now()];
  }
}"""
BARS = "() => document.querySelector('.st-key-bars .js-plotly-plot')?.data[0].x[0]"


def drag(page, name, begin, parts):
    """Take hold of the slider of a setting at this part of its width, and move it to others; its place."""
    slider = f".st-key-setting_{name} input[type=range]"
    track = page.locator(f".st-key-setting_{name} [data-orientation=horizontal] >> nth=1")
    track.hover()
    page.evaluate(STILL, slider)  # what unfolds around it has unfolded
    track = track.bounding_box()
    y = track["y"] + track["height"] / 2
    page.mouse.move(track["x"] + begin * track["width"], y)
    page.mouse.down()
    for part in parts:
        page.mouse.move(track["x"] + part * track["width"], y)
        page.wait_for_timeout(60)
    page.wait_for_function(THERE, arg=[slider, parts[-1]])  # the browser has taken the last move in
    return int(page.locator(slider).input_value())


def test_while_the_temperature_or_top_p_is_dragged_the_stage_moves_with_it(visit):
    stage = visit("model=speeches-word&seed=3&t=6")
    stage.wait_for(6)
    page = stage.page
    page.locator(".st-key-panel button").first.click()
    page.locator(".retakes").wait_for()
    # the best picture of the page, and what is said of it, without scrolling
    retakes, said = page.locator(".retakes").bounding_box(), page.locator(".narration").bounding_box()
    assert retakes["y"] + retakes["height"] <= said["y"] + 1
    assert said["y"] < 640
    page.wait_for_function("location.search.includes('temperature=')")  # whole, a moment later
    address, before = page.url, page.evaluate(BARS)
    value = drag(page, "temperature", 0.5, (0.6, 0.7, 0.8, 0.9)) * 0.05
    shown = f"T = {value:g} "
    page.locator(".retakes .name.now", has_text=shown.strip()).wait_for()
    page.wait_for_function(f"before => ({BARS})() < before", arg=before)
    assert page.locator(".chip.now .over b").inner_text() == f"T {value:g} →"
    assert page.url == address  # nothing is changed until it is let go
    page.mouse.up()
    page.wait_for_function("address => location.href !== address", arg=address)
    stage.wait_for(6)
    assert f"temperature%3A{value:g}" in page.url
    stage.press("Undo")
    page.wait_for_function("address => location.href === address", arg=address)
    page.locator(".st-key-filters summary").click()
    page.locator(".st-key-setting_top_p input").wait_for()
    stage.wait_for(6)  # at rest: nothing of the sidebar is drawn anew under the hand
    value = (drag(page, "top_p", 1.0, (0.9, 0.7, 0.5)) + 1) / 100
    page.locator(".chip.now .over b", has_text=f"top_p {value:g} →").wait_for()
    assert page.url == address
    page.mouse.up()
    page.wait_for_function("part => location.href.includes(part)", arg=f"top_p%3A{value:g}")
