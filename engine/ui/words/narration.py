"""What is said of the step on show, of a run that has ended, and of the network in training."""

WORDS = {
    # --- novel?
    "novel.new": (
        "Novel: token for token, this sequence is none of the {count:,} in the training text. One other token is enough for that.",
        "是新序列：逐个词元比对，训练文本的 {count:,} 个序列里没有它。只要有一个词元不同就算新。",
    ),
    "novel.known": (
        "Not novel: this very sequence stands in the training text, among {count:,}.",
        "不是新序列：训练文本的 {count:,} 个序列里有一模一样的一个。",
    ),
    "novel.several": (
        "Of the {count} sequences that <EOS> has ended, {known} {known:stands|stand} in the training text, token for token.",
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
    # --- a step
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
        "Softmax gives ŷ⟨{t}⟩: {count:,} probabilities that sum to 1. The likeliest is {token} with {prob:chance}; "
        "that does not mean it will be drawn.",
        "softmax 给出 ŷ⟨{t}⟩：{count:,} 个概率，总和为 1。概率最大的是{token}（{prob:chance}），但不一定会抽中它。",
    ),
    "narration.predicted.no_draw": (
        "Softmax gives ŷ⟨{t}⟩: {count:,} probabilities that sum to 1. The likeliest is {token} with {prob:chance}.",
        "softmax 给出 ŷ⟨{t}⟩：{count:,} 个概率，总和为 1。概率最大的是{token}（{prob:chance}）。",
    ),
    "narration.given": (
        "{token} is given by the prompt, not drawn; the model gave it {prob:chance}.",
        "{token}由提示给定，不是抽出来的；模型给它的概率：{prob:chance}。",
    ),
    "narration.forced": (
        "{token} was chosen by hand; the model gave it {prob:chance}.",
        "{token}是手动选定的；模型给它的概率：{prob:chance}。",
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
        "u = {draw:needle} fell into the segment of {token}, which has {prob:chance}.",
        "u = {draw:needle} 落在{token}对应的区间内（概率 {prob:chance}）。",
    ),
    "narration.greedy": (
        "Temperature 0 is greedy: the likeliest token, {token}, has the whole strip, so every u gives it.",
        "温度为 0 即贪心（greedy）：概率最大的词元{token}占满整条，无论 u 是多少都取它。",
    ),
    "narration.drawn_again": (
        "Drawn again from the same ŷ: u = {draw:needle} fell into the segment of {token}, which has {prob:chance} there.",
        "从同一个 ŷ 重抽：u = {draw:needle} 落在{token}对应的区间内（概率 {prob:chance}）。",
    ),
    "narration.drawn_rest": (
        "Drawn among the other {count:,} (each P ÷ {unk:divisor}): {token}.",
        "在其余 {count:,} 个词元中重抽（每个 P ÷ {unk:divisor}）：抽中{token}。",
    ),
    "narration.gave_up": (
        "After {times} rejections the last draw is made without <UNK>.",
        "拒绝 {times} 次之后，最后一次去掉 <UNK> 再抽。",
    ),
    "narration.nothing_left": (
        "Only <UNK> had passed temperature and filters, so nothing was left: it is taken out first and they are applied "
        "anew. Drawn among the {count:,} that pass now: {token}.",
        "温度与筛选之后只剩 <UNK>，已无其他词元可抽：先去掉它，再重新调温度、做筛选。从通过的 {count:,} 个词元中抽中{token}。",
    ),
    "narration.nothing_left.one": (
        "Only <UNK> had passed temperature and filters, so nothing was left: it is taken out first and they are applied "
        "anew. {token} alone passes now and has the whole strip, so every u gives it.",
        "温度与筛选之后只剩 <UNK>，已无其他词元可抽：先去掉它，再重新调温度、做筛选。此时只有{token}通过，占满整条，无论 u 是多少都取它。",
    ),
    "narration.nothing_left.greedy": (
        "Temperature 0 is greedy, and <UNK> had the whole strip, so nothing was left: without it the likeliest of the "
        "others, {token}, has the whole strip, so every u gives it.",
        "温度为 0 即贪心（greedy），<UNK> 占满整条，已无其他词元可抽：去掉它之后，其余词元中概率最大的{token}占满整条，无论 u 是多少都取它。",
    ),
    "narration.fed_back": ("It becomes x⟨{t}⟩.", "它成为 x⟨{t}⟩。"),
    # --- how a run ended
    "ending.eos": (
        "<EOS> was drawn at t = {t} (P {prob:equal}): the sequence ends by itself.",
        "在 t = {t} 抽到句子结尾标识 <EOS>（P {prob:equal}）：序列自行结束。",
    ),
    "ending.eos_forced": (
        "<EOS> was chosen by hand at t = {t} (P {prob:equal}): the sequence ends.",
        "在 t = {t} 手动选定句子结尾标识 <EOS>（P {prob:equal}）：序列结束。",
    ),
    "ending.length_no_eos": (
        "The limit of {limit} {limit:step|steps} is reached; <EOS> is not in this vocabulary, so nothing else could end it.",
        "达到 {limit} 步的上限；这个词汇表没有句子结尾标识 <EOS>，只能这样停止。",
    ),
    "ending.length_never": (
        "The limit of {limit} {limit:step|steps} is reached. <EOS> was possible but never drawn; it came closest at t = {t} (P {prob:equal}).",
        "达到 {limit} 步的上限。本来可以抽到句子结尾标识 <EOS>，但始终没有抽到；最接近的是 t = {t}（P {prob:equal}）。",
    ),
    "ending.length_passed": (
        "The limit of {limit} {limit:step|steps} is reached. <EOS> came at t = {times}, was fed back like any token and passed over.",
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
    "teacher_forcing.loss_label": ("−log P = {loss:z.2f}", "−log P = {loss:z.2f}"),
    "teacher_forcing.total": ("J = {total:z.4g}", "J = {total:z.4g}"),
    "teacher_forcing.mean": ("mean {mean:z.2f}", "平均 {mean:z.2f}"),
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
        "ŷ⟨{t}⟩ gave the next true token, {token}, {prob:chance} (rank {rank:,}): a loss of {loss:z.2f} nats.",
        "ŷ⟨{t}⟩ 给下一个真实词元{token}的概率：{prob:chance}（第 {rank:,} 位），损失为 {loss:z.2f} 奈特（nat）。",
    ),
    "teacher_forcing.loss_best": (
        "ŷ⟨{t}⟩ gave the next true token, {token}, {prob:chance}, the most of all: a loss of {loss:z.2f} nats.",
        "ŷ⟨{t}⟩ 给下一个真实词元{token}的概率最大：{prob:chance}，损失为 {loss:z.2f} 奈特（nat）。",
    ),
    "teacher_forcing.fed_back": (
        "{token} goes in as x⟨{t}⟩: it comes from the text, it is not drawn.",
        "{token}作为 x⟨{t}⟩ 输入：它来自文本，不是抽出来的。",
    ),
    "teacher_forcing.whole": (
        "{count:The one loss is|All {count} losses together are} J = {total:z.4g} nats, {mean:z.2f} a token: training changes the weights to make J small.",
        "{count} 个损失合计 J = {total:z.4g} 奈特，平均每个词元 {mean:z.2f}：训练就是调整权重，使 J 变小。",
    ),
    "teacher_forcing.over": ("The true text was over at t = {last}.", "真实文本在 t = {last} 已经结束。"),
    "teacher_forcing.by_hand": (
        "In training nothing is chosen by hand. Switch to Sampled for that.",
        "训练时不能手动选定词元。要手动选定，请切换到“采样”。",
    ),
    "teacher_forcing.alt.start": (
        "The network in training, before its first step; the true text has {count} {count:token|tokens}.",
        "训练中的网络，第一步之前；真实文本有 {count} 个词元。",
    ),
    "teacher_forcing.alt.waiting": (
        "The network in training at t = {t}: the true token {input} is fed as x⟨{t}⟩.",
        "训练中的网络，t = {t}：真实词元{input}作为 x⟨{t}⟩ 输入。",
    ),
    "teacher_forcing.alt": (
        "The network in training at t = {t}: the true token {input} is fed as x⟨{t}⟩; the next true token {token} "
        "has P {prob:equal}, a loss of {loss:z.2f} nats.",
        "训练中的网络，t = {t}：真实词元{input}作为 x⟨{t}⟩ 输入；下一个真实词元{token}的 P {prob:equal}，损失 {loss:z.2f} 奈特。",
    ),
}
