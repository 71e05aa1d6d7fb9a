"""The pages as a Chinese reader sees them: what is put together from words and numbers, read in its place."""

from chinese import slips

# All that is shown or read out, shadow roots included; the running text is the model's own, and a script is English.
ALL_TEXT = """() => {
  const own = (one) => !one.closest('.numpy, .running, script, style');
  const named = (one) => ["aria-label", "title", "placeholder"].map((name) => one.getAttribute(name)).filter(Boolean);
  const inside = (root) => [...root.querySelectorAll("*")].filter(own).flatMap((one) => [
    ...named(one), ...(one.shadowRoot ? [...one.shadowRoot.children].map((child) => child.innerText ?? "") : []),
    ...(one.shadowRoot ? inside(one.shadowRoot) : []),
    ...(one.matches("svg text, p, li, td, th, h1, h2, h3, dt, dd, label, .narration, .said, .pill, .status, .caption")
      ? [one.innerText ?? one.textContent] : []),
  ]);
  return [...new Set(inside(document))];
}"""


def read(page):
    """All texts of the page, once none of them has a slip."""
    texts = page.evaluate(ALL_TEXT)
    assert [slip for text in texts for slip in slips(text)] == []
    return "\n".join(texts)


def test_the_stage_is_told_in_the_terms_of_the_course_notes(visit):
    stage = visit("lang=zh&model=speeches-word&seed=1158&t=3&top_k=5999&min_p=0.0000001")
    stage.wait_for(3)
    told = read(stage.page)
    assert "对新序列采样" in told
    assert "词汇表（vocabulary）有 6,000 个词元（token）。课上的例子" in told
    assert "top_k 5999、min_p 1e-07" in told
    assert "抽到未知标识 <UNK> 时" in told
    assert "第 3 步（t = 3），上限 20 步" in told
    assert "意料之中" in told
    assert "输入“has”。u = 0.6885 落在“its”对应的区间内（概率 " in told
    for _ in range(3):
        stage.press("分阶段")
    stage.page.get_by_text("抽到未知标识 <UNK>，拒绝").wait_for()
    read(stage.page)
    stage.press("到结尾")
    stage.page.locator(".narration.eos, .narration.length").wait_for()
    assert "是新序列" in read(stage.page)
    for panel in range(3):
        stage.page.locator(".st-key-panel button").nth(panel).click()
        stage.page.locator((".retakes", ".said", ".one-hot")[panel]).first.wait_for()
        read(stage.page)


def test_the_other_pages_read_well_whatever_is_on_show(visit):
    page = visit("lang=zh&model=speeches-word&seed=1158&t=4&top_k=400&prompt=America+has", path="draws")
    page.locator(".narration.fit").wait_for(timeout=30_000)
    _many_draws_before_and_after_the_runs(page)
    _every_view_of_word_and_character(page)
    _what_is_unknown_on_score(page)


def _many_draws_before_and_after_the_runs(page):
    said = read(page)
    assert "T = 1、top_k 400" in said
    assert "均匀随机（uniform）" in said
    assert "与 ŷ 不符" in said
    page.get_by_text("多次完整采样").click()
    page.locator(".st-key-setting_draws_runs").get_by_text("100", exact=True).click()
    page.get_by_role("button", name="开始", exact=True).click()
    page.locator("table.endings").wait_for()
    said = read(page)
    assert "括号内：95% 置信区间。" in said
    assert "是新序列吗？" in said


def _every_view_of_word_and_character(page):
    page.get_by_role("link", name="词与字符").click()
    page.locator(".claims").wait_for()
    type_text(page, "Cats average zzz Mau", ".cuts")
    for view, sign in (
        (0, ".track"),
        (1, ".st-key-setting_compare_name"),
        (2, ".st-key-compare_change"),
        (3, ".figures, table"),
    ):
        page.locator(".st-key-setting_compare_view button").nth(view).click()
        page.locator(sign).first.wait_for()
        for claim in ("较难捕捉长距离依赖。确实如此", "乘加次数是词模型的"):
            page.get_by_text(claim).first.wait_for()
        read(page)


def _what_is_unknown_on_score(page):
    page.get_by_role("link", name="打分").click()
    page.locator(".text .card").first.wait_for()
    type_text(page, "America has Mau zzz", ".text")
    said = read(page)
    assert "未知标识 <UNK> 代替了“Mau”、“zzz”：它的概率是“词汇表外任意一词”的概率" in said
    assert "模型更看好“We”、“The”、“And”。" in said
    assert "更看好：“We” " in said


def type_text(page, text, sign):
    """Into the first field of the page, and wait until what `sign` selects shows the last word."""
    field = page.locator(".stMain").get_by_role("textbox").first
    field.fill(text)
    field.press("Control+Enter")
    page.locator(sign).first.get_by_text(text.split()[-1]).first.wait_for()
