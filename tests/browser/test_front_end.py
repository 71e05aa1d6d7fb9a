"""The front end over time and in trouble: records that cannot be drawn, pages that come and go."""

TWICE = """() => {
  const deep = (root) => [...root.querySelectorAll('*')].flatMap(e => [e, ...(e.shadowRoot ? deep(e.shadowRoot) : [])]);
  const ids = deep(document).map(e => e.id).filter(Boolean);
  return ids.filter((id, i) => ids.indexOf(id) !== i);
}"""
OUR_LISTENERS = """() => {
  const ours = ["onKey", "onPointer", "onButton", "onPill", "keepFromStreamlit", "throughPopover", "closeDrawer"];
  const { addEventListener } = EventTarget.prototype;
  window.kept = [];
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (ours.includes(listener?.name)) {
      window.kept.push(listener.name);
      options?.signal?.addEventListener("abort", () => window.kept.splice(window.kept.indexOf(listener.name), 1));
    }
    return addEventListener.call(this, type, listener, options);
  };
}"""


def test_what_cannot_be_drawn_says_so_in_place_of_the_picture_before(new_tab, server):
    page = new_tab()  # not `visit`: the console tells of the error, as it should
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{server}?model=speeches-word&seed=1158&t=4&lang=zh")
    page.locator(".stage.run .chip").first.wait_for()
    page.evaluate("""() => {
      const { show, parts } = window.sequenceStage;
      const step = [...parts.values()].find(({ data }) => data.part === "step");
      const broken = { strip: { strips: null } };
      show({ ...step, data: { ...step.data, run: broken, draw: { ...step.data.draw, ...broken }, step: 5 } });
    }""")
    page.locator(".stage.run [role=alert]").wait_for()
    for part in ("run", "draw"):
        assert page.locator(f".stage.{part}").inner_text() == "这幅图无法绘制，请重新加载页面。"
    assert any("TypeError" in error for error in errors)
    page.keyboard.press("ArrowRight")  # the stage goes on, and what can be drawn is drawn
    page.locator(".stage.run[data-step='5'] .chip").first.wait_for()
    page.close()


def test_no_id_is_there_twice_and_listeners_go_with_the_page(visit):
    stage = visit("model=speeches-word&seed=1158&t=4")  # three strips with hatched segments, and the network
    stage.wait_for(4)
    assert stage.page.locator(".draw svg").count() >= 2
    assert stage.page.evaluate(TWICE) == []
    stage.page.evaluate(OUR_LISTENERS)
    for _ in range(2):
        stage.page.get_by_role("link", name="Score").click()
        stage.page.locator(".text .card").first.wait_for()
        stage.page.wait_for_function("window.kept.length === 0")
        stage.page.get_by_role("link", name="Sample").click()
        stage.page.locator(".stage.run .strip").first.wait_for()
        kept = stage.page.evaluate("window.kept")
        assert sorted(kept) == ["onButton", "onKey", "onPill", "onPointer", "onPointer", "onPointer"]
