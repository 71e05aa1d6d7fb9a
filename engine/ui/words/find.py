"""The dialog that looks for a run."""

WORDS = {
    "find.title": ("Look for a run that …", "查找这样的序列……"),
    "find.how": (
        "The settings stay as they are; the seeds after this one are tried. Steps count after the prompt.",
        "设置不变，从当前种子的下一个起逐个尝试。步数从提示之后算起。",
    ),
    "find.unk": ("rejects <UNK> within {within} steps", "前 {within} 步内拒绝过 <UNK>"),
    "find.eos": ("ends with <EOS> after {first}–{last} steps", "在第 {first}–{last} 步以 <EOS> 结束"),
    "find.limit": ("hits the step limit", "达到步数上限"),
    "find.twice": ("rejects twice in one step", "同一步内拒绝两次"),
    "find.contains.word": ("contains the word …", "包含这个词"),
    "find.contains.char": ("contains the text …", "包含这段文字"),
    "find.go": ("Find", "查找"),
    "find.progress": (
        "{tried:,} of {most:,} seeds tried, about {left:duration} left",
        "已试 {tried:,} / {most:,} 个种子，大约还需 {left:duration}",
    ),
    "find.cancel": ("Cancel", "取消"),
    "find.seed": ("Seed {seed}, after {tried:,} tried:", "种子 {seed}（试了 {tried:,} 个）："),
    "find.found.unk": ("<UNK> is rejected at t = {t}.", "在 t = {t} 拒绝 <UNK>。"),
    "find.found.eos": ("<EOS> is drawn at t = {t}.", "在 t = {t} 抽到 <EOS>。"),
    "find.found.limit": ("the step limit stops it at t = {t}.", "在 t = {t} 达到步数上限。"),
    "find.found.twice": ("{amount} rejections at t = {t}.", "在 t = {t} 拒绝 {amount} 次。"),
    "find.found.contains": ("“{text}” is complete at t = {t}.", "到 t = {t} 为止，“{text}”写全。"),
    "find.blank": (
        "A space is part of what is looked for: “{text}”. Delete it to find the text before other signs too.",
        "要找的内容含有首尾空格：“{text}”。删去空格，就能找到后接其他符号的这段文字。",
    ),
    # on the stage, one phase before it happens
    "find.ahead.unk": (
        "Seed {seed}: press {phase} (↓) and <UNK> is drawn and rejected.",
        "种子 {seed}：按“{phase}”（↓），就会抽到 <UNK> 并拒绝。",
    ),
    "find.ahead.twice": (
        "Seed {seed}: press {phase} (↓) {amount} times; each time <UNK> is drawn and rejected.",
        "种子 {seed}：按 {amount} 次“{phase}”（↓），每次都会抽到 <UNK> 并拒绝。",
    ),
    "find.ahead.eos": (
        "Seed {seed}: press {phase} (↓) and <EOS> is drawn.",
        "种子 {seed}：按“{phase}”（↓），就会抽到 <EOS>。",
    ),
    "find.ahead.limit": (
        "Seed {seed}: press {phase} (↓) and the step limit stops the run.",
        "种子 {seed}：按“{phase}”（↓），就会达到步数上限而停下。",
    ),
    "find.ahead.contains": (
        "Seed {seed}: press {phase} (↓) and {token} comes, which completes “{text}”.",
        "种子 {seed}：按“{phase}”（↓），就会出现{token}，写全“{text}”。",
    ),
    "find.none": (
        "None in {tried:,} {tried:run|runs}, so P is below about {bound:percent} (3 ÷ {tried:,}, 95% sure). Press the same button again to try the next seeds.",
        "试了 {tried:,} 个序列，一个也没有，因此概率大约低于 {bound:percent}（3 ÷ {tried:,}，置信度 95%）。再按同一按钮，继续试后面的种子。",
    ),
    "find.closest.unk": ("Closest: it rejects <UNK> at step {amount}.", "最接近的：在第 {amount} 步拒绝 <UNK>。"),
    "find.closest.eos": ("Closest: it ends with <EOS> at step {amount}.", "最接近的：在第 {amount} 步以 <EOS> 结束。"),
    "find.closest.limit": (
        "The longest ends with <EOS> at step {amount}.",
        "最长的一个在第 {amount} 步以 <EOS> 结束。",
    ),
    "find.closest.twice": ("Closest: one rejection, at t = {t}.", "最接近的：在 t = {t} 拒绝了一次。"),
    "find.closest.contains": ("Closest: it has “{part}”, at t = {t}.", "最接近的：到 t = {t} 为止出现了“{part}”。"),
    "find.open": ("Open seed {seed}", "打开种子 {seed}"),
    "find.cannot.no_unk": (
        "<UNK> is not in this vocabulary, so nothing is ever rejected. Choose a word model.",
        "这个词汇表没有 <UNK>，从不拒绝。请换一个词模型。",
    ),
    "find.cannot.allow": (
        "<UNK> is kept when it is drawn, so nothing is rejected. Choose one of the two “Redraw”.",
        "抽到 <UNK> 时设为保留，从不拒绝。请改为两种“重抽”之一。",
    ),
    "find.cannot.once": (
        "After one rejection the rest has no <UNK>. For two in one step choose “Redraw from the same ŷ”.",
        "拒绝一次之后，其余词元里已没有 <UNK>。要在同一步内拒绝两次，请选“从同一个 ŷ 重抽”。",
    ),
    "find.cannot.no_eos": (
        "<EOS> is not in this vocabulary: only the step limit ends a run. Choose a model that has it.",
        "这个词汇表没有 <EOS>，只有步数上限能结束序列。请换一个有它的模型。",
    ),
    "find.cannot.eos_off": (
        "“Stop at <EOS>” is off, so no run ends there. Switch it on.",
        "“遇到句子结尾标识 <EOS> 时停止”没有勾选，序列不会在那里结束。请勾选它。",
    ),
    "find.cannot.short": (
        "The limit of {limit} {limit:step|steps} comes before step {first}. Set it to {last} or more.",
        "上限只有 {limit} 步，到不了第 {first} 步。请设为 {last} 或更多。",
    ),
    "find.cannot.by_hand": (
        "The tokens chosen by hand leave no step for it. Take them back by Undo or Reset.",
        "手动选定的词元占满了所有步。请用“撤销”或“重置”取消它们。",
    ),
    "find.cannot.same": (
        "Every draw is certain under these settings, so every seed gives this same run. "
        "Raise the temperature or keep more tokens (top_k, top_p, min_p).",
        "在这些设置下每次抽取都是确定的，所有种子得到同一个序列。请调高温度，或保留更多词元（top_k、top_p、min_p）。",
    ),
    "find.cannot.empty": ("Type what the run should contain.", "请先输入要包含的内容。"),
    "find.cannot.unknown_word": (
        "Not in this vocabulary: {words}. It cannot be drawn (capital letters count). "
        "Try another word, or a character model.",
        "不在这个词汇表里：{words}，不可能抽到（区分大小写）。请换一个词，或换一个字符模型。",
    ),
    "find.cannot.unknown_char": (
        "{words} is not a character of this vocabulary, so it cannot be drawn. Try a text without it.",
        "这个字符词汇表里没有{words}，不可能抽到。请换一段文字。",
    ),
    "find.cannot.long": (
        "That is {count} tokens, but the limit is {limit} {limit:step|steps}. Raise the limit or take a shorter text.",
        "它有 {count} 个词元，而上限是 {limit} 步。请提高上限，或换一段短些的文字。",
    ),
    "find.cannot.rejected": (
        "<UNK> is always rejected under this setting. To find it in a run choose “Keep it”.",
        "当前设置总是拒绝 <UNK>。要让它留在序列里，请选“保留”。",
    ),
}
