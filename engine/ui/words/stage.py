"""The stage: its pictures, keys and phases."""

WORDS = {
    # --- keys and phases
    "keys.title": ("Keys", "按键说明"),
    "keys.step": ("one time step", "前进一个时间步"),
    "keys.back": ("one step back", "后退一步"),
    "keys.phase": ("one phase of a step", "前进一个阶段"),
    "keys.play": ("play or pause", "播放或暂停"),
    "keys.start": ("before the first step", "回到第一步之前"),
    "keys.end": ("run to the end", "运行到结束"),
    "keys.undo": ("take back the last change", "撤销上一次改动"),
    "keys.help": ("this list", "显示这张表"),
    "phase.feed": ("feed", "输入"),
    "phase.predict": ("predict", "预测"),
    "phase.draw": ("draw", "抽取"),
    "phase.back": ("feed back", "传给下一时间步"),
    # --- headings, notes, bars
    "stage.yhat": ("ŷ⟨{t}⟩ = softmax over {count:,} tokens", "ŷ⟨{t}⟩ = 对 {count:,} 个词元做 softmax"),
    "stage.yhat.rest": ("ŷ⟨{t}⟩ without <UNK>, each ÷ {unk:divisor}", "去掉 <UNK> 的 ŷ⟨{t}⟩，每项 ÷ {unk:divisor}"),
    "stage.yhat.anew": (
        "ŷ⟨{t}⟩ without <UNK>, temperature and filters applied anew",
        "去掉 <UNK> 之后重新调温度、做筛选的 ŷ⟨{t}⟩",
    ),
    "stage.yhat.mark": ("mark: before temperature and filters", "竖线：温度与筛选之前"),
    "stage.yhat.waiting": ("ŷ⟨{t}⟩ is not there yet", "ŷ⟨{t}⟩ 还没有算出来"),
    "stage.draw": ("The draw: u lands in one segment", "抽取：u 落在哪个区间"),
    "stage.no_draw": ("No draw at this step", "这一步不抽取"),
    "stage.counter": ("t = {t} of at most {last}", "第 {t} 步（t = {t}），上限 {last} 步"),
    "stage.goal": ("On the way to t = {t:,} …", "正在前往 t = {t:,} …"),
    "stage.log_prob": (
        "log P = {log_prob:.1f} · perplexity {perplexity:perplexity}",
        "log P = {log_prob:.1f} · 困惑度（perplexity）{perplexity:perplexity}",
    ),
    "stage.entropy": ("entropy of ŷ⟨{t}⟩ {bits:.2f} bits", "ŷ⟨{t}⟩ 的熵（entropy）{bits:.2f} 比特"),
    "stage.eos_prob": ("P(<EOS>) {prob:percent}", "P(<EOS>) {prob:percent}"),
    "stage.text": ("The text so far", "目前的文本"),
    "stage.text.empty": ("(nothing yet)", "（还没有）"),
    "stage.text.copy": ("Copy", "复制"),
    "stage.text.copied": ("Copied", "已复制"),
    "stage.text.copy.help": ("Copy the text so far", "复制目前的文本"),
    "bars.sign.drawn": ("◀ drawn", "◀ 抽中"),
    "bars.sign.greedy": ("◀ greedy", "◀ 贪心"),
    "bars.sign.given": ("◀ given", "◀ 给定"),
    "bars.sign.forced": ("◀ by hand", "◀ 手动选定"),
    "bars.sign.teacher_forced": ("◀ true token", "◀ 真实词元"),
    "bars.sign.rejected": ("✗ rejected", "✗ 被拒绝"),
    "bars.filtered": ("filtered", "被筛除"),
    "bars.log": ("log scale", "对数坐标"),
    "bars.find": ("Find a token", "查找词元"),
    "bars.find.typed": ("Find a token of this vocabulary", "在词汇表中查找词元"),
    "bars.find.none": ("“{typed}” is not in this vocabulary.", "词汇表里没有“{typed}”。"),
    "bars.find.hits": ("Tokens found", "找到的词元"),
    "bars.find.pin": ("Pin as a bar", "固定为一条"),
    "bars.find.force": ("Choose by hand", "手动选定"),
    "bars.unpin": ("Take this bar down again", "取消固定"),
    "bars.click": ("click a bar to choose its token by hand", "点击一条，即可手动选定该词元"),
    "bars.given": (
        "t = {t} is given by the prompt: nothing can be chosen by hand here.",
        "t = {t} 由提示给定，不能手动选定。",
    ),
    "bars.teacher_forced": (
        "ŷ⟨{t}⟩ after the true text so far; training compares it with the true token",
        "读过此前的真实文本之后的 ŷ⟨{t}⟩；训练时用它与真实词元比较",
    ),
    "bars.others_forced": (
        "“Others” are many tokens: find the one you want to choose.",
        "“其余”包含许多词元：请先查找要选的那一个。",
    ),
    "bars.forced": ("{token} was chosen by hand.", "{token}是手动选定的。"),
    "bars.drawn_after_all": ("Draw after all", "改回抽取"),
    "bars.share": (
        "P({token}) / (1 − P(<UNK>)) = {prob:exact} / (1 − {unk:exact}) = {result:exact}",
        "P({token}) / (1 − P(<UNK>)) = {prob:exact} / (1 − {unk:exact}) = {result:exact}",
    ),
    "bars.share.redraw": (
        "in the long run, when redrawn from the same ŷ: the same as from the rest",
        "从同一个 ŷ 一再重抽，长远来看与从其余词元中抽取相同",
    ),
    "bars.share.gave_up": (
        "draw {draws}, the last, was made from the rest",
        "第 {draws} 次，即最后一次，从其余词元中抽取",
    ),
    "bars.nothing_left": (
        "only <UNK> had passed temperature and filters, so it is taken out first",
        "温度与筛选之后只剩 <UNK>，所以先把它去掉",
    ),
    "bars.hover": (
        "{token}: before {before:percent}, after {after:percent}",
        "{token}：之前 {before:percent}，之后 {after:percent}",
    ),
    "bars.alt": (
        "Bar chart of ŷ⟨{t}⟩: {bars}.",
        "ŷ⟨{t}⟩ 的条形图：{bars}。",
    ),
    "bars.alt.sign": ("“{token}” {prob:percent} ({sign})", "“{token}” {prob:percent}（{sign}）"),
    # --- chips, network, draw
    "strip.label": ("The tokens so far, {count} of them", "目前的词元，共 {count} 个"),
    "strip.empty": (
        "No token yet. Press Step or the key →.",
        "还没有词元。请按“单步”或按键 →。",
    ),
    "strip.likely": ("likely", "意料之中"),
    "strip.surprising": ("surprising", "意外"),
    "strip.later": ("{count:,} later …", "之后 {count:,} 个……"),
    "strip.rejected": ("{token} × {times}", "{token} × {times}"),
    "strip.given": ("given", "给定"),
    "strip.forced": ("by hand", "手动选定"),
    "strip.teacher_forced": ("true", "真实"),
    "strip.waiting": ("t = {t}: no token has come out yet", "t = {t}：词元还没有出来"),
    "strip.title.rejected": ("{title} · rejected before it: {rejected}", "{title} · 此前被拒绝：{rejected}"),
    "strip.title.drawn": (
        "t = {t}: {token} · P {prob:equal} by the model · {after:percent} after temperature and filters · {bits:.1f} bits of surprisal",
        "t = {t}：{token} · 模型给出 P {prob:equal} · 温度与筛选之后 {after:percent} · 惊奇度（surprisal）{bits:.1f} 比特",
    ),
    "strip.title.given": (
        "t = {t}: {token}, given by the prompt · P {prob:equal} by the model · {after:percent} after temperature and filters · "
        "{bits:.1f} bits of surprisal",
        "t = {t}：{token}，由提示给定 · 模型给出 P {prob:equal} · 温度与筛选之后 {after:percent} · 惊奇度（surprisal）{bits:.1f} 比特",
    ),
    "strip.title.teacher_forced": (
        "t = {t}: {token}, the true token of the text · P {prob:equal} by the model · {bits:.1f} bits of surprisal",
        "t = {t}：{token}，文本的真实词元 · 模型给出 P {prob:equal} · 惊奇度（surprisal）{bits:.1f} 比特",
    ),
    "strip.title.forced": (
        "t = {t}: {token}, chosen by hand · P {prob:equal} by the model · {after:percent} after temperature and filters · "
        "{bits:.1f} bits of surprisal",
        "t = {t}：{token}，手动选定 · 模型给出 P {prob:equal} · 温度与筛选之后 {after:percent} · 惊奇度（surprisal）{bits:.1f} 比特",
    ),
    "network.cell": ("{cell} × {layers}", "{cell} × {layers}"),
    "network.end.eos": ("the end", "结束"),
    "network.end.eos_forced": ("the end, by hand", "结束（手动选定）"),
    "network.end.length": ("step limit", "步数上限"),
    "network.alt.start": (
        "The network before its first step: a⟨0⟩ = 0 and x⟨1⟩ = 0.",
        "第一步之前的网络：a⟨0⟩ = 0，x⟨1⟩ = 0。",
    ),
    "network.alt": (
        "The unrolled network at t = {t}: x⟨{t}⟩ = {input} and a⟨{before}⟩ make a⟨{t}⟩, which makes ŷ⟨{t}⟩; "
        "the token: {token}.",
        "展开的网络，t = {t}：由 x⟨{t}⟩ = {input}、a⟨{before}⟩ 得到 a⟨{t}⟩，再得到 ŷ⟨{t}⟩；词元：{token}。",
    ),
    "network.switch": ("Trained or sampled", "训练或采样"),
    "network.sampled": ("Sampled", "采样"),
    "network.trained": ("Trained", "训练"),
    "draw.waiting": (
        "ŷ⟨{t}⟩ laid end to end: {count:,} {count:segment|segments} from 0 to 1, no needle yet",
        "ŷ⟨{t}⟩ 首尾相接：从 0 到 1 共 {count:,} 个区间，指针还没有落下",
    ),
    "draw.waiting.no_draw": (
        "ŷ⟨{t}⟩ laid end to end: {count:,} {count:segment|segments} from 0 to 1; no needle falls at this step",
        "ŷ⟨{t}⟩ 首尾相接：从 0 到 1 共 {count:,} 个区间；这一步没有指针落下",
    ),
    "draw.accepted": ("u({t}, {j}) = {draw:needle} → {token} ✓", "u({t}, {j}) = {draw:needle} → {token} ✓"),
    "draw.rejected": (
        "u({t}, {j}) = {draw:needle} → {token} ✗ rejected",
        "u({t}, {j}) = {draw:needle} → {token} ✗ 被拒绝",
    ),
    "draw.more": ("… {count} rejected before", "……此前 {count} 次被拒绝"),
    "draw.run": ("{count:,} tokens", "{count:,} 个词元"),
    "draw.zoom": ("enlarged × {times:,.0f}", "放大 {times:,.0f} 倍"),
    "draw.given": (
        "Nothing is drawn at t = {t}: {token} is given by the prompt.",
        "t = {t} 不抽取：{token}由提示给定。",
    ),
    "draw.teacher_forced": (
        "Nothing is drawn at t = {t}: in training the true token {token} goes in next, whatever ŷ⟨{t}⟩ says.",
        "t = {t} 不抽取：训练时，接下来输入的是真实词元{token}，与 ŷ⟨{t}⟩ 无关。",
    ),
    "draw.forced": (
        "Nothing is drawn at t = {t}: {token} was chosen by hand.",
        "t = {t} 不抽取：{token}是手动选定的。",
    ),
}
