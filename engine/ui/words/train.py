"""The page Train, and what other pages say of a visitor's own models."""

WORDS = {
    "app.train": ("Train", "训练"),
    "app.own.elsewhere": (
        "The link names a model that a visitor trained. It lives in that visitor’s session and is not here, so another "
        "model is shown. Ask for its file and upload it on the page Train.",
        "链接里的模型是某位访客自己训练的，只存在于那位访客的会话中，这里没有，因此显示的是另一个模型。可以向对方要模型文件，再在“训练”页上传。",
    ),
    "model.own": ("{name} · yours", "{name} · 你的模型"),
    "model.own.try": (
        "Your own, in this session only: a link names it but does not hold it. The page Train has its file.",
        "你自己的模型，只在本次会话中；链接只写出它的名字，并不包含它。模型文件可在“训练”页下载。",
    ),
    # --- the text
    "train.opening": (
        "Give a text, and a network learns to write like it: gibberish first, then words, within a minute. The text stays "
        "in your session and is forgotten within an hour after you leave.",
        "给出一段文本，网络就会学着写类似的文字：起初是乱码，一分钟内就出现词语。文本只留在你的会话里，离开后一小时内删除。",
    ),
    "train.example": ("A text to begin with", "现成的文本"),
    "train.example.names": ("Dinosaur names", "恐龙名"),
    "train.example.sentences": ("Simple sentences", "简单英语句子"),
    "train.example.poems": ("Tang poems", "唐诗"),
    "train.example.made": (
        "Written by models of this app (dinosaurs-gru, basic-english-word, tang-char, T = 0.8), so nothing is fetched: your "
        "network learns from another network.",
        "由本应用自带的模型（dinosaurs-gru、basic-english-word、tang-char，温度 0.8）写成，无需下载：你的网络在向另一个网络学习。",
    ),
    "train.upload": ("A file", "上传文件"),
    "train.upload.label": (
        "A .txt file in UTF-8, up to {most} MB",
        "UTF-8 编码的 .txt 文件，不超过 {most} MB",
    ),
    "train.upload.button": ("Choose a file", "选择文件"),
    "train.paste": ("Your own text", "自己的文本"),
    "train.paste.placeholder": (
        "Paste a text here: names, verses or recipes, one a line; or prose. From some hundred words on it is worth while.",
        "把文本粘贴在这里：名字、诗句、菜谱，每行一条；或一篇散文。几百个词以上才值得训练。",
    ),
    "train.pasted.name": ("my-text", "我的文本"),
    "train.use": ("Use this text", "使用这段文本"),
    "train.model": ("Or a model of yours", "或者上传模型"),
    "train.model.label": (
        "A model file that was downloaded here, or one of another program ({kinds}); up to {most} MB",
        "从这里下载的模型文件，或其他程序的模型文件（{kinds}），不超过 {most} MB",
    ),
    "train.brought": (
        "The model {name} is on the stage and in all menus.",
        "模型 {name} 已放上采样页，各处菜单里都能选到。",
    ),
    "train.assumed.start": (
        "Its file does not tell how a sequence began, so {name} begins with the zero vector. If it was trained with a start "
        "token, convert it with python -m engine.convert, {option}.",
        "文件没有说明序列从什么开始，因此 {name} 以零向量开头。如果训练时有起始词元，请用 python -m engine.convert 转换，并加上 {option}。",
    ),
    "train.assumed.tanh": (
        "Its file does not tell whether the cell has tanh or ReLU, so {name} computes tanh. If it was trained with ReLU, "
        "convert it with python -m engine.convert, {option}.",
        "文件没有说明单元用的是 tanh 还是 ReLU，因此 {name} 按 tanh 计算。如果训练时用的是 ReLU，请用 python -m engine.convert 转换，并加上 {option}。",
    ),
    "train.looking": (
        "Looking at the text, and measuring how fast this machine is …",
        "正在查看文本，并测量这台机器的速度……",
    ),
    # --- why a text or a file cannot be used
    "train.refused.empty": (
        "The text is empty. Give one of at least a few lines.",
        "文本是空的。请至少给出几行。",
    ),
    "train.refused.same": (
        "The text is one token again and again, so there is nothing to learn. Give another one.",
        "文本只是同一个词元（token）的重复，没有可学的东西。请换一段文本。",
    ),
    "train.refused.few": (
        "The text has {count} different pieces to train on, and at least {least} are needed. Give more text, or have it cut "
        "in another way.",
        "文本只有 {count} 个不同的片段可供训练，至少需要 {least} 个。请给出更多文本，或换一种切分方式。",
    ),
    "train.refused.short.word": (
        "The text has {count:,} words, and a text without ends needs {least:,}. Give a longer one, or train by characters.",
        "文本有 {count:,} 个词，而不分句的文本至少需要 {least:,} 个。请给出更长的文本，或按字符训练。",
    ),
    "train.refused.short.char": (
        "The text has {count:,} characters, and a text without ends needs {least:,}. Give a longer one.",
        "文本有 {count:,} 个字符，而不分句的文本至少需要 {least:,} 个。请给出更长的文本。",
    ),
    "train.refused.window": (
        "The text has {count:,} tokens, which is less than two windows of BPTT. Choose a window of at most {most:,}, or give "
        "more text.",
        "文本有 {count:,} 个词元（token），不足两个 BPTT 窗口。请把窗口设为不超过 {most:,}，或给出更多文本。",
    ),
    "train.refused.vocabulary": (
        "The vocabulary may have from 3 to {most:,} tokens. Choose a size in between.",
        "词汇表可以有 3 到 {most:,} 个词元（token）。请在这个范围内选择。",
    ),
    "train.refused.rare": (
        "{share:percent} of the words are too rare to be learned. Train by characters, or give more text.",
        "{share:percent} 的词太少见，无法学会。请按字符训练，或给出更多文本。",
    ),
    "train.refused.encoding": (
        "The file is not UTF-8 but perhaps {encoding}. Save it as UTF-8 in an editor and upload it again.",
        "文件不是 UTF-8 编码，可能是 {encoding}。请在编辑器中另存为 UTF-8 后重新上传。",
    ),
    "train.refused.damaged": (
        "The file begins as {encoding} but is damaged. Save it once more as UTF-8.",
        "文件开头是 {encoding}，但内容已损坏。请重新存为 UTF-8。",
    ),
    "train.refused.kind": (
        "The file is not plain text. Save the text in it as a .txt file in UTF-8.",
        "文件不是纯文本。请把其中的文字存为 UTF-8 编码的 .txt 文件。",
    ),
    "train.refused.large": (
        "The file has more than {most} MB. Upload a part of it.",
        "文件超过 {most} MB。请上传其中一部分。",
    ),
    "train.refused.slow": (
        "The text could not be looked at in time: the machine is busy. Try again, or give a shorter one.",
        "机器繁忙，未能及时查看文本。请再试一次，或给出更短的文本。",
    ),
    "train.refused.left": (
        "No page had asked for the training for a while, so it was ended and its text forgotten. Give the text again.",
        "有一段时间没有页面查询这次训练，因此它已结束，文本也已删除。请重新给出文本。",
    ),
    "train.refused.model": ("The file is not a model that can be used: {problem}", "这个文件不能用作模型：{problem}"),
    "train.refused.overflow": (
        "The weights of this model are so large that its sums overflow and give no probabilities. Choose another file.",
        "这个模型的权重过大，求和时溢出，得不到概率。请换一个文件。",
    ),
    "train.refused.weights": (
        "The model has more than {most:,} weights, which is too many for a visit. Put it into the folder pretrained/ instead.",
        "模型的权重超过 {most:,} 个，访客会话放不下。请改为放进 pretrained/ 文件夹。",
    ),
    "train.refused.room": (
        "The models of all visitors fill the memory. Download yours, and upload it again later.",
        "所有访客的模型已占满内存。请先下载自己的模型，稍后再上传。",
    ),
    # --- the settings
    "train.report.lines": (
        "{file}: {characters:,} characters. Each line is a sequence that ends in <EOS>: {training:,} to train on, {held_out:,} "
        "held out.",
        "{file}：{characters:,} 个字符。每行是一个以句子结尾标识 <EOS> 结束的序列：{training:,} 个用于训练，{held_out:,} 个留出（held out）。",
    ),
    "train.report.sentences": (
        "{file}: {characters:,} characters. Each sentence is a sequence that ends in <EOS>: {training:,} to train on, "
        "{held_out:,} held out.",
        "{file}：{characters:,} 个字符。每句是一个以句子结尾标识 <EOS> 结束的序列：{training:,} 个用于训练，{held_out:,} 个留出（held out）。",
    ),
    "train.report.stream": (
        "{file}: {characters:,} characters, one stream without <EOS>: {training:,} passages to train on, {held_out:,} held out.",
        "{file}：{characters:,} 个字符，连成一条没有 <EOS> 的长序列：{training:,} 段用于训练，{held_out:,} 段留出（held out）。",
    ),
    "train.report.vocabulary.char": (
        "The vocabulary has {count:,} tokens, and no <UNK>.",
        "词汇表有 {count:,} 个词元（token），没有未知标识 <UNK>。",
    ),
    "train.report.vocabulary.word": (
        "The vocabulary has {count:,} tokens; {rate:percent} of the words are <UNK>.",
        "词汇表有 {count:,} 个词元（token），{rate:percent} 的词是未知标识 <UNK>。",
    ),
    "train.report.left_out": (
        "{count:,} {count:piece|pieces} too long, too short or with rare characters {count:is|are} left out.",
        "另有 {count:,} 个片段太长、太短或含罕见字符，已略去。",
    ),
    "train.report.rough": (
        "Only {count:,} tokens are held out, so their loss is a rough guide.",
        "留出的只有 {count:,} 个词元，损失仅供参考。",
    ),
    "train.report.changed": (
        "Invisible characters were removed, or accents composed (NFC).",
        "已去掉不可见字符，或合成了重音字符（NFC）。",
    ),
    "train.cut": ("A sequence is", "一个序列是"),
    "train.cut.lines": ("a line, with <EOS>", "一行（有 <EOS>）"),
    "train.cut.sentences": ("a sentence, with <EOS>", "一句（有 <EOS>）"),
    "train.cut.stream": ("the whole text, no <EOS>", "全文（无 <EOS>）"),
    "train.words": ("Size of the vocabulary", "词汇表大小"),
    "train.words.one": ("{count:,} · {rate} <UNK>", "{count:,} · {rate} <UNK>"),
    "train.net": ("Cell", "单元（cell）"),
    "train.size": ("Size", "规模"),
    "train.size.small": ("Small", "小"),
    "train.size.medium": ("Medium", "中"),
    "train.size.large": ("Large", "大"),
    "train.size.is": (
        "{units} units, {seconds:.0f} s. Here one pass through the text takes {once:.1f} s, so it is read {passes:.1f} times.",
        "{units} 个隐藏单元，{seconds:.0f} 秒。在这台机器上读一遍全文要 {once:.1f} 秒，可读 {passes:.1f} 遍。",
    ),
    "train.name": ("Name of the model", "模型名称"),
    "train.advanced": ("Advanced", "高级设置"),
    "train.learning_rate": ("Learning rate", "学习率（learning rate）"),
    "train.dropout": ("Dropout", "随机失活（dropout）"),
    "train.chunk": ("Window of BPTT, steps", "BPTT 窗口（步）"),
    "train.auto": ("as suggested", "自动"),
    "train.begin": ("Train", "开始训练"),
    "train.other": ("Another text", "换一段文本"),
    "train.as_suggested": ("As the text suggests", "按文本自动选择"),
    "train.head": ("It begins", "文本开头"),
    # --- while it trains
    "train.pause": ("Pause", "暂停"),
    "train.continue": ("Continue", "继续"),
    "train.stop": ("Stop", "停止"),
    "train.stop.help": ("What was learned is kept", "保留已学到的内容"),
    "train.waiting": (
        "This machine is training for others. Your place in the line is number {turn}; your training begins by itself, as soon "
        "as it is its turn. Keep this page open.",
        "这台机器正在为其他人训练。你排在第 {turn} 位，轮到时会自动开始。请不要关闭本页。",
    ),
    "train.left": ("about {left:.0f} s left", "大约还需 {left:.0f} 秒"),
    "train.phase.starting": ("Starting …", "正在启动……"),
    "train.phase.preparing": ("Cutting the text into tokens …", "正在把文本切成词元……"),
    "train.phase.waiting": ("Waiting …", "等待中……"),
    "train.phase.training": ("Training", "训练中"),
    "train.phase.paused": ("Paused. After five minutes it stops by itself.", "已暂停。五分钟后会自动停止。"),
    "train.phase.finishing": ("Measuring what its card says …", "正在测量模型卡片上的数据……"),
    "train.rate": ("Learning rate, times", "学习率（learning rate）倍数"),
    "train.temperature": ("Temperature of the samples", "样本的温度（temperature）"),
    "train.last": ("Keep the last weights", "保留最后的权重"),
    "train.last.help": (
        "Off: the weights with the lowest held-out loss are kept.",
        "关：保留留出损失最低时的权重。",
    ),
    "train.fact.update": ("updates", "更新次数"),
    "train.fact.training": ("training loss, nats", "训练损失（nat）"),
    "train.fact.held_out": ("held-out loss, nats", "留出损失（nat）"),
    "train.fact.perplexity": ("perplexity, held out", "困惑度（留出）"),
    "train.fact.speed": ("tokens a second", "词元/秒"),
    "train.curve.training": ("training", "训练"),
    "train.curve.held_out": ("held out", "留出"),
    "train.curve.uniform": ("knowing nothing: log V = {loss:.2f}", "一无所知：log V = {loss:.2f}"),
    "train.curve.ngram": ("5-gram model: {loss:.2f}", "5-gram 模型：{loss:.2f}"),
    "train.curve.updates": ("updates", "更新次数"),
    "train.curve.loss": ("loss, nats per token", "损失，nat/词元"),
    "train.curve.alt": (
        "Losses by update. After {update:,} updates: training {training:.2f}, held out {held_out:.2f} nats per token; a network "
        "that knows nothing has {uniform:.2f}.",
        "各次更新的损失。{update:,} 次更新后：训练 {training:.2f}，留出 {held_out:.2f}；一无所知的网络为每词元 {uniform:.2f} nat。",
    ),
    "train.rows": (
        "The same luck after ever more updates, T = {temperature:g}",
        "同样的随机数，更新次数越来越多，温度 {temperature:g}",
    ),
    "train.row": ("After … updates", "更新次数"),
    "train.row.latest": ("latest", "最新"),
    "train.copied": (
        "Copied: {share} ({known} of {windows} {windows:window|windows})",
        "照抄：{share}（{windows} 个窗口中的 {known} 个）",
    ),
    "train.copied.none": ("Copied: too short to tell", "照抄：太短，无法判断"),
    "train.copied.help": (
        "A window is 32 characters or 8 words on end, or a whole sequence that is shorter. What stands in the training text "
        "is underlined.",
        "窗口是连续 32 个字符或 8 个词，或更短的整个序列。出现在训练文本里的部分带下划线。",
    ),
    # --- in the end
    "train.ended.updates": ("It has read the text 60 times.", "全文已读 60 遍。"),
    "train.ended.time": ("Its time is over.", "时间到。"),
    "train.ended.no_better": (
        "It ended early: the held-out loss had stopped falling.",
        "提前结束：留出损失不再下降。",
    ),
    "train.ended.stopped": ("It was stopped.", "已停止。"),
    "train.kept": (
        "Kept: the weights after {update:,} updates, held-out loss {loss:.3f} nats per token, perplexity {perplexity:,.2f}; "
        "{seconds:,} s of training.",
        "保留的是第 {update:,} 次更新后的权重：留出损失每词元 {loss:.3f} nat，困惑度（perplexity）{perplexity:,.2f}；训练了 {seconds:,} 秒。",
    ),
    "train.beats": (
        "That beats the 5-gram model ({ngram:.3f}) by {by:.3f}.",
        "比 5-gram 模型（{ngram:.3f}）低 {by:.3f}。",
    ),
    "train.beaten": (
        "The 5-gram model is better by {by:.3f} ({ngram:.3f}): more text or more time would help.",
        "5-gram 模型（{ngram:.3f}）比它低 {by:.3f}：更多文本或更长时间会有帮助。",
    ),
    "train.unbegun": ("It was stopped before its turn.", "还没轮到就停止了。"),
    "train.stage": ("Sample from it", "用它采样"),
    "train.download": ("Download, {size:.1f} MB", "下载（{size:.1f} MB）"),
    "train.download.help": (
        "One .npz: upload it here another day, or drop it into pretrained/",
        "一个 .npz 文件：改天可在这里上传，或放进 pretrained/",
    ),
    "train.session_only": (
        "It is in all menus of your session now. Links name it but do not hold it; download it to keep it.",
        "它已出现在本次会话的所有菜单里。链接只写出名字，不包含模型；想保存请下载。",
    ),
    "train.back": ("Other settings", "改设置"),
    # --- why a training failed
    "train.failed.died": (
        "The training broke off. Its place is free again; try once more, perhaps with a smaller network.",
        "训练意外中断，位置已空出。请再试一次，或换小一点的网络。",
    ),
    "train.failed.full": (
        "Too many trainings are waiting on this machine. Try again in some minutes.",
        "这台机器上排队的训练太多。请几分钟后再试。",
    ),
    "train.failed.memory": (
        "The training needs more memory than a visit may take. Choose a smaller network or vocabulary.",
        "训练所需内存超过上限。请选择更小的网络或词汇表。",
    ),
    "train.failed.exploded": (
        "The loss exploded: the numbers are none any more. Train again with a lower learning rate.",
        "损失爆炸，数值已失效。请用更低的学习率重新训练。",
    ),
    "train.refused.disk": (
        "This server cannot keep a text to train on: {problem}.",
        "服务器无法保存要训练的文本：{problem}。",
    ),
    # --- in the sidebar
    "train.explain.loss": (
        "The loss is −log P of the true next token, its mean in nats. A network that knows nothing has log V; a 5-gram "
        "model counts what follows the last four tokens.",
        "损失（loss）是真实的下一个词元的 −log P 的平均值，单位 nat。一无所知的网络是 log V；5-gram 模型只统计最近四个词元之后出现什么。",
    ),
    "train.explain.held_out": (
        "The held-out part is never trained on. When its loss rises while the training loss falls, the network learns by heart.",
        "留出（held out）部分从不参与训练。如果它的损失上升而训练损失下降，网络就是在死记硬背。",
    ),
    "train.explain.copied": (
        "Underlined is what stands in the training text word for word: the meter shows when it begins to copy.",
        "带下划线的部分原样出现在训练文本中：由此可见它何时开始照抄。",
    ),
    "train.rule": (
        "At most {count} {count:training runs|trainings run} at once on this machine, others wait in line. Who has no page of "
        "this app open for {seconds:.0f} s ends the training.",
        "这台机器上最多同时进行 {count} 个训练，其余排队。所有页面关闭超过 {seconds:.0f} 秒，训练就会取消。",
    ),
}
