"""The panels below the stage's pictures."""

WORDS = {
    "panel.label": ("Another look at this step", "换个角度看这一步"),
    "panel.name.temperatures": ("Same u, other T", "同一个 u，不同温度"),
    "panel.name.past": ("Which past?", "哪段过去？"),
    "panel.name.eos": ("P(<EOS>) by step", "每一步的 P(<EOS>)"),
    "panel.name.inside": ("Inside a⟨t⟩", "a⟨t⟩ 的内部"),
    "panel.name.take_away": ("Take away", "带走"),
    "take_away.waiting": (
        "There is nothing to take away yet: no token has come out.",
        "还没有可以带走的内容：词元还没有出来。",
    ),
    "take_away.moving": (
        "The run is going on. It can be taken away as soon as it stands still.",
        "正在运行。停下来之后就可以带走。",
    ),
    "take_away.what": (
        "The run as far as it is shown, {count:,} {count:step|steps}. The script needs Python with numpy, and the file {file} "
        "of the model beside it.",
        "带走到目前为止的运行，共 {count:,} 步。脚本需要装有 numpy 的 Python，并把模型文件 {file} 放在同一个文件夹里。",
    ),
    "take_away.json": ("Everything (JSON)", "完整记录（JSON）"),
    "take_away.json.help": (
        "The model, the settings, every step and every draw with its u",
        "模型、设置，以及每一步和每一次抽取（连同 u）",
    ),
    "take_away.csv": ("Table (CSV)", "表格（CSV）"),
    "take_away.csv.help": ("A row for each draw, for a spreadsheet", "每次抽取一行，可用电子表格打开"),
    "take_away.py": ("Script (Python)", "脚本（Python）"),
    "take_away.py.help": (
        "The same tokens again, with numpy alone, in at most 60 lines",
        "只用 numpy 重新得到同样的词元，至多 60 行",
    ),
    "panel.temperatures.waiting": (
        "No token has come out at t = {t} yet. Once it has: what the same u would give at other temperatures.",
        "t = {t} 的词元还没有出来。出来之后，这里显示同一个 u 在其他温度下会抽到什么。",
    ),
    "panel.temperatures.same": (
        "The same: the logits, u({t}, 1) = {draw:needle} (the line through all strips), all other settings. "
        "Only T differs: ≠ marks another token. Grey: tokens too thin to tell apart.",
        "不变的：logits、u({t}, 1) = {draw:needle}（贯穿各行的竖线）和其他设置。只有 T 不同；≠ 表示抽到另一个词元。灰色：太窄、分不开的词元。",
    ),
    "panel.temperatures.given": (
        "Nothing was drawn at t = {t}: {token} was given. Here is what would have been drawn.",
        "t = {t} 没有抽取：{token}是给定的。下面是假如抽取会得到的结果。",
    ),
    "panel.temperatures.forced": (
        "Nothing was drawn at t = {t}: {token} was chosen by hand. Here is what would have been drawn.",
        "t = {t} 没有抽取：{token}是手动选定的。下面是假如抽取会得到的结果。",
    ),
    "panel.temperatures.teacher_forced": (
        "Nothing was drawn at t = {t}: in training the true token {token} goes in next. Here is what would have been drawn.",
        "t = {t} 没有抽取：训练时接下来输入的是真实词元{token}。下面是假如抽取会得到的结果。",
    ),
    "panel.temperatures.alt": (
        "T = {temperature:g}: {token} {prob:chance}",
        "T = {temperature:g}：{token} {prob:chance}",
    ),
    "panel.temperatures.now": ("now", "当前"),
    "panel.temperatures.more": ("+ {count} more", "另有 {count} 次"),
    "panel.past.waiting": (
        "No ŷ⟨t⟩ with a past is there yet. From the second step on: which earlier inputs decided it.",
        "还没有带着过去的 ŷ⟨t⟩。从第二步起，这里显示哪些更早的输入决定了它。",
    ),
    "panel.past.what": (
        "Which past decided ŷ⟨{t}⟩? On the chips: how much of it moves (total variation) when the network runs again with that "
        "token's input replaced by the zero vector, all else as it was.",
        "哪段过去决定了 ŷ⟨{t}⟩？词元上标的是：把它的输入换成零向量、其余不变，让网络重新运行，ŷ⟨{t}⟩ 会变动多少（总变差）。",
    ),
    "panel.past.latest": (
        "Measured for the latest {count} inputs.",
        "只测量最近的 {count} 个输入。",
    ),
    "panel.past.most": ("Most: {most}.", "影响最大的是：{most}。"),
    "panel.past.one": ("{token} (x⟨{k}⟩) {change:percent}", "{token}（x⟨{k}⟩）{change:percent}"),
    "panel.eos.none": (
        "<EOS> is not in this vocabulary: the model cannot end a sequence, only the step limit can.",
        "这个词汇表没有 <EOS>：模型无法自己结束序列，只有步数上限能让它停下。",
    ),
    "panel.eos.waiting": (
        "No ŷ⟨t⟩ is there yet. From the first step on: P(<EOS>) at every step.",
        "还没有 ŷ⟨t⟩。从第一步起，这里显示每一步的 P(<EOS>)。",
    ),
    "panel.eos.title": (
        "The model's own P(<EOS>) at every step, before temperature and filters.",
        "模型自己在每一步给出的 P(<EOS>)（温度与筛选之前）。",
    ),
    "panel.eos.hover": ("t = {t}: P(<EOS>) {prob:equal}", "t = {t}：P(<EOS>) {prob:equal}"),
    "panel.eos.here": (" At t = {t}: P(<EOS>) {prob:equal}.", "t = {t} 时：P(<EOS>) {prob:equal}。"),
    "panel.eos.end.drawn": ("<EOS> drawn", "抽到 <EOS>"),
    "panel.eos.end.given": ("<EOS> given", "给定 <EOS>"),
    "panel.eos.end.teacher_forced": ("<EOS> ends the true text", "真实文本以 <EOS> 结束"),
    "panel.eos.end.forced": ("<EOS> chosen by hand", "手动选定 <EOS>"),
    "panel.eos.at": (" ⚑ {end}: t = {times}", "⚑ {end}：t = {times}"),
    "panel.inside.waiting": (
        "There is no a⟨1⟩ yet, only a⟨0⟩ = 0: every unit is 0.",
        "还没有 a⟨1⟩，只有 a⟨0⟩ = 0：每个单元都是 0。",
    ),
    "panel.inside.what": ("What the picture shows", "图中显示的内容"),
    "panel.inside.what.a": ("a⟨t⟩ hidden state", "a⟨t⟩ 隐藏状态"),
    "panel.inside.what.c": ("c⟨t⟩ cell state", "c⟨t⟩ 记忆细胞"),
    "panel.inside.what.i": ("i: write", "i：写入"),
    "panel.inside.what.f": ("f: keep", "f：保留"),
    "panel.inside.what.o": ("o: show", "o：输出"),
    "panel.inside.what.r": ("r: reset", "r：重置"),
    "panel.inside.what.z": ("z: keep", "z：保留"),
    "panel.inside.layer": ("Layer", "层"),
    "panel.inside.layer.name": ("Layer {layer}", "第 {layer} 层"),
    "panel.inside.title.a": (
        "a⟨{first}⟩ … a⟨{t}⟩: a row a unit, a column a step; above: the mean change",
        "a⟨{first}⟩ … a⟨{t}⟩：每行一个单元，每列一步；上方：平均变化量",
    ),
    "panel.inside.title.c": (
        "c⟨{first}⟩ … c⟨{t}⟩, the LSTM's long memory; above: the mean change",
        "c⟨{first}⟩ … c⟨{t}⟩：LSTM 的长期记忆；上方：平均变化量",
    ),
    "panel.inside.title.i": (
        "Update gate i (the lecture's Γu), t = {first} … {t}: 1 writes the new candidate into c⟨t⟩, 0 keeps it out",
        "更新门（update gate）i，即课上的 Γu，t = {first} … {t}：1 把新的候选值写入 c⟨t⟩，0 不写",
    ),
    "panel.inside.title.f": (
        "Forget gate f (the lecture's Γf), t = {first} … {t}: 1 keeps c⟨t−1⟩, 0 forgets it",
        "遗忘门（forget gate）f，即课上的 Γf，t = {first} … {t}：1 保留 c⟨t−1⟩，0 遗忘它",
    ),
    "panel.inside.title.o": (
        "Output gate o (the lecture's Γo), t = {first} … {t}: 1 lets tanh c⟨t⟩ out into a⟨t⟩, 0 hides it",
        "输出门（output gate）o，即课上的 Γo，t = {first} … {t}：1 让 tanh c⟨t⟩ 进入 a⟨t⟩，0 挡住它",
    ),
    "panel.inside.title.r": (
        "Relevance gate r (the lecture's Γr), t = {first} … {t}: 1 uses a⟨t−1⟩ for the candidate, 0 leaves it out",
        "相关门（relevance gate）r，即课上的 Γr，t = {first} … {t}：1 让候选值用到 a⟨t−1⟩，0 不用",
    ),
    "panel.inside.title.z": (
        "Gate z (the lecture's update gate is Γu = 1 − z), t = {first} … {t}: 1 keeps a⟨t−1⟩, 0 takes the candidate",
        "门 z（课上的更新门 Γu = 1 − z），t = {first} … {t}：1 保留 a⟨t−1⟩，0 换成候选值",
    ),
    "panel.inside.hover": ("t = {t}, unit {unit}: {value}", "t = {t}，单元 {unit}：{value}"),
    "panel.inside.moved": (
        "mean |a⟨{t}⟩ − a⟨{before}⟩| over the units = {mean:.3f}",
        "各单元 |a⟨{t}⟩ − a⟨{before}⟩| 的平均值 = {mean:.3f}",
    ),
    "panel.inside.moved.c": (
        "mean |c⟨{t}⟩ − c⟨{before}⟩| over the units = {mean:.3f}",
        "各单元 |c⟨{t}⟩ − c⟨{before}⟩| 的平均值 = {mean:.3f}",
    ),
    "panel.inside.units": ("unit", "单元"),
    "panel.inside.unit": ("unit {unit}", "单元 {unit}"),
    "panel.inside.alt": (
        "Heat map. {title}. {units} units, colours from {low:g} to {high:g}.",
        "热图。{title}。{units} 个单元，颜色从 {low:g} 到 {high:g}。",
    ),
    "panel.inside.movers": (
        "The units that moved most from a⟨{before}⟩ to a⟨{t}⟩",
        "从 a⟨{before}⟩ 到 a⟨{t}⟩ 变化最大的单元",
    ),
    "panel.inside.mover": ("{unit} ({before:z.2f} → {now:z.2f})", "{unit} ({before:z.2f} → {now:z.2f})"),
    "panel.inside.movers.alt": (
        "Bar chart; {said}. Moved most: units {units}.",
        "条形图；{said}。变化最大的单元：{units}。",
    ),
    "panel.inside.zero": (
        "x⟨{t}⟩ is the zero vector: {size:,} zeros, no 1, for no token has come before.",
        "x⟨{t}⟩ 是零向量：{size:,} 个 0，没有 1，因为前面还没有词元。",
    ),
    "panel.inside.hot": (
        "x⟨{t}⟩ is one-hot: 1 at index {k:,} ({token}), 0 at the other {others:,}.",
        "x⟨{t}⟩ 是独热（one-hot）向量：下标 {k:,}（{token}）处为 1，其余 {others:,} 处为 0。",
    ),
    "panel.inside.row": (
        " So it picks row {k:,} of the embedding, {width} numbers, and these go into the cell.",
        "所以它选出词嵌入（embedding）的第 {k:,} 行，共 {width} 个数，送入循环单元。",
    ),
    "panel.inside.column": (
        " So W x⟨{t}⟩ is column {k:,} of the input weights W.",
        "所以 W x⟨{t}⟩ 就是输入权重 W 的第 {k:,} 列。",
    ),
}
