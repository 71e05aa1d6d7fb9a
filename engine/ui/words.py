"""Every word the audience reads, in both languages: one table, key -> (English, 中文), and the translator over it.

Placeholders are `str.format` fields, the same ones in both languages. Field terms keep their English in brackets at
their first use in Chinese.
"""

from collections.abc import Callable

LANGUAGES = ("en", "zh")
Translator = Callable[..., str]

WORDS: dict[str, tuple[str, str]] = {
    # --- page
    "app.title": ("Sampling novel sequences", "对新序列采样"),
    "app.stage": ("Sample", "采样"),
    "app.compare": ("Word vs character", "词与字符"),
    "app.score": ("Score", "打分"),
    "app.draws": ("Many draws", "多次抽取"),
    "app.no_models": (
        "There is no model in pretrained/. Train one: python -m engine.training dinosaurs-gru",
        "pretrained/ 里没有模型。先训练一个：python -m engine.training dinosaurs-gru",
    ),
    "app.link_ignored": ("Ignored in the link: {parts}", "链接中有几处无法识别，已忽略：{parts}"),
    "app.link_ignored.more": ("and {count} more", "以及另外 {count} 处"),
    "app.undrawable": (
        "This picture cannot be drawn. Please reload the page.",
        "这幅图无法绘制，请重新加载页面。",
    ),
    "app.bad_model": ("A model was left out: {problem}", "有一个模型未列出：{problem}"),
    # --- lists, and sentences one after the other
    "list.comma": (", ", "、"),
    "list.semicolon": ("; ", "；"),
    "list.more": (" …", "等"),
    # --- controls
    "control.level": ("Vocabulary", "词汇表"),
    "level.word": ("Word", "词"),
    "level.char": ("Character", "字符"),
    "control.back": ("Back", "后退"),
    "control.back.help": ("One step back; nothing is lost (key ←)", "后退一步，什么也不会丢失（按键 ←）"),
    "control.step": ("Step", "单步"),
    "control.step.help": ("One whole time step (key →)", "走完一个时间步（按键 →）"),
    "control.phase": ("Phase", "分阶段"),
    "control.phase.help": (
        "Bit by bit: feed, predict, draw, feed back (key ↓)",
        "逐个阶段：输入、预测、抽取、传给下一时间步（按键 ↓）",
    ),
    "control.play": ("Play", "播放"),
    "control.play.help": ("Up to four steps a second (space)", "每秒最多四步（空格键）"),
    "control.pause": ("Pause", "暂停"),
    "control.pause.help": ("Hold here (space)", "停在这里（空格键）"),
    "control.end": ("To the end", "到结尾"),
    "control.end.help": ("Run until it stops (key End)", "一直运行到停止为止（按键 End）"),
    "control.reset": ("Reset", "重置"),
    "control.reset.help": ("Empty the strip; the settings stay", "清空序列，设置不变"),
    "control.undo": ("Undo", "撤销"),
    "control.undo.help": (
        "Take back the last change: a setting, a token chosen by hand, a reset … (Ctrl Z)",
        "撤销上一次改动：设置、手动选定的词元、重置……（Ctrl Z）",
    ),
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
    # --- settings
    "setting.language": ("Language", "语言"),
    "setting.model": ("Model", "模型"),
    "setting.temperature": ("Temperature", "温度（temperature）"),
    "setting.temperature.help": (
        "Divides the logits before softmax. Below 1: the likely get likelier; above 1: more even; 0: greedy, always the likeliest.",
        "在 softmax 之前，logits 先除以它。小于 1：更集中；大于 1：更均匀；0：贪心（greedy），总取概率最大的词元（token）。",
    ),
    "setting.temperature.greedy": ("0: greedy", "0：贪心（greedy）"),
    "setting.filters": ("Keep only …", "只保留……"),
    "setting.top_k": ("top_k: the k likeliest", "top_k：概率最大的 k 个"),
    "setting.top_p": ("top_p: the likeliest with this share", "top_p：概率最大、累计达到该值的词元"),
    "setting.min_p": ("min_p: at least this part of the best", "min_p：概率不低于最大概率的该比例"),
    "setting.off": ("off", "关"),
    "setting.unk": ("When <UNK> is drawn", "抽到未知标识 <UNK> 时"),
    "unk.rest": ("Redraw from the rest", "从其余词元中重抽"),
    "unk.redraw": ("Redraw from the same ŷ", "从同一个 ŷ 重抽"),
    "unk.allow": ("Keep it", "保留"),
    "setting.no_unk": ("This vocabulary has no <UNK>: nothing to reject.", "这个词汇表没有未知标识 <UNK>，无需拒绝。"),
    "setting.eos": ("Stop at <EOS>", "遇到句子结尾标识 <EOS> 时停止"),
    "setting.no_eos": ("(no <EOS> to stop at)", "（没有 <EOS>，不会因此停止）"),
    "setting.limit": ("Stop after … steps", "步数上限"),
    "setting.seed": ("Seed", "随机种子（seed）"),
    "setting.die": ("Another seed", "换一个种子"),
    "setting.prompt": ("Prompt", "提示（prompt）"),
    "setting.prompt.help": (
        "Its tokens are fed first and marked as given.",
        "其中的词元先输入网络，并标记为“给定”。",
    ),
    "setting.prompt.placeholder": ("nothing: x⟨1⟩ = 0", "无：x⟨1⟩ = 0"),
    "setting.prompt.unknown_char": (
        "The prompt was not taken: {token} is not a character of this vocabulary. Leave it out or write it in another way.",
        "未采用这段提示：这个字符词汇表里没有{token}。请去掉它，或换一种写法。",
    ),
    "setting.prompt.unknown_word": (
        "The prompt was not taken: the word {token} is not in this vocabulary, which has no <UNK> for it. Leave it out or "
        "write it in another way.",
        "未采用这段提示：这个词汇表里没有{token}，也没有可代替它的 <UNK>。请去掉它，或换一种写法。",
    ),
    "setting.alphabet": ("The alphabet: {count} characters", "字母表：{count} 个字符"),
    "setting.alphabet.more": ("… {count} more", "……另有 {count} 个"),
    "setting.prompt.unknown_words": (
        "Not in this vocabulary, so fed as <UNK>: {words}",
        "不在这个词汇表里，按未知标识 <UNK> 输入：{words}",
    ),
    # --- find a run
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
        "{tried} of {most} seeds tried, about {left} left",
        "已试 {tried} / {most} 个种子，大约还需 {left}",
    ),
    "find.seconds": ("{count} s", "{count} 秒"),
    "find.minutes": ("{count} min", "{count} 分钟"),
    "find.cancel": ("Cancel", "取消"),
    "find.seed": ("Seed {seed}, after {tried} tried:", "种子 {seed}（试了 {tried} 个）："),
    "find.found.unk": ("<UNK> is rejected at t = {t}.", "在 t = {t} 拒绝 <UNK>。"),
    "find.found.eos": ("<EOS> is drawn at t = {t}.", "在 t = {t} 抽到 <EOS>。"),
    "find.found.limit": ("the step limit stops it at t = {t}.", "在 t = {t} 达到步数上限。"),
    "find.found.twice": ("{amount} rejections at t = {t}.", "在 t = {t} 拒绝 {amount} 次。"),
    "find.found.contains": ("“{text}” is complete at t = {t}.", "到 t = {t} 为止，“{text}”写全。"),
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
        "None in {tried} runs, so P is below about {bound} (3 ÷ {tried}, 95 % sure). Press the same button again to try the next seeds.",
        "试了 {tried} 个序列，一个也没有，因此概率大约低于 {bound}（3 ÷ {tried}，置信度 95%）。再按同一按钮，继续试后面的种子。",
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
        "The limit of {limit} steps comes before step {first}. Set it to {last} or more.",
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
        "That is {count} tokens, but the limit is {limit} steps. Raise the limit or take a shorter text.",
        "它有 {count} 个词元，而上限是 {limit} 步。请提高上限，或换一段短些的文字。",
    ),
    "find.cannot.rejected": (
        "<UNK> is always rejected under this setting. To find it in a run choose “Keep it”.",
        "当前设置总是拒绝 <UNK>。要让它留在序列里，请选“保留”。",
    ),
    # --- what the models are called, by file name, and one thing to try with each
    "model.speeches-word": ("English speeches · words", "英语演讲 · 词"),
    "model.speeches-char": ("English speeches · characters", "英语演讲 · 字符"),
    "model.basic-english-word": ("Basic English · words", "基础英语 · 词"),
    "model.shakespeare-char": ("Shakespeare · characters", "莎士比亚 · 字符"),
    "model.shakespeare-word": ("Shakespeare · words", "莎士比亚 · 词"),
    "model.dinosaurs-rnn": ("Dinosaur names · RNN", "恐龙名 · RNN"),
    "model.dinosaurs-gru": ("Dinosaur names · GRU", "恐龙名 · GRU"),
    "model.dinosaurs-lstm": ("Dinosaur names · LSTM", "恐龙名 · LSTM"),
    "model.tang-char": ("Tang poems · 中文 characters", "唐诗 · 汉字"),
    "model.speeches-word.try": (
        "The lecture's case: step until <EOS>; an <UNK> is rejected.",
        "课上的例子：单步走到句子结尾标识 <EOS>；抽到未知标识 <UNK> 就拒绝。",
    ),
    "model.speeches-char.try": (
        "The same sentences letter by letter: how much later does <EOS> come?",
        "同样的句子，逐个字符采样：<EOS> 会晚多少步出现？",
    ),
    "model.basic-english-word.try": (
        "Small words, clear sentences: set the temperature to 0.5, then to 1.5.",
        "用词简单，句子清楚：温度先设 0.5，再设 1.5。",
    ),
    "model.shakespeare-char.try": (
        "No <EOS>: only the step limit stops it. Give it a name as the prompt.",
        "没有 <EOS>：只有步数上限能让它停下。用一个人名作提示试试。",
    ),
    "model.shakespeare-word.try": (
        "<UNK> is rejected again and again, and no end is in sight.",
        "一次次拒绝 <UNK>，始终不见结尾。",
    ),
    "model.dinosaurs-rnn.try": (
        "The course's exercise: a new dinosaur, from the plainest cell.",
        "课程练习：用最简单的单元起一个新的恐龙名。",
    ),
    "model.dinosaurs-gru.try": (
        "The same seed as with the RNN: does the GRU name another one?",
        "与 RNN 用同一个种子：GRU 会起别的名字吗？",
    ),
    "model.dinosaurs-lstm.try": (
        "Temperature 0 always gives the same name; then raise it.",
        "温度为 0 时总是同一个名字；再把它调高。",
    ),
    "model.tang-char.try": (
        "One character, one token: five or seven to a line. T = 0.7 reads best.",
        "一字一个词元，每句五字或七字。温度为 0.7 时最通顺。",
    ),
    "model.facts": (
        "{cell} with {hidden} hidden units; {count} tokens in the vocabulary.",
        "{cell}，{hidden} 个隐藏单元；词汇表（vocabulary）有 {count} 个词元（token）。",
    ),
    # --- novel?
    "novel.new": (
        "Novel: token for token, this sequence is none of the {count} in the training text. One other token is enough for that.",
        "是新序列：逐个词元比对，训练文本的 {count} 个序列里没有它。只要有一个词元不同就算新。",
    ),
    "novel.known": (
        "Not novel: this very sequence stands in the training text, among {count}.",
        "不是新序列：训练文本的 {count} 个序列里有一模一样的一个。",
    ),
    "novel.several": (
        "Of the {count} sequences that <EOS> has ended, {known} stand in the training text, token for token.",
        "由 <EOS> 结束的 {count} 个序列中，有 {known} 个与训练文本中的序列逐词元相同。",
    ),
    "novel.unfinished": (
        "Novel? It cannot be said: only whole sequences, up to <EOS>, are looked up in the training text.",
        "是新序列吗？无法判断：只有以 <EOS> 结束的完整序列才会在训练文本里查找。",
    ),
    "novel.stretch.none.word": (
        "Novel: no stretch of {least} words or more is copied from the training text.",
        "是新序列：没有从训练文本照抄 {least} 个词或更长的片段。",
    ),
    "novel.stretch.none.char": (
        "Novel: no stretch of {least} characters or more is copied from the training text.",
        "是新序列：没有从训练文本照抄 {least} 个字符或更长的片段。",
    ),
    "novel.short.word": (
        "Novel? Too short to say: copied stretches are surely found from {least} words on, and this run has {count}.",
        "是新序列吗？太短，无法判断：照抄的片段满 {least} 个词才一定能查出，而这个序列只有 {count} 个。",
    ),
    "novel.short.char": (
        "Novel? Too short to say: copied stretches are surely found from {least} characters on, and this run has {count}.",
        "是新序列吗？太短，无法判断：照抄的片段满 {least} 个字符才一定能查出，而这个序列只有 {count} 个。",
    ),
    "novel.stretch": (
        "Partly copied: the {length} tokens from t = {first} to {last} stand in the training text, window by window: “{text}”.",
        "部分照抄：从 t = {first} 到 {last} 的 {length} 个词元，每个窗口都在训练文本里出现过：“{text}”。",
    ),
    "novel.unknown": (
        "Novel? This model's file has no hashes of its training text.",
        "是新序列吗？无法判断：这个模型文件里没有训练文本的哈希值。",
    ),
    # --- the stage
    "stage.yhat": ("ŷ⟨{t}⟩ = softmax over {count} tokens", "ŷ⟨{t}⟩ = 对 {count} 个词元做 softmax"),
    "stage.yhat.rest": ("ŷ⟨{t}⟩ without <UNK>, each ÷ {share}", "去掉 <UNK> 的 ŷ⟨{t}⟩，每项 ÷ {share}"),
    "stage.yhat.own_rest": (
        "the model's own ŷ⟨{t}⟩ without <UNK>, each ÷ {share}",
        "去掉 <UNK> 的模型原始 ŷ⟨{t}⟩，每项 ÷ {share}",
    ),
    "stage.yhat.mark": ("mark: before temperature and filters", "竖线：温度与筛选之前"),
    "stage.yhat.waiting": ("ŷ⟨{t}⟩ is not there yet", "ŷ⟨{t}⟩ 还没有算出来"),
    "stage.draw": ("The draw: u lands in one segment", "抽取：u 落在哪个区间"),
    "stage.no_draw": ("No draw at this step", "这一步不抽取"),
    "stage.counter": ("t = {t} of at most {last}", "第 {t} 步（t = {t}），上限 {last} 步"),
    "stage.log_prob": (
        "log P = {log_prob} · perplexity {perplexity}",
        "log P = {log_prob} · 困惑度（perplexity）{perplexity}",
    ),
    "stage.entropy": ("entropy of ŷ⟨{t}⟩ {bits} bits", "ŷ⟨{t}⟩ 的熵（entropy）{bits} 比特"),
    "stage.eos_prob": ("P(<EOS>) {prob}", "P(<EOS>) {prob}"),
    "stage.text": ("The text so far", "目前的文本"),
    "stage.text.empty": ("(nothing yet)", "（还没有）"),
    "stage.text.copy": ("Copy", "复制"),
    "stage.text.copied": ("Copied", "已复制"),
    "stage.text.copy.help": ("Copy the text so far", "复制目前的文本"),
    "bars.others": ("{count} others", "其余 {count} 个"),
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
        "P({token}) / (1 − P(<UNK>)) = {prob} / (1 − {unk}) = {result}",
        "P({token}) / (1 − P(<UNK>)) = {prob} / (1 − {unk}) = {result}",
    ),
    "bars.share.redraw": (
        "in the long run, when redrawn from the same ŷ: the same as from the rest",
        "从同一个 ŷ 一再重抽，长远来看与从其余词元中抽取相同",
    ),
    "bars.share.gave_up": (
        "draw {draws}, the last, was made from the rest",
        "第 {draws} 次，即最后一次，从其余词元中抽取",
    ),
    "bars.share.nothing_left": (
        "only <UNK> had passed temperature and filters",
        "温度与筛选之后只剩 <UNK>",
    ),
    "bars.hover": ("{token}: before {before}, after {after}", "{token}：之前 {before}，之后 {after}"),
    "bars.alt": (
        "Bar chart of ŷ⟨{t}⟩: {bars}.",
        "ŷ⟨{t}⟩ 的条形图：{bars}。",
    ),
    "bars.alt.sign": ("{bar} ({sign})", "{bar}（{sign}）"),
    # --- the panels below the pictures
    "panel.label": ("Another look at this step", "换个角度看这一步"),
    "panel.name.temperatures": ("Same u, other temperatures", "同一个 u，不同温度"),
    "panel.name.eos": ("P(<EOS>) by step", "每一步的 P(<EOS>)"),
    "panel.name.inside": ("Inside a⟨t⟩", "a⟨t⟩ 的内部"),
    "panel.temperatures.waiting": (
        "No token has come out at t = {t} yet. Once it has: what the same u would give at other temperatures.",
        "t = {t} 的词元还没有出来。出来之后，这里显示同一个 u 在其他温度下会抽到什么。",
    ),
    "panel.temperatures.same": (
        "The same: the logits, u({t}, 1) = {u} (the line through all strips), all other settings. "
        "Only T differs: ≠ marks another token. Grey: tokens too thin to tell apart.",
        "不变的：logits、u({t}, 1) = {u}（贯穿各行的竖线）和其他设置。只有 T 不同；≠ 表示抽到另一个词元。灰色：太窄、分不开的词元。",
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
    "panel.temperatures.alt": ("T = {temperature}: {token} {prob}", "T = {temperature}：{token} {prob}"),
    "panel.temperatures.now": ("now", "当前"),
    "panel.temperatures.more": ("+ {count} more", "另有 {count} 次"),
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
    "panel.eos.hover": ("t = {t}: P(<EOS>) {prob}", "t = {t}：P(<EOS>) {prob}"),
    "panel.eos.here": (" At t = {t}: P(<EOS>) {prob}.", "t = {t} 时：P(<EOS>) {prob}。"),
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
        "mean |a⟨{t}⟩ − a⟨{before}⟩| over the units = {mean}",
        "各单元 |a⟨{t}⟩ − a⟨{before}⟩| 的平均值 = {mean}",
    ),
    "panel.inside.moved.c": (
        "mean |c⟨{t}⟩ − c⟨{before}⟩| over the units = {mean}",
        "各单元 |c⟨{t}⟩ − c⟨{before}⟩| 的平均值 = {mean}",
    ),
    "panel.inside.units": ("unit", "单元"),
    "panel.inside.unit": ("unit {unit}", "单元 {unit}"),
    "panel.inside.alt": (
        "Heat map. {title}. {units} units, colours from {low} to {high}.",
        "热图。{title}。{units} 个单元，颜色从 {low} 到 {high}。",
    ),
    "panel.inside.movers": (
        "The units that moved most from a⟨{before}⟩ to a⟨{t}⟩",
        "从 a⟨{before}⟩ 到 a⟨{t}⟩ 变化最大的单元",
    ),
    "panel.inside.movers.alt": (
        "Bar chart; {said}. Moved most: units {units}.",
        "条形图；{said}。变化最大的单元：{units}。",
    ),
    "panel.inside.zero": (
        "x⟨{t}⟩ is the zero vector: {size} zeros, no 1, for no token has come before.",
        "x⟨{t}⟩ 是零向量：{size} 个 0，没有 1，因为前面还没有词元。",
    ),
    "panel.inside.hot": (
        "x⟨{t}⟩ is one-hot: 1 at index {k} ({token}), 0 at the other {others}.",
        "x⟨{t}⟩ 是独热（one-hot）向量：下标 {k}（{token}）处为 1，其余 {others} 处为 0。",
    ),
    "panel.inside.row": (
        " So it picks row {k} of the embedding, {width} numbers, and these go into the cell.",
        "所以它选出词嵌入（embedding）的第 {k} 行，共 {width} 个数，送入循环单元。",
    ),
    "panel.inside.column": (
        " So W x⟨{t}⟩ is column {k} of the input weights W.",
        "所以 W x⟨{t}⟩ 就是输入权重 W 的第 {k} 列。",
    ),
    # --- narration
    "narration.between_sentences": (" ", ""),
    "narration.opening": (
        "Nothing has been fed yet: x⟨1⟩ = 0 and a⟨0⟩ = 0. Press Step: ŷ⟨1⟩ is the model's idea of a first token.",
        "还没有输入任何内容：x⟨1⟩ = 0，a⟨0⟩ = 0。按“单步”：ŷ⟨1⟩ 是模型对第一个词元（token）的预测。",
    ),
    "narration.fed_zero": (
        "There is no past yet: x⟨1⟩ = 0 and a⟨0⟩ = 0 went in.",
        "前面还没有词元：输入的是 x⟨1⟩ = 0 和 a⟨0⟩ = 0。",
    ),
    "narration.fed": ("Fed {token}.", "输入{token}。"),
    "narration.feeding": (
        "{token} is x⟨{t}⟩ now; it goes in together with a⟨{before}⟩, the memory of all before it.",
        "{token}现在是 x⟨{t}⟩，与 a⟨{before}⟩（对此前全部内容的记忆）一起输入网络。",
    ),
    "narration.predicted": (
        "Softmax gives ŷ⟨{t}⟩: {count} probabilities that sum to 1. The likeliest is {token} with {prob}; "
        "that does not mean it will be drawn.",
        "softmax 给出 ŷ⟨{t}⟩：{count} 个概率，总和为 1。概率最大的是{token}（{prob}），但不一定会抽中它。",
    ),
    "narration.predicted.no_draw": (
        "Softmax gives ŷ⟨{t}⟩: {count} probabilities that sum to 1. The likeliest is {token} with {prob}.",
        "softmax 给出 ŷ⟨{t}⟩：{count} 个概率，总和为 1。概率最大的是{token}（{prob}）。",
    ),
    "narration.given": (
        "{token} is given by the prompt, not drawn; the model gave it {prob}.",
        "{token}由提示给定，不是抽出来的；模型给它的概率：{prob}。",
    ),
    "narration.forced": (
        "{token} was chosen by hand; the model gave it {prob}.",
        "{token}是手动选定的；模型给它的概率：{prob}。",
    ),
    "narration.rejected": (
        "The draw fell on <UNK>: rejected. ŷ⟨{t}⟩ and a⟨{t}⟩ stay as they are.",
        "抽到未知标识 <UNK>，拒绝。ŷ⟨{t}⟩ 和 a⟨{t}⟩ 保持不变。",
    ),
    "narration.rejected_times": (
        "{times} draws fell on <UNK>: rejected. ŷ⟨{t}⟩ and a⟨{t}⟩ stay as they are.",
        "有 {times} 次抽到未知标识 <UNK>，都拒绝。ŷ⟨{t}⟩ 和 a⟨{t}⟩ 保持不变。",
    ),
    "narration.drawn": (
        "u = {u} fell into the segment of {token}, which has {prob}.",
        "u = {u} 落在{token}对应的区间内（概率 {prob}）。",
    ),
    "narration.greedy": (
        "Temperature 0 is greedy: the likeliest token, {token}, has the whole strip, so every u gives it.",
        "温度为 0 即贪心（greedy）：概率最大的词元{token}占满整条，无论 u 是多少都取它。",
    ),
    "narration.drawn_again": (
        "Drawn again from the same ŷ: u = {u} fell into the segment of {token}, which has {prob} there.",
        "从同一个 ŷ 重抽：u = {u} 落在{token}对应的区间内（概率 {prob}）。",
    ),
    "narration.drawn_rest": (
        "Drawn among the other {count} (each P ÷ {share}): {token}.",
        "在其余 {count} 个词元中重抽（每个 P ÷ {share}）：抽中{token}。",
    ),
    "narration.gave_up": (
        "After {times} rejections the last draw is made without <UNK>.",
        "拒绝 {times} 次之后，最后一次去掉 <UNK> 再抽。",
    ),
    "narration.nothing_left": (
        "Only <UNK> had passed temperature and filters, so nothing was left: "
        "drawn from the model's own ŷ without <UNK>: {token}.",
        "温度与筛选之后只剩 <UNK>，已无其他词元可抽：改从模型自己的、去掉 <UNK> 的 ŷ 中抽取，抽中{token}。",
    ),
    "narration.fed_back": ("It becomes x⟨{t}⟩.", "它成为 x⟨{t}⟩。"),
    "ending.eos": (
        "<EOS> was drawn at t = {t} (P {prob}): the sequence ends by itself.",
        "在 t = {t} 抽到句子结尾标识 <EOS>（P {prob}）：序列自行结束。",
    ),
    "ending.eos_forced": (
        "<EOS> was chosen by hand at t = {t} (P {prob}): the sequence ends.",
        "在 t = {t} 手动选定句子结尾标识 <EOS>（P {prob}）：序列结束。",
    ),
    "ending.length_no_eos": (
        "The limit of {limit} steps is reached; <EOS> is not in this vocabulary, so nothing else could end it.",
        "达到 {limit} 步的上限；这个词汇表没有句子结尾标识 <EOS>，只能这样停止。",
    ),
    "ending.length_never": (
        "The limit of {limit} steps is reached. <EOS> was possible but never drawn; it came closest at t = {t} (P {prob}).",
        "达到 {limit} 步的上限。本来可以抽到句子结尾标识 <EOS>，但始终没有抽到；最接近的是 t = {t}（P {prob}）。",
    ),
    "ending.length_passed": (
        "The limit of {limit} steps is reached. <EOS> came at t = {times}, was fed back like any token and passed over.",
        "达到 {limit} 步的上限。在 t = {times} 出现过句子结尾标识 <EOS>，像其他词元一样传给下一时间步，没有停下。",
    ),
    "ending.next": ("Reset, or try another seed.", "可以重置，或换一个种子。"),
    "ending.next_limit": (
        "Reset, try another seed, or set a longer limit to go on.",
        "可以重置、换一个种子，或设更大的步数上限继续。",
    ),
    "ending.flag.eos": ("Ended: <EOS> drawn", "结束：抽到 <EOS>"),
    "ending.flag.eos_forced": ("Ended: <EOS> chosen by hand", "结束：手动选定 <EOS>"),
    "ending.flag.length": ("Stopped: step limit, <EOS> was possible", "停止：步数上限，本可出现 <EOS>"),
    "ending.flag.no_eos": ("Stopped: step limit, no <EOS> here", "停止：步数上限，这里没有 <EOS>"),
    # --- pictures
    "strip.label": ("The tokens so far, {count} of them", "目前的词元，共 {count} 个"),
    "strip.empty": (
        "No token yet. Press Step or the key →.",
        "还没有词元。请按“单步”或按键 →。",
    ),
    "strip.likely": ("likely", "意料之中"),
    "strip.surprising": ("surprising", "意外"),
    "strip.earlier": ("… {count} earlier", "……之前 {count} 个"),
    "strip.later": ("{count} later …", "之后 {count} 个……"),
    "strip.rejected": ("{token} × {times}", "{token} × {times}"),
    "strip.given": ("given", "给定"),
    "strip.forced": ("by hand", "手动选定"),
    "strip.teacher_forced": ("true", "真实"),
    "strip.waiting": ("t = {t}: no token has come out yet", "t = {t}：词元还没有出来"),
    "strip.title.rejected": ("{title} · before it rejected: {rejected}", "{title} · 此前被拒绝：{rejected}"),
    "strip.title.drawn": (
        "t = {t}: {token} · P {prob} by the model · {after} after temperature and filters · {bits} bits of surprisal",
        "t = {t}：{token} · 模型给出 P {prob} · 温度与筛选之后 {after} · 惊奇度（surprisal）{bits} 比特",
    ),
    "strip.title.given": (
        "t = {t}: {token}, given by the prompt · P {prob} by the model · {after} after temperature and filters · "
        "{bits} bits of surprisal",
        "t = {t}：{token}，由提示给定 · 模型给出 P {prob} · 温度与筛选之后 {after} · 惊奇度（surprisal）{bits} 比特",
    ),
    "strip.title.teacher_forced": (
        "t = {t}: {token}, the true token of the text · P {prob} by the model · {bits} bits of surprisal",
        "t = {t}：{token}，文本的真实词元 · 模型给出 P {prob} · 惊奇度（surprisal）{bits} 比特",
    ),
    "strip.title.forced": (
        "t = {t}: {token}, chosen by hand · P {prob} by the model · {after} after temperature and filters · "
        "{bits} bits of surprisal",
        "t = {t}：{token}，手动选定 · 模型给出 P {prob} · 温度与筛选之后 {after} · 惊奇度（surprisal）{bits} 比特",
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
    # --- the network in training
    "teacher_forcing.edit": ("✎ true text", "✎ 真实文本"),
    "teacher_forcing.title": ("The true text", "真实文本"),
    "teacher_forcing.text": ("What training feeds, token by token", "训练时逐个输入的词元（token）"),
    "teacher_forcing.text.help": ("Up to 300 characters. Kept for this model.", "最多 300 个字符，为当前模型保留。"),
    "teacher_forcing.use": ("Feed this text", "输入这段文本"),
    "teacher_forcing.unknown": (
        "The text was not taken: {token} is not in this vocabulary. Leave it out or write it in another way.",
        "未采用这段文本：这个词汇表里没有{token}。请去掉它，或换一种写法。",
    ),
    "teacher_forcing.empty": (
        "There is no text to feed yet. Type one: ✎ true text.",
        "还没有可输入的文本。请点“✎ 真实文本”输入一句。",
    ),
    "teacher_forcing.loss_label": ("−log P = {loss}", "−log P = {loss}"),
    "teacher_forcing.total": ("J = {total}", "J = {total}"),
    "teacher_forcing.mean": ("mean {mean}", "平均 {mean}"),
    "teacher_forcing.opening": (
        "In training the network is fed the true text, never its own draws: first x⟨1⟩ = 0, then one true token after "
        "another. In ŷ⟨t⟩ stands what it liked best, above it the loss of the true token. Press Step.",
        "训练时输入网络的是真实文本，而不是它自己抽出的词元（token）：先是 x⟨1⟩ = 0，然后依次是每个真实词元。ŷ⟨t⟩ 里写着它最看好的词元，上面是真实词元的损失（loss）。按“单步”。",
    ),
    "teacher_forcing.fed_zero": ("In training too, x⟨1⟩ = 0.", "训练时也是 x⟨1⟩ = 0。"),
    "teacher_forcing.fed": (
        "In training, x⟨{t}⟩ was the true token {token}, whatever the model would have drawn.",
        "训练时，x⟨{t}⟩ 是真实词元{token}，与模型会抽到什么无关。",
    ),
    "teacher_forcing.fed_unlike": (
        "In training, x⟨{t}⟩ was the true token {token}; in the sampled run it is {own}.",
        "训练时，x⟨{t}⟩ 是真实词元{token}；在采样的序列里，它是{own}。",
    ),
    "teacher_forcing.predicted": (
        "After the true text so far, the likeliest in ŷ⟨{t}⟩ is {token}.",
        "读过此前的真实文本，ŷ⟨{t}⟩ 中概率最大的是{token}。",
    ),
    "teacher_forcing.loss": (
        "ŷ⟨{t}⟩ gave the next true token, {token}, {prob} (rank {rank}): a loss of {loss} nats.",
        "ŷ⟨{t}⟩ 给下一个真实词元{token}的概率：{prob}（第 {rank} 位），损失为 {loss} 奈特（nat）。",
    ),
    "teacher_forcing.loss_best": (
        "ŷ⟨{t}⟩ gave the next true token, {token}, {prob}, the most of all: a loss of {loss} nats.",
        "ŷ⟨{t}⟩ 给下一个真实词元{token}的概率最大：{prob}，损失为 {loss} 奈特（nat）。",
    ),
    "teacher_forcing.unknown_piece": ("“{piece}” (here {token})", "“{piece}”（即{token}）"),
    "teacher_forcing.fed_back": (
        "{token} goes in as x⟨{t}⟩: it comes from the text, it is not drawn.",
        "{token}作为 x⟨{t}⟩ 输入：它来自文本，不是抽出来的。",
    ),
    "teacher_forcing.whole": (
        "All {count} losses together are J = {total} nats, {mean} a token: training changes the weights to make J small.",
        "{count} 个损失合计 J = {total} 奈特，平均每个词元 {mean}：训练就是调整权重，使 J 变小。",
    ),
    "teacher_forcing.over": ("The true text was over at t = {last}.", "真实文本在 t = {last} 已经结束。"),
    "teacher_forcing.by_hand": (
        "In training nothing is chosen by hand. Switch to Sampled for that.",
        "训练时不能手动选定词元。要手动选定，请切换到“采样”。",
    ),
    "teacher_forcing.alt.start": (
        "The network in training, before its first step; the true text has {count} tokens.",
        "训练中的网络，第一步之前；真实文本有 {count} 个词元。",
    ),
    "teacher_forcing.alt.waiting": (
        "The network in training at t = {t}: the true token {input} is fed as x⟨{t}⟩.",
        "训练中的网络，t = {t}：真实词元{input}作为 x⟨{t}⟩ 输入。",
    ),
    "teacher_forcing.alt": (
        "The network in training at t = {t}: the true token {input} is fed as x⟨{t}⟩; the next true token {token} "
        "has P {prob}, a loss of {loss} nats.",
        "训练中的网络，t = {t}：真实词元{input}作为 x⟨{t}⟩ 输入；下一个真实词元{token}的 P {prob}，损失 {loss} 奈特。",
    ),
    "draw.waiting": (
        "ŷ⟨{t}⟩ laid end to end: {count} segments from 0 to 1, no needle yet",
        "ŷ⟨{t}⟩ 首尾相接：从 0 到 1 共 {count} 个区间，指针还没有落下",
    ),
    "draw.waiting.no_draw": (
        "ŷ⟨{t}⟩ laid end to end: {count} segments from 0 to 1; no needle falls at this step",
        "ŷ⟨{t}⟩ 首尾相接：从 0 到 1 共 {count} 个区间；这一步没有指针落下",
    ),
    "draw.accepted": ("u({t}, {j}) = {u} → {token} ✓", "u({t}, {j}) = {u} → {token} ✓"),
    "draw.rejected": ("u({t}, {j}) = {u} → {token} ✗ rejected", "u({t}, {j}) = {u} → {token} ✗ 被拒绝"),
    "draw.more": ("… {count} rejected before", "……此前 {count} 次被拒绝"),
    "draw.run": ("{count} tokens", "{count} 个词元"),
    "draw.zoom": ("enlarged × {times}", "放大 {times} 倍"),
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
    # --- the page Score
    "score.text": ("The text to score", "要打分的文本"),
    "score.empty": (
        "Type a text: the model gives each token its probability and its surprisal.",
        "输入一段文本：模型会给出每个词元（token）的概率和惊奇度（surprisal）。",
    ),
    "score.working": ("Reading the text …", "正在读取文本……"),
    "score.compare": ("Compare two texts", "比较两段文本"),
    "score.example.own": ("Typical text", "典型文本"),
    "score.example.order": ("Back to front", "倒序"),
    "score.example.pair.word": ("was or were?", "was 还是 were？"),
    "score.example.pair.char": ("friend or freind?", "friend 还是 freind？"),
    "score.example.mau": ("“Mau” by word and by character", "“Mau”：按词与按字符"),
    "score.explain.surprisal": (
        "Surprisal = −log₂ P(token | all before it), in bits: how little the model expected the token. 1 bit is a coin "
        "flip, 10 bits one chance in 1,024.",
        "惊奇度（surprisal）= −log₂ P(词元 | 此前全部)，单位为比特：模型有多没料到它。1 比特如同抛一次硬币，10 比特相当于 1,024 分之一的可能。",
    ),
    "score.explain.perplexity": (
        "Perplexity = 2 to the mean surprisal: among how many equally likely tokens the model seems to choose each time.",
        "困惑度（perplexity）= 2 的“平均惊奇度”次幂：相当于模型每一步在多少个等可能的词元（token）中选择。",
    ),
    "score.explain.characters": (
        "Bits per character: all surprisal over the number of characters; where the vocabulary has <EOS>, the end counts "
        "as one, with the surprisal of <EOS>. Fair between words and characters, if each unknown word is spelled, letter "
        "by letter, at extra cost.",
        "每字符比特数（bits per character）：总惊奇度除以字符数；词汇表有句子结尾标识 <EOS> 时，结尾也算一个字符，并计入 <EOS> 的惊奇度。词模型与字符模型之间可以公平比较，前提是每个未知的词另计逐字母拼写所需的比特。",
    ),
    "score.explain.own": (
        "All by the model's own ŷ⟨t⟩: temperature and filters play no part. A press on a token opens the stage there.",
        "一切按模型自己的 ŷ⟨t⟩ 计算，与温度和筛选无关。点击一个词元，就在采样页打开那一步。",
    ),
    "score.surprise": (
        "The greatest surprise: {token} at t = {t}, {bits} bits (P {prob}).",
        "最意外的：t = {t} 的{token}，{bits} 比特（P {prob}）。",
    ),
    "score.surprise.rather": ("The model would rather have had {tokens}.", "模型更看好{tokens}。"),
    "score.surprise.none": (
        "And even that was the model's first choice: it expected every token.",
        "而且连它也是模型的首选：每个词元都在意料之中。",
    ),
    "score.more_probable.first": (
        "The first text is {times} times as probable as the second.",
        "第一段文本的概率是第二段的 {times} 倍。",
    ),
    "score.more_probable.second": (
        "The second text is {times} times as probable as the first.",
        "第二段文本的概率是第一段的 {times} 倍。",
    ),
    "score.as_probable": ("Both texts are equally probable.", "两段文本的概率相同。"),
    "score.across": (
        "Two vocabularies: compare bits per character, {first} against {second}. Perplexity counts per token and cannot "
        "be compared here.",
        "两个词汇表：比较每字符比特数，{first} 对 {second}。困惑度按词元计算，在这里不能比较。",
    ),
    "score.refused": ("A text was not scored; the reason stands below.", "有一段文本没有打分，原因见下。"),
    "score.refused.char": (
        "Not scored: this vocabulary has no {pieces}, so the text has no probability here. Leave it out, write it in "
        "another way, or choose another model.",
        "未打分：这个词汇表里没有{pieces}，因此这段文本在这里没有概率。请去掉它、换一种写法，或换一个模型。",
    ),
    "score.refused.word": (
        "Not scored: this vocabulary has no {pieces}, and no <UNK> to stand for it. Leave it out, write it in another "
        "way, or choose another model.",
        "未打分：这个词汇表里没有{pieces}，也没有可代替它的 <UNK>。请去掉它、换一种写法，或换一个模型。",
    ),
    "score.unknown": (
        "<UNK> stands for {words}: its P is that of any word but the {count} that this vocabulary knows, whichever it is, "
        "and spelling it costs nothing. So bits per character add what it takes to spell the word letter by letter.",
        "未知标识 <UNK> 代替了{words}：它的概率是“词汇表外任意一词”的概率（词汇表认识 {count} 个词），未计拼写所需的比特。所以每字符比特数另加了逐字母拼写这个词的比特。",
    ),
    "score.total.log_prob": ("log P, nats", "log P，奈特（nat）"),
    "score.total.perplexity": ("perplexity", "困惑度"),
    "score.total.bits": ("bits per character", "每字符比特数"),
    "score.total.bits.end": ("bits per character, end counted", "每字符比特数（含结尾）"),
    "score.total.bare": ("({bits} as <UNK>)", "（按 <UNK>：{bits}）"),
    "score.total.end": ("P(<EOS>) after it", "其后的 P(<EOS>)"),
    "score.total.no_eos": ("no <EOS> in this vocabulary", "这个词汇表没有 <EOS>"),
    "score.total.tokens": ("tokens", "词元数"),
    "score.total.unk": ("({count} <UNK>)", "（{count} 个 <UNK>）"),
    "score.total.no_unk": ("(no <UNK> in this vocabulary)", "（这个词汇表没有 <UNK>）"),
    "score.cards": ("Tokens {first} to {last} of {count}", "第 {first} 到 {last} 个词元，共 {count} 个"),
    "score.name.bits": ("surprisal", "惊奇度"),
    "score.name.token": ("token", "词元"),
    "score.name.prob": ("P", "P"),
    "score.name.rank": ("rank", "排名"),
    "score.name.rather": ("preferred", "更看好"),
    "score.first_choice": ("✓ 1st", "✓ 首选"),
    "score.first_choice.long": ("The model's 1st choice.", "模型的首选。"),
    "score.unknown_as": ("“{text}” (here “{token}”)", "“{text}”（即“{token}”）"),
    "score.figures": (
        "t = {t}: {token} · P {prob} · rank {rank} · {bits} bits of surprisal.",
        "t = {t}：{token} · P {prob} · 第 {rank} 位 · 惊奇度 {bits} 比特。",
    ),
    "score.rather": ("The model would rather have had: {tokens}.", "模型更看好：{tokens}。"),
    "score.title": ("{figures} {rather} Press to open the stage here.", "{figures}{rather}点击即在采样页打开这一步。"),
    "score.prompt.cut": (
        "A prompt has at most 300 characters: of the {all} tokens before this one the last {count} were taken.",
        "提示最多 300 个字符：此前的 {all} 个词元只取了最后 {count} 个。",
    ),
    "score.prompt.otherwise": (
        "Without what follows it, the text before this token is cut into other tokens; see the chips.",
        "去掉后文之后，前面的文本切分成了不同的词元，见上面的词元条。",
    ),
    # --- word vs character
    "compare.no_pair": (
        "This page compares a word model with a character model, and pretrained/ has only one of the two. "
        "Train the other: python -m engine.training speeches-char",
        "本页比较词模型和字符模型，而 pretrained/ 里只有其中一种。请训练另一种：python -m engine.training speeches-char",
    ),
    "compare.model.word": ("Word model", "词模型"),
    "compare.model.char": ("Character model", "字符模型"),
    "compare.seed": ("Seed of both", "共用的随机种子（seed）"),
    "compare.sentence": ("Your sentence", "你的句子"),
    "compare.empty": (
        "There is nothing to cut yet. Type a sentence above, such as: Cats average 15 hours of sleep a day.",
        "还没有可切分的内容。请在上面输入一句，例如：Cats average 15 hours of sleep a day.",
    ),
    "compare.too_long": (
        "Only the first {most} of the {count} characters are compared. Shorten the text to choose which.",
        "只比较 {count} 个字符中的前 {most} 个。要比较其他部分，请缩短文本。",
    ),
    "compare.cuts.alt": (
        "“{text}” cut into {words} words and into {characters} characters.",
        "“{text}”切成 {words} 个词，也切成 {characters} 个字符。",
    ),
    "compare.column.tokens": ("time steps", "时间步"),
    "compare.column.unknown": ("became <UNK>", "成为未知标识 <UNK> 的"),
    "compare.column.bits": ("−log₂ P, bits", "−log₂ P（比特）"),
    "compare.column.per_character": ("bits per character", "每字符比特数（bits per character）"),
    "compare.tokens_and_end": ("{count} + <EOS>", "{count} + <EOS>"),
    "compare.tokens_no_end": ("{count} (no <EOS> in this vocabulary)", "{count}（这个词汇表没有 <EOS>）"),
    "compare.none": ("nothing", "没有"),
    "compare.no_unk": ("nothing: this vocabulary has no <UNK>", "没有：这个词汇表没有 <UNK>"),
    "compare.foreign.word": (
        "Not in this vocabulary, and it has no <UNK> to stand for it: {pieces}. Write it in another way.",
        "不在这个词汇表里，也没有 <UNK> 可代替：{pieces}。请换一种写法。",
    ),
    "compare.foreign.char": (
        "This model has no such character: {pieces}. Leave it out or write it in another way.",
        "这个模型没有这样的字符：{pieces}。请去掉它，或换一种写法。",
    ),
    "compare.end": (
        "Bits per character count the end as a character where the vocabulary has <EOS>.",
        "词汇表有句子结尾标识 <EOS> 时，每字符比特数把结尾也算作一个字符。",
    ),
    "compare.marked": (
        "As <UNK> a word costs P(<UNK>) alone, whichever it is. To be fair, the bits that spell it letter by letter are "
        "added.",
        "以未知标识 <UNK> 计，一个词无论是哪个，概率都是 P(<UNK>)，未计拼写所需的比特。为公平起见，另加了逐字母拼写它的比特。",
    ),
    "compare.spelled": ("{bits} ({bare} as <UNK>)", "{bits}（按 <UNK>：{bare}）"),
    "compare.view": ("Compare", "比较"),
    "compare.view.run": ("Side by side", "并排采样"),
    "compare.view.name": ("“Mau”", "“Mau”"),
    "compare.view.past": ("The past", "上文"),
    "compare.view.cost": ("The cost", "计算成本"),
    "compare.run.same_seed": ("the same seed for both: {seed}", "两者的随机种子相同：{seed}"),
    "compare.run.said": ("{level}, t = {t}: {token}.", "{level}，t = {t}：{token}。"),
    "compare.run.tokens": ("tokens", "个词元（token）"),
    "compare.run.characters": ("characters", "个字符"),
    "compare.run.milliseconds": ("ms, measured", "毫秒（实测）"),
    "compare.run.before": ("Nothing is drawn yet. Press Step.", "还没有抽取。按“单步”。"),
    "compare.run.going": ("It goes on.", "尚未结束。"),
    "compare.run.eos": (
        "⚑ <EOS> was drawn: the sequence has ended by itself.",
        "⚑ 抽到句子结尾标识 <EOS>：序列自行结束。",
    ),
    "compare.run.length": (
        "▮ The limit of {limit} steps came first; <EOS> was possible.",
        "▮ 先达到 {limit} 步的上限；本来可以抽到 <EOS>。",
    ),
    "compare.run.length_no_eos": (
        "▮ The limit of {limit} steps: this vocabulary has no <EOS>, nothing else could end it.",
        "▮ 达到 {limit} 步的上限：这个词汇表没有 <EOS>，只能这样停止。",
    ),
    "compare.run.open": ("Open on the stage", "在采样页打开"),
    "compare.run.rejected": ("<UNK> was drawn and rejected: {count}.", "抽到并拒绝未知标识 <UNK> 的次数：{count}。"),
    "compare.name": ("A name that few texts have", "一个少见的名字"),
    "compare.name.empty": ("Type a name above, such as Mau.", "请在上面输入一个名字，例如 Mau。"),
    "compare.name.too_long": (
        "Only the first {most} characters are taken: shorten the name.",
        "只取前 {most} 个字符：请缩短这个名字。",
    ),
    "compare.name.char": (
        "P(a text begins with “{name}”) = {prob}: small, but above zero. No letter of it is unknown.",
        "P(文本以“{name}”开头) = {prob}：很小，但大于零。其中没有未知的字符。",
    ),
    "compare.name.word": (
        "P(a text begins with “{name}”) = {prob}: all of it is in this vocabulary.",
        "P(文本以“{name}”开头) = {prob}：全部都在这个词汇表里。",
    ),
    "compare.name.unk": (
        "This product, {prob}, is not P(“{name}”): <UNK> stands for every word but the {count} of this vocabulary. "
        "Which part of it is {words}, the model cannot say.",
        "这个乘积 {prob} 并不是 P(“{name}”)：未知标识 <UNK> 代表词汇表的 {count} 个词之外的任意一词。其中{words}占多少，模型说不出来。",
    ),
    "compare.name.end": (
        "That the text ends there is one factor more: {factor} {prob}; so the whole text “{name}” has {whole}.",
        "文本就此结束还要再乘一个因子：{factor} {prob}；因此整个文本“{name}”的概率是 {whole}。",
    ),
    "compare.name.end_unk": (
        "That the text ends there is one factor more: {factor} {prob}, {whole} in all.",
        "文本就此结束还要再乘一个因子：{factor} {prob}，总共 {whole}。",
    ),
    "compare.name.no_eos": (
        "This vocabulary has no <EOS>: the model cannot say that the text ends there.",
        "这个词汇表没有 <EOS>：模型无法表示文本就此结束。",
    ),
    "compare.past.title": ("Loss when only the latest characters are seen", "只看到最近若干字符时的损失"),
    "compare.past.x": ("characters in sight", "可见的字符数"),
    "compare.past.y": ("bits per character", "每字符比特数"),
    "compare.past.hover": (
        "{characters} characters in sight: {bits} bits per character",
        "可见 {characters} 个字符：每字符 {bits} 比特",
    ),
    "compare.past.stops.word": ("words: {characters}", "词：{characters}"),
    "compare.past.stops.char": ("characters: {characters}", "字符：{characters}"),
    "compare.past.reach.word": (
        "Word model: context helps up to {tokens} words, about {characters} characters; {beyond}.",
        "词模型：上文长到 {tokens} 个词（约 {characters} 个字符）仍有帮助；{beyond}。",
    ),
    "compare.past.reach.char": (
        "Character model: up to {characters} characters; {beyond}.",
        "字符模型：长到 {characters} 个字符；{beyond}。",
    ),
    "compare.past.beyond": ("beyond, it gains less than {share}", "再长，改进不到 {share}"),
    "compare.past.longest": ("more was not measured", "更长的没有测量"),
    "compare.past.no_curve": (
        "{level}: this model's file does not say how its loss depends on the context. Choose another model in the sidebar.",
        "{level}：这个模型的文件没有记录损失与上文长度的关系。请在侧栏换一个模型。",
    ),
    "compare.past.live": ("Your sentence without its past", "你的句子，截去上文"),
    "compare.past.k": ("Tokens left in sight, k", "保留可见的词元数 k"),
    "compare.past.change": ("ŷ that changes", "ŷ 的变化"),
    "compare.past.nothing_lost": (
        "With k this large nothing of this text is cut off. Choose a smaller k, or type a longer sentence.",
        "k 这么大，这段文本没有任何部分被截去。请选小一些的 k，或输入更长的句子。",
    ),
    "compare.past.none_lost": ("{level}: nothing is cut off.", "{level}：没有截去任何部分。"),
    "compare.past.mean.word": (
        "Upward, words: with the last {k} alone, {change} of ŷ changes on average ({count} places).",
        "向上为词：只看最近 {k} 个词元时，ŷ 平均改变 {change}（{count} 处）。",
    ),
    "compare.past.mean.char": (
        "Downward, characters: with the last {k} alone, {change} ({count} places).",
        "向下为字符：只看最近 {k} 个词元时，平均改变 {change}（{count} 处）。",
    ),
    "compare.past.variation": (
        "Total variation: half the sum of |P − P′| over the vocabulary.",
        "总变差（total variation）：在整个词汇表上，|P − P′| 之和的一半。",
    ),
    "compare.other_text": ("(The two were trained on different texts.)", "（两者的训练文本不同。）"),
    "compare.cost.parameters": ("parameters", "参数个数"),
    "compare.cost.per_step": ("multiply-adds a time step", "每个时间步的乘加（multiply-add）次数"),
    "compare.cost.steps": ("time steps for your sentence", "你的句子的时间步数"),
    "compare.cost.sentence": ("multiply-adds for your sentence", "你的句子的乘加次数"),
    "compare.cost.milliseconds": (
        "milliseconds for your sentence, measured now, best of 5",
        "你的句子的用时（毫秒，刚刚实测，5 次取最快）",
    ),
    "compare.cost.cpu_seconds": ("seconds of training, one core", "训练用时（秒，单核）"),
    "compare.cost.seconds": ("seconds of training, on the clock", "训练用时（秒，实际经过）"),
    "compare.cost.note": (
        "A step of the word model ends in a softmax over far more tokens; a character model takes more steps.",
        "词模型每一步都要对多得多的词元做 softmax；字符模型则要走更多步。",
    ),
    "compare.claims": (
        "What the lecture says of character models, and what these numbers say",
        "课上对字符模型的论断，以及这里的数字",
    ),
    "compare.claim.longer": ("Longer sequences.", "序列更长。"),
    "compare.claim.longer.yes": (
        "So it is: {char} time steps against {word}, {times} times as many.",
        "确实如此：{char} 个时间步对 {word} 个，是 {times} 倍。",
    ),
    "compare.claim.longer.no": (
        "Not here: {char} time steps against {word}.",
        "这里并非如此：{char} 个时间步对 {word} 个。",
    ),
    "compare.claim.longer.open": ("Both models must be able to read the sentence.", "需要两个模型都能读这个句子。"),
    "compare.claim.unknown": ("Never an unknown word.", "没有未知的词。"),
    "compare.claim.unknown.yes": (
        "So it is: {count} of the {word} words are unknown to the word model; the character model can spell them all.",
        "确实如此：{word} 个词中有 {count} 个是词模型不认识的；字符模型全都能拼出来。",
    ),
    "compare.claim.unknown.no": (
        "Not here: the character model has no {letters}, and no <UNK> for it either.",
        "这里并非如此：字符模型没有{letters}，也没有 <UNK> 可代替。",
    ),
    "compare.claim.unknown.open": ("Type a sentence to see.", "输入一个句子便知。"),
    "compare.claim.grip": ("A weaker grip on the distant past.", "较难捕捉长距离依赖。"),
    "compare.claim.grip.yes": (
        "So it is: context helps the character model up to about {char} characters, the word model up to about {word}.",
        "确实如此：上文对字符模型的帮助到约 {char} 个字符为止，对词模型则到约 {word} 个字符。",
    ),
    "compare.claim.grip.no": (
        "Not here: context helps the character model up to about {char} characters, the word model up to about {word}.",
        "这里并非如此：上文对字符模型的帮助到约 {char} 个字符为止，对词模型则到约 {word} 个字符。",
    ),
    "compare.claim.grip.open": (
        "It cannot be said: not both model files tell how the loss depends on the context.",
        "无法判断：并非两个模型文件都记录了损失与上文长度的关系。",
    ),
    "compare.claim.cost": ("Costlier to train.", "训练成本更高。"),
    "compare.claim.cost.yes": (
        "So it is: for your sentence it needs {times} times the multiply-adds of the word model, and {longer} times its training time.",
        "确实如此：对你的句子，它的乘加次数是词模型的 {times} 倍，训练时间是 {longer} 倍。",
    ),
    "compare.claim.cost.no": (
        "Not here: for your sentence it needs {times} times the multiply-adds of the word model, and {longer} times its training time.",
        "这里并非如此：对你的句子，它的乘加次数是词模型的 {times} 倍，训练时间是 {longer} 倍。",
    ),
    "compare.claim.cost.mixed": (
        "Yes and no: for your sentence it needs {times} times the multiply-adds of the word model, but {longer} times its training time.",
        "不尽然：对你的句子，它的乘加次数是词模型的 {times} 倍，而训练时间是 {longer} 倍。",
    ),
    "compare.claim.cost.open": (
        "It cannot be said: the sentence or a time of training is missing.",
        "无法判断：缺少句子或训练时间。",
    ),
    # --- many draws
    "draws.show": ("What is drawn many times", "抽取什么"),
    "draws.show.step": ("One step, many draws", "一步，抽取多次"),
    "draws.show.runs": ("Many whole runs", "多次完整采样"),
    "draws.n": ("How many draws", "抽取次数"),
    "draws.again": ("Draw again", "重新抽取"),
    "draws.again.help": ("The same number of draws with other luck", "次数不变，换一批随机数"),
    "draws.explain.law": (
        "Drawing follows ŷ: in the long run each token comes as often as its probability says. The band is where its "
        "count lies in 95 of 100 experiments; the line is what is expected.",
        "抽取服从 ŷ：长远来看，每个词元（token）出现的频率趋于它的概率。色带：100 次实验中有 95 次计数落在其中；竖线：期望值。",
    ),
    "draws.explain.others": (
        "At random forgets what the model has learned. Always the likeliest writes the same sequence every time.",
        "均匀随机等于忘掉模型学到的东西；总选概率最大的，则每次都写出同一个序列。",
    ),
    "draws.explain.runs": (
        "Each run has its own seed, one after the other; its first one is the run on the stage. A seed is the whole luck "
        "of a run: open it on the stage, and the same run stands there.",
        "每次采样各用一个种子（seed），依次加一；第一个就是采样页上的那一次。一次采样的随机性完全由种子决定：在采样页上打开它，就是同一个序列。",
    ),
    "draws.recipe": ("The run on the stage", "采样页上的设置"),
    "draws.greedy": ("T = 0 (greedy)", "T = 0（贪心，greedy）"),
    "draws.recipe.unk": ("<UNK>: {policy}", "<UNK>：{policy}"),
    "draws.recipe.limit": ("at most {limit} steps", "上限 {limit} 步"),
    "draws.recipe.prompt": ("prompt “{prompt}”", "提示“{prompt}”"),
    "draws.recipe.changes": (
        "{count} changes on the way, {forced} tokens by hand",
        "途中改动 {count} 处，手动选定词元 {forced} 个",
    ),
    "draws.recipe.where": ("Change it on the page “{page}”.", "在“{page}”页修改。"),
    "draws.step.first": (
        "{n} draws of a first token, from ŷ⟨1⟩: x⟨1⟩ = 0, nothing has come before.",
        "从 ŷ⟨1⟩ 抽取首个词元 {n} 次：x⟨1⟩ = 0，前面没有任何词元。",
    ),
    "draws.step.after": (
        "{n} draws from one and the same ŷ⟨{t}⟩, after “{text}”.",
        "从同一个 ŷ⟨{t}⟩ 抽取 {n} 次，上文是“{text}”。",
    ),
    "draws.step.given": ("On the stage this token was given by the prompt.", "在采样页上，这个词元由提示给定。"),
    "draws.step.forced": ("On the stage this token was chosen by hand.", "在采样页上，这个词元是手动选定的。"),
    "draws.step.filtered": (
        "Temperature and filters are as on the stage ({settings}).",
        "温度和筛选与采样页相同（{settings}）。",
    ),
    "draws.step.rejected": (
        "{count} draws fell on <UNK> (P {prob}), were rejected and made again, as on the stage: so the law of the "
        "tokens that come out is P(token) / (1 − P(<UNK>)).",
        "有 {count} 次抽到未知标识 <UNK>（P {prob}），与采样页一样，拒绝并重抽：所以得到的词元服从 P(词元) / (1 − P(<UNK>))。",
    ),
    "draws.step.nothing_left": (
        "Only <UNK> had passed the filters: all {count} draws of it were rejected, and the tokens come from the model’s own "
        "ŷ without <UNK>.",
        "筛选后只剩 <UNK>：{count} 次全被拒绝，词元来自模型自己的、去掉 <UNK> 的 ŷ。",
    ),
    "draws.step.allowed": ("<UNK> is kept like any other token.", "未知标识 <UNK> 与其他词元一样保留。"),
    "draws.step.no_unk": (
        "This vocabulary has no <UNK>: nothing is rejected.",
        "这个词汇表没有未知标识 <UNK>，无需拒绝。",
    ),
    "draws.way.drawn": ("Drawn from ŷ", "从 ŷ 抽取"),
    "draws.way.even": ("At random: all {count} alike", "均匀随机（uniform）：{count} 个机会均等"),
    "draws.way.best": ("Always the likeliest (argmax)", "总选概率最大的（argmax）"),
    "draws.different": ("different tokens: {count}", "不同的词元：{count} 种"),
    "draws.different.one": ("always the same token", "永远是同一个词元"),
    "draws.hover": (
        "{token}: came {count} times. P {prob}: {expected} expected, {least} to {most} in 95 of 100 experiments",
        "{token}：出现 {count} 次。P {prob}：期望 {expected} 次，100 次实验中有 95 次在 {least} 到 {most} 之间",
    ),
    "draws.alt": (
        "Bar chart, {way}: {bars}.",
        "条形图，{way}：{bars}。",
    ),
    "draws.alt.bar": ("“{token}” {count} (expected {expected})", "“{token}” {count}（期望 {expected}）"),
    "draws.legend": (
        "Amber band: 95 % of all experiments · line: expected · ≠ hatched: outside the band · ▶ the bar goes on",
        "琥珀色带：95% 的实验落在其中 · 竖线：期望 · ≠ 斜纹：在带外 · ▶ 条形未画完",
    ),
    "draws.p": ("p = {p}", "p = {p}"),
    "draws.p.tiny": ("p < 0.001", "p < 0.001"),
    "draws.fit.fits": (
        "Does the first fit ŷ? Chi-square = {statistic} at {freedom} degrees of freedom, {p}: honest draws from ŷ are "
        "this far off or further in {share} of all experiments. Nothing speaks against ŷ.",
        "第一种符合 ŷ 吗？卡方（chi-square）= {statistic}，自由度 {freedom}，{p}：若真从 ŷ 抽取，{share} 的实验会有这么大或更大的偏离。没有理由认为与 ŷ 不符。",
    ),
    "draws.fit.unlucky": (
        "Does the first fit ŷ? Chi-square = {statistic} at {freedom} degrees of freedom, {p}: honest draws from ŷ are "
        "this far off or further in only {share} of all experiments. These are honest, so it is chance: one experiment in "
        "twenty has p below 0.05. Draw again.",
        "第一种符合 ŷ 吗？卡方（chi-square）= {statistic}，自由度 {freedom}，{p}：若真从 ŷ 抽取，只有 {share} 的实验会有这么大或更大的偏离。这里确实是从 ŷ 抽取，所以只是偶然：二十次实验里就有一次 p 小于 0.05。请重新抽取。",
    ),
    "draws.fit.none": (
        "No chi-square here: at {n} draws fewer than two classes of tokens are expected five times. Draw more often, or "
        "look at a step where more than one token is possible.",
        "这里做不了卡方检验（chi-square）：抽 {n} 次，期望次数达到五次的类别不足两个。请多抽几次，或换一个有多种可能的步。",
    ),
    "draws.fit.outside": (
        "{outside} of the {bars} bars lie outside their band (≠): a band holds in 95 of 100 experiments, so of "
        "many bars about one in twenty lies outside by chance.",
        "{bars} 条里有 {outside} 条落在带外（≠）：每条色带只在 100 次实验中的 95 次成立，条数一多，平均每二十条就有一条偶然落在带外。",
    ),
    "draws.fit.outside.one": (
        "1 of the {bars} bars lies outside its band (≠): a band holds in 95 of 100 experiments, so of many bars "
        "about one in twenty lies outside by chance.",
        "{bars} 条里有 1 条落在带外（≠）：每条色带只在 100 次实验中的 95 次成立，条数一多，平均每二十条就有一条偶然落在带外。",
    ),
    "draws.fit.merged": (
        "Rare tokens are counted together: {count} tokens as one class, expected {expected} times.",
        "罕见的词元合并计数：{count} 个词元算一类，期望 {expected} 次。",
    ),
    "draws.fit.other": ("{p}: does not fit ŷ", "{p}：与 ŷ 不符"),
    "draws.fit.open": (
        "{p}: {n} draws cannot tell it from ŷ",
        "{p}：抽 {n} 次还分不出与 ŷ 的差别",
    ),
    "draws.fit.untested": ("too few to tell from ŷ", "次数太少，分不出与 ŷ 的差别"),
    # --- many runs
    "draws.runs": ("How many runs", "采样次数"),
    "draws.start": ("Run", "开始"),
    "draws.start.help": (
        "Runs with the seeds {first}, {second}, … and all settings of the stage",
        "用种子 {first}、{second}……和采样页上的全部设置采样",
    ),
    "draws.fewer": (
        "With up to {limit} steps a run, {most} runs are the most here.",
        "每次上限 {limit} 步时，这里最多采样 {most} 次。",
    ),
    "draws.waiting": (
        "Press “Run”: the model writes {n} sequences with all settings of the stage, with the seeds {first} to {last}.",
        "按“开始”：模型按采样页上的全部设置写 {n} 个序列，种子从 {first} 到 {last}。",
    ),
    "draws.progress": ("{done} of {most} runs{left}", "已完成 {done} / {most} 次{left}"),
    "draws.left.seconds": (", about {count} s left", "，大约还需 {count} 秒"),
    "draws.left.minutes": (", about {count} min left", "，大约还需 {count} 分钟"),
    "draws.cancel": ("Cancel", "取消"),
    "draws.of": (
        "{done} runs, seeds {first} to {last}: {mean} steps on average.",
        "{done} 次采样，种子从 {first} 到 {last}：平均 {mean} 步。",
    ),
    "draws.lengths": ("How long, and how it ended", "长度与结束方式"),
    "draws.lengths.hover": ("{steps} steps, {ending}: {count} runs", "{steps} 步，{ending}：{count} 次"),
    "draws.lengths.alt": (
        "Histogram of the lengths of {n} runs; {endings}.",
        "{n} 次采样的长度直方图；{endings}。",
    ),
    "draws.short.eos": ("<EOS>", "<EOS>"),
    "draws.short.limit": ("step limit", "步数上限"),
    "draws.short.clean": ("runs without <UNK>, scaled up", "没有 <UNK> 的采样（按比例放大）"),
    "draws.axis.steps": ("steps after the prompt, <EOS> counted", "提示之后的步数（含 <EOS>）"),
    "draws.axis.runs": ("runs", "采样次数"),
    "draws.axis.draws": ("draws in one step", "一步之内的抽取次数"),
    "draws.axis.counted": ("steps", "步数"),
    "draws.ending.eos": ("<EOS> came", "出现句子结尾标识 <EOS>"),
    "draws.ending.limit": ("step limit, <EOS> was possible", "达到步数上限，本可出现 <EOS>"),
    "draws.ending.no_eos": ("step limit, no <EOS> in this vocabulary", "达到步数上限，词汇表里没有 <EOS>"),
    "draws.ending.share": ("{share} ({least} to {most})", "{share}（{least} 到 {most}）"),
    "draws.ending.cannot": ("cannot be here", "这里不可能"),
    "draws.band": ("In brackets: the 95 % confidence interval.", "括号内：95% 置信区间。"),
    "draws.draws": ("Draws per step, while <UNK> is rejected", "拒绝未知标识 <UNK> 时，每步的抽取次数"),
    "draws.draws.expected": ("the law", "理论值"),
    "draws.draws.counted": ("counted", "实际次数"),
    "draws.draws.hover": (
        "{draws} draws: {count:,} steps. Expected {expected:,.1f}, {least:,} to {most:,} in 95 of 100 experiments",
        "{draws} 次：{count:,} 步。期望 {expected:,.1f}，100 次实验中有 95 次在 {least:,} 到 {most:,} 之间",
    ),
    "draws.draws.alt": ("Counts of draws per step against the law: {rows}.", "每步抽取次数与理论的对比：{rows}。"),
    "draws.draws.alt.row": ("{draws}: {count}, expected {expected}", "{draws} 次：{count}，期望 {expected}"),
    "draws.draws.redraw": (
        "Redrawn from the same ŷ until it is not <UNK>: geometric, P(k draws) = P(<UNK>)ᵏ⁻¹ (1 − P(<UNK>)), success 1 − "
        "P(<UNK>), summed over the {steps} steps, each with its own P(<UNK>) ({mean} on average).",
        "从同一个 ŷ 重抽到不是 <UNK> 为止：几何分布（geometric），P(k 次) = P(<UNK>)ᵏ⁻¹ (1 − P(<UNK>))，成功概率 1 − P(<UNK>)，对 {steps} 步求和，每步用自己的 P(<UNK>)（平均 {mean}）。",
    ),
    "draws.draws.rest": (
        "Redrawn from the rest, the second draw is always accepted: the geometric law with success 1 − P(<UNK>), cut off "
        "at 2; {steps} steps, P(<UNK>) {mean} on average. Choose “{redraw}” on the stage for all of it.",
        "从其余词元重抽，第二次总被接受：成功概率为 1 − P(<UNK>) 的几何分布（geometric），截断到 2；共 {steps} 步，P(<UNK>) 平均 {mean}。在采样页上选“{redraw}”，可见完整的分布。",
    ),
    "draws.draws.mixed": (
        "The policy changes on the way; {steps} steps in which <UNK> is rejected, each with its own geometric law, success "
        "1 − P(<UNK>) ({mean} on average for P(<UNK>)).",
        "处理方式中途有改动；共有 {steps} 步拒绝 <UNK>，每步各服从成功概率为 1 − P(<UNK>) 的几何分布（geometric）（P(<UNK>) 平均 {mean}）。",
    ),
    "draws.draws.allow": (
        "Nothing is rejected: <UNK> is kept under these settings, so each step takes one draw.",
        "这些设置保留 <UNK>，没有拒绝，所以每步只抽一次。",
    ),
    "draws.draws.no_unk": (
        "Nothing is rejected: this vocabulary has no <UNK>, so each step takes one draw.",
        "这个词汇表没有 <UNK>，没有拒绝，所以每步只抽一次。",
    ),
    "draws.draws.none": (
        "Nothing was drawn: every token is given or chosen by hand.",
        "没有抽取：每个词元都是给定或手动选定的。",
    ),
    "draws.whole": ("Step by step, or whole sequences?", "逐步拒绝，还是整个序列拒绝？"),
    "draws.whole.rejected": (
        "To reject <UNK> at each step is not to keep only whole sequences without it. Of these {n} runs {met} ({share}) met "
        "an <UNK>: throwing whole sequences away would leave {clean}, each P divided by one and the same number, the share "
        "left, {left}.",
        "每一步拒绝 <UNK>，不等于只保留没有 <UNK> 的整个序列。这 {n} 次采样中有 {met} 次（{share}）遇到 <UNK>：若把整个序列丢弃，只剩 {clean} 次，每个序列的 P 都除以同一个数，即留下的比例 {left}。",
    ),
    "draws.whole.allowed": (
        "Here <UNK> is kept. Of these {n} runs {met} ({share}) have one: keeping only whole sequences without it would leave "
        "{clean}, each P divided by one and the same number, the share left, {left}. To reject at each step is not the same.",
        "这里保留 <UNK>。这 {n} 次采样中有 {met} 次（{share}）带有它：只保留没有 <UNK> 的整个序列会剩下 {clean} 次，每个序列的 P 都除以同一个数，即留下的比例 {left}。每一步拒绝则不同。",
    ),
    "draws.whole.factor": (
        "Step by step each sequence has a divisor of its own, the product of 1 − P(<UNK>) over its steps: for “{text}” (seed "
        "{seed}) it is {kept}, so its P becomes {times} times as large instead of {times_whole} times. Among these runs "
        "the divisor goes from {smallest} to {largest}.",
        "逐步拒绝时，每个序列有自己的除数，即各步 1 − P(<UNK>) 的乘积：“{text}”（种子 {seed}）的除数是 {kept}，它的 P 变为 {times} 倍，而不是 {times_whole} 倍。这些采样的除数从 {smallest} 到 {largest}。",
    ),
    "draws.whole.length": (
        "So the two give the same sequence different chances. Step by step they have {mean} steps on average, whole "
        "sequences without <UNK> {mean_clean}.",
        "所以同一个序列在两种做法下概率不同。逐步拒绝平均 {mean} 步，没有 <UNK> 的整个序列平均 {mean_clean} 步。",
    ),
    "draws.whole.length.same": (
        "So the two give the same sequence different chances. In length they do not differ here: {mean} steps on average.",
        "所以同一个序列在两种做法下概率不同。长度在这里没有差别：平均都是 {mean} 步。",
    ),
    "draws.whole.length.allowed": (
        "All runs have {mean} steps on average, those without <UNK> {mean_clean}.",
        "全部采样平均 {mean} 步，没有 <UNK> 的平均 {mean_clean} 步。",
    ),
    "draws.whole.length.allowed.same": (
        "With or without <UNK>, the runs have {mean} steps on average.",
        "有没有 <UNK>，这些采样平均都是 {mean} 步。",
    ),
    "draws.whole.nobody": (
        "No run without <UNK> is left: nothing could be kept.",
        "没有一次采样不遇到 <UNK>：什么也留不下。",
    ),
    "draws.whole.no_unk": (
        "This vocabulary has no <UNK>: there is nothing to reject, neither step by step nor as a whole.",
        "这个词汇表没有 <UNK>：逐步也好，整个序列也好，都没有可拒绝的。",
    ),
    "draws.novel": ("Novel?", "是新序列吗？"),
    "draws.novel.sequences": (
        "{new} of {count} sequences that <EOS> ended are novel ({share}; {least} to {most}): not one of the training text’s, "
        "token for token.",
        "由 <EOS> 结束的 {count} 个序列中，{new} 个是新序列（{share}；{least} 到 {most}）：逐个词元比对，训练文本里没有它们。",
    ),
    "draws.novel.unfinished": (
        "It cannot be said: only whole sequences, up to <EOS>, are looked up, and none of these runs has one.",
        "无法判断：只查找以 <EOS> 结束的完整序列，而这些采样里没有。",
    ),
    "draws.novel.stream.word": (
        "{new} of {count} runs ({share}; {least} to {most}) copy no stretch of {least_copied} words or more from the training "
        "text.",
        "{count} 次采样中有 {new} 次（{share}；{least} 到 {most}）没有照抄训练文本里 {least_copied} 个词或更长的片段。",
    ),
    "draws.novel.stream.char": (
        "{new} of {count} runs ({share}; {least} to {most}) copy no stretch of {least_copied} characters or more from the "
        "training text.",
        "{count} 次采样中有 {new} 次（{share}；{least} 到 {most}）没有照抄训练文本里 {least_copied} 个字符或更长的片段。",
    ),
    "draws.novel.short.word": (
        "Too short to say: copied stretches are surely found from {least} words on. Set a longer limit on the stage.",
        "太短，无法判断：照抄的片段满 {least} 个词才一定能查出。请在采样页上把步数上限设大一些。",
    ),
    "draws.novel.short.char": (
        "Too short to say: copied stretches are surely found from {least} characters on. Set a longer limit on the stage.",
        "太短，无法判断：照抄的片段满 {least} 个字符才一定能查出。请在采样页上把步数上限设大一些。",
    ),
    "draws.novel.unknown": (
        "It cannot be said: this model’s file has no hashes of its training text.",
        "无法判断：这个模型文件里没有训练文本的哈希值。",
    ),
    "draws.frequent": ("Most frequent sequences", "最常出现的序列"),
    "draws.frequent.none": ("No sequence came twice.", "没有哪个序列出现过两次。"),
    "draws.table": ("Every run", "每一次采样"),
    "draws.table.hint": (
        "Choose a row (at its left edge), then open that run on the stage. A click on a heading sorts.",
        "在左侧选一行，即可在采样页上打开这个序列。点击表头可排序。",
    ),
    "draws.table.seed": ("Seed", "种子"),
    "draws.table.steps": ("Steps", "步数"),
    "draws.table.ending": ("End", "结束方式"),
    "draws.table.rejections": ("Rejected", "拒绝次数"),
    "draws.table.text": ("Text", "文本"),
    "draws.open": ("Open seed {seed} on the stage", "在采样页上打开种子 {seed}"),
}


def translator(language: str) -> Translator:
    """`t(key, **placeholders) -> text` in "en" or "zh". An unknown key raises KeyError."""
    column = LANGUAGES.index(language)

    def t(key: str, **placeholders) -> str:
        text = WORDS[key][column]
        return text.format(**placeholders) if placeholders else text

    return t
