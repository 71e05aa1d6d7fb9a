"""Predict, then reveal: what a viewer commits to before u falls, and how it did."""

WORDS = {
    "keys.predict": ("predict first, or not", "先预测，或不预测"),
    "predict.switch": ("Predict first", "先预测"),
    "predict.help": (
        "Step waits before the draw until you have said what you expect",
        "每一步在抽取之前停下，等你先说出预测",
    ),
    "predict.bars": ("Until u({t}, 1) falls, the bars are", "u({t}, 1) 落下之前，条形图"),
    "predict.open": ("open", "显示"),
    "predict.hidden": ("hidden", "隐藏"),
    "predict.question.eos": ("Is the next token <EOS>?", "下一个词元是 <EOS> 吗？"),
    "predict.question.unk": (
        "Is <UNK> drawn within {steps} steps?",
        "{steps} 步之内会抽到 <UNK> 吗？",
    ),
    "predict.question.cooler": (
        "Another token at T = {temperature:g}, same u?",
        "同一个 u，T = {temperature:g} 时会换一个词元吗？",
    ),
    "predict.yes": ("yes", "是"),
    "predict.no": ("no", "否"),
    "predict.label": ("Where will u({t}, 1) fall?", "u({t}, 1) 会落在哪里？"),
    "predict.row": ("{token}, {count} {count:chip|chips}", "{token}，{count} 枚筹码"),
    "predict.take_back": ("Take a chip back from {token}", "从 {token} 上取回一枚筹码"),
    "predict.placed": (
        "Where will u({t}, 1) fall? {count} of {most} chips placed.",
        "u({t}, 1) 会落在哪里？已放 {count} 枚筹码，最多 {most} 枚。",
    ),
    "predict.how": (
        "Each click on a bar lays a chip; Step lets u fall. Bits: −log₂ of the share on what comes "
        "(1% is spread over all bars, so a miss is not ∞).",
        "每点击一条就放一枚筹码；按“单步”让 u 落下。比特数：结果所占份额的 −log₂（其中 1% 平均分给所有条，猜错也不是 ∞）。",
    ),
    "predict.others": ("one of the others", "其余词元之一"),
    "predict.score": (
        "You: {here} of {placed} {placed:chip|chips} on {token}, {bits:.2f} bits.",
        "你：{placed} 枚筹码中有 {here} 枚在{token}上，{bits:.2f} 比特。",
    ),
    "predict.missed": (
        "You: no chip on {token}, {bits:.2f} bits by the 1% alone.",
        "你：{token}上没有筹码，只有那 1%，{bits:.2f} 比特。",
    ),
    "predict.best": (
        "ŷ⟨{t}⟩ itself: {prob:percent}, {best:.2f} bits; it expects {expected:.2f}, its entropy over the bars.",
        "ŷ⟨{t}⟩ 自己：{prob:percent}，{best:.2f} 比特；它的期望是 {expected:.2f}，即在这些条上的熵。",
    ),
    "predict.short.eos": ("<EOS> next", "下一个是 <EOS>"),
    "predict.short.unk": ("<UNK> within {steps} steps", "{steps} 步内抽到 <UNK>"),
    "predict.short.cooler": ("another at T = {temperature:g}", "T = {temperature:g} 时换一个"),
    "predict.right": ("{what}: {truth} ✓", "{what}：{truth} ✓"),
    "predict.wrong": ("{what}: {truth} ✗", "{what}：{truth} ✗"),
    "predict.undecided": ("{what}: not decided yet", "{what}：尚未揭晓"),
    "predict.tally": (
        "So far ({scored}): you {bits:.1f} bits, ŷ {best:.1f}, expected {expected:.1f}",
        "累计（{scored} 次）：你 {bits:.1f} 比特，ŷ {best:.1f}，期望 {expected:.1f}",
    ),
    "predict.tally.answers": ("{right} of {decided} answers right", "{decided} 个回答中 {right} 个正确"),
}
