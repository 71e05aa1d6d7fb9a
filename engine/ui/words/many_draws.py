"""The page Many draws."""

WORDS = {
    # --- what is chosen, and one step
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
    "draws.recipe.limit": ("at most {limit:,} {limit:step|steps}", "上限 {limit:,} 步"),
    "draws.recipe.prompt": ("prompt “{prompt}”", "提示“{prompt}”"),
    "draws.recipe.changes": (
        "{count} {count:change|changes} on the way, {forced} {forced:token|tokens} by hand",
        "途中改动 {count} 处，手动选定词元 {forced} 个",
    ),
    "draws.recipe.where": ("Change it on the page “{page}”.", "在“{page}”页修改。"),
    "draws.step.first": (
        "{n:,} draws of a first token, from ŷ⟨1⟩: x⟨1⟩ = 0, nothing has come before.",
        "从 ŷ⟨1⟩ 抽取首个词元 {n:,} 次：x⟨1⟩ = 0，前面没有任何词元。",
    ),
    "draws.step.after": (
        "{n:,} draws from one and the same ŷ⟨{t}⟩, after “{text}”.",
        "从同一个 ŷ⟨{t}⟩ 抽取 {n:,} 次，上文是“{text}”。",
    ),
    "draws.step.given": ("On the stage this token was given by the prompt.", "在采样页上，这个词元由提示给定。"),
    "draws.step.forced": ("On the stage this token was chosen by hand.", "在采样页上，这个词元是手动选定的。"),
    "draws.step.filtered": (
        "Temperature and filters are as on the stage ({settings}).",
        "温度和筛选与采样页相同（{settings}）。",
    ),
    "draws.unk.step.rejected": (
        "{count:,} {count:draw|draws} fell on <UNK> (P {prob:equal}), {count:was|were} rejected and made again, as on the stage: so the law of the "
        "tokens that come out is P(token) / (1 − P(<UNK>)).",
        "有 {count:,} 次抽到未知标识 <UNK>（P {prob:equal}），与采样页一样，拒绝并重抽：所以得到的词元服从 P(词元) / (1 − P(<UNK>))。",
    ),
    "draws.step.nothing_left": (
        "Only <UNK> had passed temperature and filters: all {count:,} draws of it were rejected. It is then taken out first and "
        "they are applied anew; the tokens come from that distribution.",
        "温度与筛选之后只剩 <UNK>：{count:,} 次全被拒绝。于是先去掉它，再重新调温度、做筛选，词元来自这样得到的分布。",
    ),
    "draws.unk.step.allowed": ("<UNK> is kept like any other token.", "未知标识 <UNK> 与其他词元一样保留。"),
    "draws.step.no_unk": (
        "This vocabulary has no <UNK>: nothing is rejected.",
        "这个词汇表没有未知标识 <UNK>，无需拒绝。",
    ),
    "draws.way.drawn": ("Drawn from ŷ", "从 ŷ 抽取"),
    "draws.way.even": ("At random: all {count:,} alike", "均匀随机（uniform）：{count:,} 个机会均等"),
    "draws.way.best": ("Always the likeliest (argmax)", "总选概率最大的（argmax）"),
    "draws.different": ("different tokens: {count:,}", "不同的词元：{count:,} 种"),
    "draws.different.one": ("always the same token", "永远是同一个词元"),
    "draws.hover": (
        "{token}: came {count:,} {count:time|times}. P {prob:equal}: {expected:,.1f} expected, {least:,} to {most:,} in 95 of 100 experiments",
        "{token}：出现 {count:,} 次。P {prob:equal}：期望 {expected:,.1f} 次，100 次实验中有 95 次在 {least:,} 到 {most:,} 之间",
    ),
    "draws.alt": (
        "Bar chart, {way}: {bars}.",
        "条形图，{way}：{bars}。",
    ),
    "draws.alt.bar": ("“{token}” {count:,} (expected {expected:,.1f})", "“{token}” {count:,}（期望 {expected:,.1f}）"),
    "draws.legend": (
        "Amber band: 95% of all experiments · line: expected · ≠ hatched: outside the band · ▶ the bar goes on",
        "琥珀色带：95% 的实验落在其中 · 竖线：期望 · ≠ 斜纹：在带外 · ▶ 条形未画完",
    ),
    "draws.fit.fits": (
        "Does the first fit ŷ? Chi-square = {statistic:,.1f} at {freedom:,} {freedom:degree|degrees} of freedom, {p:p_value}: honest draws from ŷ are "
        "this far off or further in {p:percent} of all experiments. Nothing speaks against ŷ.",
        "第一种符合 ŷ 吗？卡方（chi-square）= {statistic:,.1f}，自由度 {freedom:,}，{p:p_value}：若真从 ŷ 抽取，{p:percent} 的实验会有这么大或更大的偏离。没有理由认为与 ŷ 不符。",
    ),
    "draws.fit.unlucky": (
        "Does the first fit ŷ? Chi-square = {statistic:,.1f} at {freedom:,} {freedom:degree|degrees} of freedom, {p:p_value}: honest draws from ŷ are "
        "this far off or further in only {p:percent} of all experiments. These are honest, so it is chance: one experiment in "
        "twenty has p below 0.05. Draw again.",
        "第一种符合 ŷ 吗？卡方（chi-square）= {statistic:,.1f}，自由度 {freedom:,}，{p:p_value}：若真从 ŷ 抽取，只有 {p:percent} 的实验会有这么大或更大的偏离。这里确实是从 ŷ 抽取，所以只是偶然：二十次实验里就有一次 p 小于 0.05。请重新抽取。",
    ),
    "draws.fit.none": (
        "No chi-square here: at {n:,} draws fewer than two classes of tokens are expected five times. Draw more often, or "
        "look at a step where more than one token is possible.",
        "这里做不了卡方检验（chi-square）：抽 {n:,} 次，期望次数达到五次的类别不足两个。请多抽几次，或换一个有多种可能的步。",
    ),
    "draws.fit.outside": (
        "{outside} of the {bars} bars {outside:lies outside its|lie outside their} band (≠): a band holds in 95 of 100 experiments, so of "
        "many bars about one in twenty lies outside by chance.",
        "{bars} 条里有 {outside} 条落在带外（≠）：每条色带只在 100 次实验中的 95 次成立，条数一多，平均每二十条就有一条偶然落在带外。",
    ),
    "draws.fit.merged": (
        "Rare tokens are counted together: {count:,} tokens as one class, expected {expected:,.1f} times.",
        "罕见的词元合并计数：{count:,} 个词元算一类，期望 {expected:,.1f} 次。",
    ),
    "draws.fit.other": ("{p:p_value}: does not fit ŷ", "{p:p_value}：与 ŷ 不符"),
    "draws.fit.open": (
        "{p:p_value}: {n:,} draws cannot tell it from ŷ",
        "{p:p_value}：抽 {n:,} 次还分不出与 ŷ 的差别",
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
        "With up to {limit:,} steps a run, {most:,} runs are the most here.",
        "每次上限 {limit:,} 步时，这里最多采样 {most:,} 次。",
    ),
    "draws.waiting": (
        "Press “Run”: the model writes {n:,} sequences with all settings of the stage, with the seeds {first} to {last}.",
        "按“开始”：模型按采样页上的全部设置写 {n:,} 个序列，种子从 {first} 到 {last}。",
    ),
    "draws.progress": ("{done:,} of {most:,} runs", "已完成 {done:,} / {most:,} 次"),
    "draws.progress.left": (
        "{done:,} of {most:,} runs, about {left:duration} left",
        "已完成 {done:,} / {most:,} 次，大约还需 {left:duration}",
    ),
    "draws.cancel": ("Cancel", "取消"),
    "draws.of": (
        "{done:,} {done:run|runs}, seeds {first} to {last}: {mean:.1f} steps on average.",
        "{done:,} 次采样，种子从 {first} 到 {last}：平均 {mean:.1f} 步。",
    ),
    "draws.lengths": ("How long, and how it ended", "长度与结束方式"),
    "draws.lengths.hover": (
        "{steps} {steps:step|steps}, {ending}: {count:,} {count:run|runs}",
        "{steps} 步，{ending}：{count:,} 次",
    ),
    "draws.lengths.alt": (
        "Histogram of the lengths of {n:,} {n:run|runs}; {endings}.",
        "{n:,} 次采样的长度直方图；{endings}。",
    ),
    "draws.lengths.alt.ending": ("{ending} {count:,}", "{ending} {count:,}"),
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
    "draws.ending.share": (
        "{share:percent} ({least:percent} to {most:percent})",
        "{share:percent}（{least:percent} 到 {most:percent}）",
    ),
    "draws.ending.cannot": ("cannot be here", "这里不可能"),
    "draws.band": ("In brackets: the 95% confidence interval.", "括号内：95% 置信区间。"),
    "draws.draws": ("Draws per step, while <UNK> is rejected", "拒绝未知标识 <UNK> 时，每步的抽取次数"),
    "draws.draws.expected": ("the law", "理论值"),
    "draws.draws.counted": ("counted", "实际次数"),
    "draws.draws.hover": (
        "{draws} {draws:draw|draws}: {count:,} {count:step|steps}. Expected {expected:,.1f}, {least:,} to {most:,} in 95 of 100 experiments",
        "{draws} 次：{count:,} 步。期望 {expected:,.1f}，100 次实验中有 95 次在 {least:,} 到 {most:,} 之间",
    ),
    "draws.draws.alt": ("Counts of draws per step against the law: {rows}.", "每步抽取次数与理论的对比：{rows}。"),
    "draws.draws.alt.row": (
        "{draws}: {count:,}, expected {expected:,.1f}",
        "{draws} 次：{count:,}，期望 {expected:,.1f}",
    ),
    "draws.unk.draws.redraw": (
        "Redrawn from the same ŷ until it is not <UNK>: geometric, P(k draws) = P(<UNK>)ᵏ⁻¹ (1 − P(<UNK>)), success 1 − "
        "P(<UNK>), summed over the {steps:,} {steps:step|steps}, each with its own P(<UNK>) ({mean:percent} on average).",
        "从同一个 ŷ 重抽到不是 <UNK> 为止：几何分布（geometric），P(k 次) = P(<UNK>)ᵏ⁻¹ (1 − P(<UNK>))，成功概率 1 − P(<UNK>)，对 {steps:,} 步求和，每步用自己的 P(<UNK>)（平均 {mean:percent}）。",
    ),
    "draws.unk.draws.rest": (
        "Redrawn from the rest, the second draw is always accepted: the geometric law with success 1 − P(<UNK>), cut off "
        "at 2; {steps:,} {steps:step|steps}, P(<UNK>) {mean:percent} on average. Choose “{redraw}” on the stage for all of it.",
        "从其余词元重抽，第二次总被接受：成功概率为 1 − P(<UNK>) 的几何分布（geometric），截断到 2；共 {steps:,} 步，P(<UNK>) 平均 {mean:percent}。在采样页上选“{redraw}”，可见完整的分布。",
    ),
    "draws.draws.mixed": (
        "The policy changes on the way; {steps:,} {steps:step|steps} in which <UNK> is rejected, each with its own geometric law, success "
        "1 − P(<UNK>) ({mean:percent} on average for P(<UNK>)).",
        "处理方式中途有改动；共有 {steps:,} 步拒绝 <UNK>，每步各服从成功概率为 1 − P(<UNK>) 的几何分布（geometric）（P(<UNK>) 平均 {mean:percent}）。",
    ),
    "draws.unk.kept.allow": (
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
    "draws.unk.whole.rejected": (
        "To reject <UNK> at each step is not to keep only whole sequences without it. Of these {n:,} runs {met:,} ({share:percent}) met "
        "an <UNK>: throwing whole sequences away would leave {clean:,}, each P divided by one and the same number, the share "
        "left, {left:.4g}.",
        "每一步拒绝 <UNK>，不等于只保留没有 <UNK> 的整个序列。这 {n:,} 次采样中有 {met:,} 次（{share:percent}）遇到 <UNK>：若把整个序列丢弃，只剩 {clean:,} 次，每个序列的 P 都除以同一个数，即留下的比例 {left:.4g}。",
    ),
    "draws.unk.whole.allowed": (
        "Here <UNK> is kept. Of these {n:,} runs {met:,} ({share:percent}) {met:has|have} one: keeping only whole sequences without it would leave "
        "{clean:,}, each P divided by one and the same number, the share left, {left:.4g}. To reject at each step is not the same.",
        "这里保留 <UNK>。这 {n:,} 次采样中有 {met:,} 次（{share:percent}）带有它：只保留没有 <UNK> 的整个序列会剩下 {clean:,} 次，每个序列的 P 都除以同一个数，即留下的比例 {left:.4g}。每一步拒绝则不同。",
    ),
    "draws.unk.factor.each": (
        "Step by step each sequence has a divisor of its own, the product of 1 − P(<UNK>) over its steps: for “{text}” (seed "
        "{seed}) it is {kept:.4g}, so its P becomes {times:.3g} times as large instead of {times_whole:.3g} times. Among these runs "
        "the divisor goes from {smallest:.4g} to {largest:.4g}.",
        "逐步拒绝时，每个序列有自己的除数，即各步 1 − P(<UNK>) 的乘积：“{text}”（种子 {seed}）的除数是 {kept:.4g}，它的 P 变为 {times:.3g} 倍，而不是 {times_whole:.3g} 倍。这些采样的除数从 {smallest:.4g} 到 {largest:.4g}。",
    ),
    "draws.whole.length": (
        "So the two give the same sequence different chances. Step by step they have {mean:.1f} steps on average, whole "
        "sequences without <UNK> {mean_clean:.1f}.",
        "所以同一个序列在两种做法下概率不同。逐步拒绝平均 {mean:.1f} 步，没有 <UNK> 的整个序列平均 {mean_clean:.1f} 步。",
    ),
    "draws.whole.length.same": (
        "So the two give the same sequence different chances. In length they do not differ here: {mean:.1f} steps on average.",
        "所以同一个序列在两种做法下概率不同。长度在这里没有差别：平均都是 {mean:.1f} 步。",
    ),
    "draws.whole.length.allowed": (
        "All runs have {mean:.1f} steps on average, those without <UNK> {mean_clean:.1f}.",
        "全部采样平均 {mean:.1f} 步，没有 <UNK> 的平均 {mean_clean:.1f} 步。",
    ),
    "draws.whole.length.allowed.same": (
        "With or without <UNK>, the runs have {mean:.1f} steps on average.",
        "有没有 <UNK>，这些采样平均都是 {mean:.1f} 步。",
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
        "{new:,} of {count:,} {count:sequence|sequences} that <EOS> ended {new:is|are} novel ({share:percent}; {least:percent} to {most:percent}): not one of the training text’s, "
        "token for token.",
        "由 <EOS> 结束的 {count:,} 个序列中，{new:,} 个是新序列（{share:percent}；{least:percent} 到 {most:percent}）：逐个词元比对，训练文本里没有它们。",
    ),
    "draws.novel.unfinished": (
        "It cannot be said: only whole sequences, up to <EOS>, are looked up, and none of these runs has one.",
        "无法判断：只查找以 <EOS> 结束的完整序列，而这些采样里没有。",
    ),
    "draws.novel.stream.word": (
        "{new:,} of {count:,} {count:run|runs} ({share:percent}; {least:percent} to {most:percent}) {new:copies|copy} no stretch of {least_copied} words or more from the training "
        "text.",
        "{count:,} 次采样中有 {new:,} 次（{share:percent}；{least:percent} 到 {most:percent}）没有照抄训练文本里 {least_copied} 个词或更长的片段。",
    ),
    "draws.novel.stream.char": (
        "{new:,} of {count:,} {count:run|runs} ({share:percent}; {least:percent} to {most:percent}) {new:copies|copy} no stretch of {least_copied} characters or more from the "
        "training text.",
        "{count:,} 次采样中有 {new:,} 次（{share:percent}；{least:percent} 到 {most:percent}）没有照抄训练文本里 {least_copied} 个字符或更长的片段。",
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
