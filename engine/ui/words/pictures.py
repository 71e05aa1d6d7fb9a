"""Pictures to be saved: their names and captions."""

WORDS = {
    "picture.choose": ("A picture, as PNG or SVG …", "选一张图，存为 PNG 或 SVG……"),
    "picture.save.png": ("Save as PNG, for slides", "存为 PNG，用于幻灯片"),
    "picture.save.svg": ("Save as SVG, for a paper", "存为 SVG，用于论文"),
    "picture.none": ("This picture is not there at this moment.", "这一刻还没有这张图。"),
    "picture.tokens": ("The strip of tokens", "词元条"),
    "picture.network": ("The unrolled network", "展开的网络"),
    "picture.draw": ("The draw", "抽取"),
    "picture.bars": ("The bars of ŷ⟨t⟩", "ŷ⟨t⟩ 的条形图"),
    "picture.temperatures": ("Same u, other temperatures", "同一个 u，不同温度"),
    "picture.eos": ("P(<EOS>) by step", "每一步的 P(<EOS>)"),
    "picture.movers": ("What moved in a⟨t⟩", "a⟨t⟩ 中变化的单元"),
    "picture.source": (
        "Model: {model}; seed {seed}; t = {t}; temperature {temperature:g}.",
        "模型：{model}；种子 {seed}；t = {t}；温度 {temperature:g}。",
    ),
    "picture.tokens.caption": (
        "The tokens so far, each with its probability by the model itself; the darker, the more surprising.",
        "目前的词元，每个下面是模型自己给它的概率；颜色越深越出人意料。",
    ),
    "picture.network.sampled": (
        "The network unrolled over time, as it is sampled: what is drawn from ŷ⟨t⟩ goes in next as x⟨t+1⟩.",
        "按时间展开的网络（采样时）：从 ŷ⟨t⟩ 抽到的词元接着作为 x⟨t+1⟩ 输入。",
    ),
    "picture.network.trained": (
        "The network unrolled over time, as it is trained: the true token goes in next, whatever ŷ⟨t⟩ would give.",
        "按时间展开的网络（训练时）：不管 ŷ⟨t⟩ 给出什么，接着输入的都是真实词元。",
    ),
    "picture.draw.caption": (
        "The draw at t = {t}: every token owns a segment as wide as its probability; the one under u is drawn.",
        "t = {t} 的抽取：每个词元占一段，宽度就是它的概率；u 落在哪一段，就抽到哪个词元。",
    ),
    "picture.bars.caption": (
        "{title}. Fill: after temperature and filters; mark: before them.",
        "{title}。实心：温度与筛选之后；竖线：温度与筛选之前。",
    ),
    "picture.temperatures.caption": (
        "The step t = {t} decided again at other temperatures, by the same logits and the same u({t}, 1) = {draw:needle}. "
        "Grey: tokens too thin to tell apart.",
        "用同样的 logits 和同一个 u({t}, 1) = {draw:needle}，在其他温度下重新决定 t = {t} 这一步。灰色：太窄、分不开的词元。",
    ),
    "picture.temperatures.rejected": ("T = {temperature:g}: <UNK>, rejected", "T = {temperature:g}：<UNK>，被拒绝"),
    "picture.temperatures.row": (
        "T = {temperature:g}: {token} {prob:percent}",
        "T = {temperature:g}：{token} {prob:percent}",
    ),
}
