"""The page Score."""

WORDS = {
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
        "The greatest surprise: {token} at t = {t:,}, {bits:.1f} bits (P {prob:equal}).",
        "最意外的：t = {t:,} 的{token}，{bits:.1f} 比特（P {prob:equal}）。",
    ),
    "score.surprise.rather": ("The model would rather have had {tokens}.", "模型更看好{tokens}。"),
    "score.surprise.none": (
        "And even that was the model's first choice: it expected every token.",
        "而且连它也是模型的首选：每个词元都在意料之中。",
    ),
    "score.more_probable.first": (
        "The first text is {times:times} times as probable as the second.",
        "第一段文本的概率是第二段的 {times:times} 倍。",
    ),
    "score.more_probable.second": (
        "The second text is {times:times} times as probable as the first.",
        "第二段文本的概率是第一段的 {times:times} 倍。",
    ),
    "score.as_probable": ("Both texts are equally probable.", "两段文本的概率相同。"),
    "score.across": (
        "Two vocabularies: compare bits per character, {first:.2f} against {second:.2f}. Perplexity counts per token and cannot "
        "be compared here.",
        "两个词汇表：比较每字符比特数，{first:.2f} 对 {second:.2f}。困惑度按词元计算，在这里不能比较。",
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
    "score.unknown.char": (
        "<UNK> stands for {words}: its P is that of any character but the {count:,} that this vocabulary knows, whichever it "
        "is, and saying which costs nothing. So bits per character add what it takes to spell it.",
        "未知标识 <UNK> 代替了{words}：它的概率是“词汇表外任意一个字符”的概率（词汇表认识 {count:,} 个字符），未计指明是哪个字符所需的比特。所以每字符比特数另加了写出它所需的比特。",
    ),
    "score.unknown": (
        "<UNK> stands for {words}: its P is that of any word but the {count:,} that this vocabulary knows, whichever it is, "
        "and spelling it costs nothing. So bits per character add what it takes to spell the word letter by letter.",
        "未知标识 <UNK> 代替了{words}：它的概率是“词汇表外任意一词”的概率（词汇表认识 {count:,} 个词），未计拼写所需的比特。所以每字符比特数另加了逐字母拼写这个词的比特。",
    ),
    "score.total.log_prob": ("log P, nats", "log P，奈特（nat）"),
    "score.total.perplexity": ("perplexity", "困惑度"),
    "score.total.bits": ("bits per character", "每字符比特数"),
    "score.total.bits.end": ("bits per character, end counted", "每字符比特数（含结尾）"),
    "score.total.bare": ("({bits:.2f} as <UNK>)", "（按 <UNK>：{bits:.2f}）"),
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
        "t = {t}: {token} · P {prob:equal} · rank {rank:,} · {bits:.1f} bits of surprisal.",
        "t = {t}：{token} · P {prob:equal} · 第 {rank:,} 位 · 惊奇度 {bits:.1f} 比特。",
    ),
    "score.rather": ("The model would rather have had: {tokens}.", "模型更看好：{tokens}。"),
    "score.title": ("{figures} {rather} Press to open the stage here.", "{figures}{rather}点击即在采样页打开这一步。"),
    "score.prompt.cut": (
        "A prompt has at most 300 characters: of the {all:,} tokens before this one the last {count:,} {count:was|were} taken.",
        "提示最多 300 个字符：此前的 {all:,} 个词元只取了最后 {count:,} 个。",
    ),
    "score.prompt.otherwise": (
        "Without what follows it, the text before this token is cut into other tokens; see the chips.",
        "去掉后文之后，前面的文本切分成了不同的词元，见上面的词元条。",
    ),
}
