"""The Chinese sentences: a reader's punctuation, one word for one thing, the terms of the course notes."""

import pytest
from chinese import slips

from engine.figures.draw_strip import draw_strip
from engine.figures.labels import joined, listed, paragraph
from engine.figures.network import network
from engine.figures.token_strip import token_strip
from engine.generation import step_distributions
from engine.recipe import Recipe
from engine.run import Run
from engine.ui.i18n import WORDS, translator
from engine.ui.stage.narration import narration

ZH = translator("zh")
TERMS = {
    "app.title": "对新序列采样",
    "model.facts": "词汇表（vocabulary）",
    "setting.unk": "未知标识 <UNK>",
    "setting.eos": "句子结尾标识 <EOS>",
    "narration.rejected": "未知标识 <UNK>",
    "ending.eos": "句子结尾标识 <EOS>",
    "phase.back": "传给下一时间步",
    "control.phase": "分阶段",
    "strip.likely": "意料之中",
    "score.empty": "给出每个词元（token）的概率和惊奇度（surprisal）",
    "score.name.rather": "更看好",
    "draws.novel": "是新序列吗？",
    "compare.claim.grip": "较难捕捉长距离依赖",
    "compare.claim.cost": "训练成本更高",
    "compare.view.past": "上文",
    "compare.view.cost": "计算成本",
    "draws.fit.other": "与 ŷ 不符",
    "draws.way.even": "均匀随机",
    "draws.band": "95% 置信区间",
    "draws.explain.runs": "一次采样的随机性完全由种子决定",
    "find.none": "再按同一按钮，继续试后面的种子",
    "score.unknown": "词汇表外任意一词",
}


@pytest.mark.parametrize("key", WORDS)
def test_no_sentence_has_a_slip_of_punctuation_or_a_second_word_for_the_same_thing(key):
    assert slips(WORDS[key][1]) == []


@pytest.mark.parametrize(("key", "term"), TERMS.items())
def test_the_terms_are_those_of_the_course_notes(key, term):
    assert term in WORDS[key][1]


@pytest.mark.parametrize(
    "text",
    [
        "只保留: 关",
        "有 “is” 吗",
        "“is” 的区间",
        "没有, 或者",
        "95 % 的",
        "这个词表",
        "第一句。 第二句",
        "在主页面打开",
        "词(token)",
    ],
)
def test_each_slip_is_seen(text):
    assert slips(text) != []


def test_the_parts_of_a_list_stand_behind_a_chinese_comma_and_sentences_without_a_blank():
    assert joined(["top_k 40", "top_p 0.9"], ZH) == "top_k 40、top_p 0.9"
    assert listed(["Mau", "zzz"], ZH) == "“Mau”、“zzz”"
    assert paragraph(["第一句。", "第二句。"], ZH) == "第一句。第二句。"


@pytest.mark.parametrize("policy", ["rest", "redraw", "allow"])
def test_what_is_composed_for_a_run_has_no_slip_in_any_phase(random_model, policy):
    model = random_model()
    recipe = Recipe(seed=3, limit=6, unk=policy, prompt="Cats dogs", forced={4: 2}, stop_at_eos=False)
    run, said = Run(model, recipe), []
    while run.finish_reason is None:
        run = run.phased()
        ahead = step_distributions(model, run.shown.state, run.rules)
        strip = token_strip(run.steps, run.facts, run.moment, model.vocabulary, ZH)
        draws = draw_strip(ahead, run.shown, run.rules, run.moment, model.vocabulary, ZH)
        picture = network(run.steps, run.moment, 1, "lstm", model.vocabulary, ZH)
        said += [narration(run, ahead, ZH).replace("<b>", "").replace("</b>", ""), picture["label"]]
        said += [chip["title"] for chip in strip["chips"]] + ([draws["label"]] if draws else [])
    assert len(said) > 50
    assert [slip for text in said for slip in slips(text)] == []
