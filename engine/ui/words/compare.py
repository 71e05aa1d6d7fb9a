"""The page Word vs character."""

WORDS = {
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
        "Only the first {most} of the {count:,} characters are compared. Shorten the text to choose which.",
        "只比较 {count:,} 个字符中的前 {most} 个。要比较其他部分，请缩短文本。",
    ),
    "compare.cuts.alt": (
        "“{text}” cut into {words} {words:word|words} and into {characters} {characters:character|characters}.",
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
        "As <UNK> a word or character costs P(<UNK>) alone, whichever it is. To be fair, the bits that spell it letter by letter are "
        "added.",
        "以未知标识 <UNK> 计，一个词或字符无论是哪个，概率都是 P(<UNK>)，未计拼写所需的比特。为公平起见，另加了逐字母拼写它的比特。",
    ),
    "compare.spelled.bits": ("{bits:.1f} ({bare:.1f} as <UNK>)", "{bits:.1f}（按 <UNK>：{bare:.1f}）"),
    "compare.spelled.per_character": ("{bits:.2f} ({bare:.2f} as <UNK>)", "{bits:.2f}（按 <UNK>：{bare:.2f}）"),
    "compare.view": ("Compare", "比较"),
    "compare.view.run": ("Side by side", "并排采样"),
    "compare.view.name": ("“Mau”", "“Mau”"),
    "compare.view.past": ("The past", "上文"),
    "compare.view.cost": ("The cost", "计算成本"),
    "compare.run.same_seed": ("the same seed for both: {seed}", "两者的随机种子相同：{seed}"),
    "compare.run.said": ("{level}, t = {t}: {token}.", "{level}，t = {t}：{token}。"),
    "compare.run.tokens": ("{count:token|tokens}", "个词元（token）"),
    "compare.run.characters": ("{count:character|characters}", "个字符"),
    "compare.run.milliseconds": ("ms, measured", "毫秒（实测）"),
    "compare.run.before": ("Nothing is drawn yet. Press Step.", "还没有抽取。按“单步”。"),
    "compare.run.going": ("It goes on.", "尚未结束。"),
    "compare.run.eos": (
        "⚑ <EOS> was drawn: the sequence has ended by itself.",
        "⚑ 抽到句子结尾标识 <EOS>：序列自行结束。",
    ),
    "compare.run.length": (
        "▮ The limit of {limit} {limit:step|steps} came first; <EOS> was possible.",
        "▮ 先达到 {limit} 步的上限；本来可以抽到 <EOS>。",
    ),
    "compare.run.length_no_eos": (
        "▮ The limit of {limit} {limit:step|steps}: this vocabulary has no <EOS>, nothing else could end it.",
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
    "compare.name.unk.char": (
        "This product, {prob}, is not P(“{name}”): <UNK> stands for every character but the {count:,} of this vocabulary. "
        "Which part of it is {words}, the model cannot say.",
        "这个乘积 {prob} 并不是 P(“{name}”)：未知标识 <UNK> 代表词汇表的 {count:,} 个字符之外的任意一个。其中{words}占多少，模型说不出来。",
    ),
    "compare.name.unk.word": (
        "This product, {prob}, is not P(“{name}”): <UNK> stands for every word but the {count:,} of this vocabulary. "
        "Which part of it is {words}, the model cannot say.",
        "这个乘积 {prob} 并不是 P(“{name}”)：未知标识 <UNK> 代表词汇表的 {count:,} 个词之外的任意一词。其中{words}占多少，模型说不出来。",
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
        "{characters} {characters:character|characters} in sight: {bits:.2f} bits per character",
        "可见 {characters} 个字符：每字符 {bits:.2f} 比特",
    ),
    "compare.past.stops.word": ("words: {characters:.0f}", "词：{characters:.0f}"),
    "compare.past.stops.char": ("characters: {characters:.0f}", "字符：{characters:.0f}"),
    "compare.past.reach.word": (
        "Word model: context helps up to {tokens} {tokens:word|words}, about {characters} {characters:character|characters}; {beyond}.",
        "词模型：上文长到 {tokens} 个词（约 {characters} 个字符）仍有帮助；{beyond}。",
    ),
    "compare.past.reach.char": (
        "Character model: up to {characters} {characters:character|characters}; {beyond}.",
        "字符模型：长到 {characters} 个字符；{beyond}。",
    ),
    "compare.past.beyond": ("beyond, it gains less than {share:.0%}", "再长，改进不到 {share:.0%}"),
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
        "Upward, words: with the last {k} alone, {change:.0%} of ŷ changes on average ({count} {count:place|places}).",
        "向上为词：只看最近 {k} 个词元时，ŷ 平均改变 {change:.0%}（{count} 处）。",
    ),
    "compare.past.mean.char": (
        "Downward, characters: with the last {k} alone, {change:.0%} ({count} {count:place|places}).",
        "向下为字符：只看最近 {k} 个词元时，平均改变 {change:.0%}（{count} 处）。",
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
        "So it is: {char:,} time {char:step|steps} against {word:,}, {times:,.3g} times as many.",
        "确实如此：{char:,} 个时间步对 {word:,} 个，是 {times:,.3g} 倍。",
    ),
    "compare.claim.longer.no": (
        "Not here: {char:,} time {char:step|steps} against {word:,}.",
        "这里并非如此：{char:,} 个时间步对 {word:,} 个。",
    ),
    "compare.claim.longer.open": ("Both models must be able to read the sentence.", "需要两个模型都能读这个句子。"),
    "compare.claim.unknown": ("Never an unknown word.", "没有未知的词。"),
    "compare.claim.unknown.yes": (
        "So it is: {count:,} of the {word:,} {word:word|words} {count:is|are} unknown to the word model; the character model can spell them all.",
        "确实如此：{word:,} 个词中有 {count:,} 个是词模型不认识的；字符模型全都能拼出来。",
    ),
    "compare.claim.unknown.no": (
        "Not here: the character model has no {letters}, and no <UNK> for it either.",
        "这里并非如此：字符模型没有{letters}，也没有 <UNK> 可代替。",
    ),
    "compare.claim.unknown.mixed": (
        "Not quite: the character model has no {letters} either, and reads <UNK> for it.",
        "不完全如此：字符模型也没有{letters}，按未知标识 <UNK> 读入。",
    ),
    "compare.claim.unknown.open": ("Type a sentence to see.", "输入一个句子便知。"),
    "compare.claim.grip": ("A weaker grip on the distant past.", "较难捕捉长距离依赖。"),
    "compare.claim.grip.yes": (
        "So it is: context helps the character model up to about {char:,} {char:character|characters}, the word model up to about {word:,}.",
        "确实如此：上文对字符模型的帮助到约 {char:,} 个字符为止，对词模型则到约 {word:,} 个字符。",
    ),
    "compare.claim.grip.no": (
        "Not here: context helps the character model up to about {char:,} {char:character|characters}, the word model up to about {word:,}.",
        "这里并非如此：上文对字符模型的帮助到约 {char:,} 个字符为止，对词模型则到约 {word:,} 个字符。",
    ),
    "compare.claim.grip.open": (
        "It cannot be said: not both model files tell how the loss depends on the context.",
        "无法判断：并非两个模型文件都记录了损失与上文长度的关系。",
    ),
    "compare.claim.cost": ("Costlier to train.", "训练成本更高。"),
    "compare.claim.cost.yes": (
        "So it is: for your sentence it needs {times:,.3g} times the multiply-adds of the word model, and {longer:,.3g} times its training time.",
        "确实如此：对你的句子，它的乘加次数是词模型的 {times:,.3g} 倍，训练时间是 {longer:,.3g} 倍。",
    ),
    "compare.claim.cost.no": (
        "Not here: for your sentence it needs {times:,.3g} times the multiply-adds of the word model, and {longer:,.3g} times its training time.",
        "这里并非如此：对你的句子，它的乘加次数是词模型的 {times:,.3g} 倍，训练时间是 {longer:,.3g} 倍。",
    ),
    "compare.claim.cost.mixed": (
        "Yes and no: for your sentence it needs {times:,.3g} times the multiply-adds of the word model, but {longer:,.3g} times its training time.",
        "不尽然：对你的句子，它的乘加次数是词模型的 {times:,.3g} 倍，而训练时间是 {longer:,.3g} 倍。",
    ),
    "compare.claim.cost.open": (
        "It cannot be said: the sentence or a time of training is missing.",
        "无法判断：缺少句子或训练时间。",
    ),
}
