"""What pages share: the app, lists, controls, settings, the models, and what several pages' pictures say."""

WORDS = {
    # --- pages and notices
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
    "app.undrawable": (
        "This picture cannot be drawn. Please reload the page.",
        "这幅图无法绘制，请重新加载页面。",
    ),
    "app.link_ignored.more": ("and {count} more", "以及另外 {count} 处"),
    "app.bad_model": ("A model was left out: {problem}", "有一个模型未列出：{problem}"),
    "app.entry.lost": (
        "pretrained/{problem} is a link that leads nowhere: mend it or take it away.",
        "pretrained/{problem} 是一个指向不存在目标的链接：请修复或删除。",
    ),
    "app.entry.no_file": (
        "pretrained/{problem} is a folder, a pipe or a device and not a file: take it away.",
        "pretrained/{problem} 不是文件，而是文件夹、管道或设备：请移走。",
    ),
    "app.entry.not_utf8": (
        "pretrained/{problem} has a name that is not UTF-8: rename it.",
        "pretrained/{problem} 的文件名不是 UTF-8 编码：请重命名。",
    ),
    "app.entry.ending": (
        "pretrained/{problem} was passed over, because its name does not end in .npz as written here: rename it.",
        "pretrained/{problem} 已跳过：文件名须以小写的 .npz 结尾，请重命名。",
    ),
    "app.entry.convert": (
        "pretrained/{problem} comes from another program. Make a model of it: python -m engine.convert pretrained/{problem}",
        "pretrained/{problem} 来自其他程序。把它转换成模型：python -m engine.convert pretrained/{problem}",
    ),
    "app.slowed": (
        "server busy: a step every {seconds:.1f} s",
        "服务器繁忙：每 {seconds:.1f} 秒一步",
    ),
    "app.overflow": (
        "{problem} has weights so large that its sums overflow and give no probabilities; please choose another model",
        "{problem} 的权重过大，求和时溢出，得不到概率；请选择其他模型",
    ),
    "app.overflow.later": (
        "{problem} cannot go on here: its sums overflow and give no probabilities any more. Choose another model, or a shorter run or text.",
        "{problem} 到这里走不下去了：求和溢出，得不到概率。请换一个模型，或缩短序列或文本。",
    ),
    # --- lists, and sentences one after the other
    "list.comma": (", ", "、"),
    "list.semicolon": ("; ", "；"),
    "list.more": (" …", "等"),
    "list.sentences": (" ", ""),
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
    "setting.prompt.feed": ("Feed it: {count} {count:token|tokens}", "一次输入全部 {count} 个词元"),
    "setting.prompt.unknown_char": (
        "The prompt was not taken: {token} is not a character of this vocabulary. Leave it out or write it in another way.",
        "未采用这段提示：这个字符词汇表里没有{token}。请去掉它，或换一种写法。",
    ),
    "setting.prompt.unknown_word": (
        "The prompt was not taken: the word {token} is not in this vocabulary, which has no <UNK> for it. Leave it out or "
        "write it in another way.",
        "未采用这段提示：这个词汇表里没有{token}，也没有可代替它的 <UNK>。请去掉它，或换一种写法。",
    ),
    "setting.alphabet": ("The alphabet: {count:,} characters", "字母表：{count:,} 个字符"),
    "setting.alphabet.more": ("… {count:,} more", "……另有 {count:,} 个"),
    # a text that a person has typed
    "typed.otherwise": (
        "Not in this vocabulary as typed, so read as: {pairs}",
        "词汇表里没有这样的写法，改读为：{pairs}",
    ),
    "typed.nothing": ("nothing", "略去"),
    "setting.prompt.unknown_words": (
        "Not in this vocabulary, so fed as <UNK>: {words}",
        "不在这个词汇表里，按未知标识 <UNK> 输入：{words}",
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
        "{cell} with {hidden} hidden units; {count:,} tokens in the vocabulary.",
        "{cell}，{hidden} 个隐藏单元；词汇表（vocabulary）有 {count:,} 个词元（token）。",
    ),
    "model.its_eos": ("{token} is its end of a sequence (EOS).", "{token} 是它的序列结束标记（EOS）。"),
    "model.its_unk": ("{token} is its unknown word (UNK).", "{token} 是它的未知词标记（UNK）。"),
    "model.variant.relu": (
        "Its cell has max(0, ·), ReLU, in the place of tanh.",
        "它的单元用 max(0, ·)（即 ReLU）代替 tanh。",
    ),
    "model.variant.reset-before": (
        "Its reset gate acts before the matrix product, as in the lecture.",
        "它的重置门（reset gate）与课上一样，在矩阵乘法之前起作用。",
    ),
    # --- pictures and sentences of several pages
    "token.prob": ("“{token}” {prob:chance}", "“{token}” {prob:chance}"),
    "duration.seconds": ("{count} s", "{count} 秒"),
    "duration.minutes": ("{count} min", "{count} 分钟"),
    "bars.others": ("{count:,} {count:other|others}", "其余 {count:,} 个"),
    "strip.earlier": ("… {count:,} earlier", "……之前 {count:,} 个"),
    "teacher_forcing.unknown_piece": ("“{piece}” (here {token})", "“{piece}”（即{token}）"),
}
