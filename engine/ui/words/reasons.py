"""Why a file is no model: the engine's own English sentence, by which it is found, and the Chinese one.

Names of the file's arrays, types and what it says of itself stay as they are.
"""

_CONVERTER = "python -m engine.convert FILE turns the names and orders of other projects into these"
_CONVERTER_ZH = "python -m engine.convert FILE 可把其他项目的名称与顺序转换过来"
_CHINESE = {
    # --- the archive
    "it is not a file but a pipe or a device": "它不是文件，而是管道或设备",
    "it is not a whole .npz file ({error})": "它不是完整的 .npz 文件（{error}）",
    "it has more than {max_entries:,} arrays, or takes more than {max_bytes} MB": (
        "数组超过 {max_entries:,} 个，或占用超过 {max_bytes} MB"
    ),
    "it has {count:,} arrays, more than {max_entries:,}": "有 {count:,} 个数组，超过 {max_entries:,} 个",
    "its arrays take more than {max_bytes} MB": "数组占用超过 {max_bytes} MB",
    "it unfolds to {unfolded} MB, more than {max_unfolding} times its own size": (
        "解压后有 {unfolded} MB，超过文件大小的 {max_unfolding} 倍"
    ),
    "a name occurs twice in it": "有一个名称出现了两次",
    "the entry {name} is compressed in a way that numpy never does": "{name} 一项的压缩方式不是 numpy 所用的",
    "the entry {name} is not a numpy array ({error})": "{name} 一项不是 numpy 数组（{error}）",
    "{name} declares shape {shape}": "{name} 声明的形状是 {shape}",
    "{name} declares shape {shape} of {dtype}, but its data has {found} bytes": (
        "{name} 声明的形状是 {shape}，类型 {dtype}，而数据有 {found} 字节"
    ),
    "{name} declares shape {shape} of {dtype}, but its data has another length": (
        "{name} 声明的形状是 {shape}，类型 {dtype}，而数据的长度与此不符"
    ),
    "{name} must hold numbers or texts, but holds Python objects": "{name} 须为数字或文本，却含有 Python 对象",
    "{name} must hold numbers or texts, but has dtype {dtype}": "{name} 须为数字或文本，类型却是 {dtype}",
    "{name} cannot be read: {why}": "{name} 无法读取：{why}",
    "{name} cannot be read: it does not fit into the memory": "{name} 无法读取：内存放不下",
    # --- the card
    "card must have {max_card:,} characters at most, but has {count:,}": (
        "card 最多 {max_card:,} 个字符，却有 {count:,} 个"
    ),
    "card is not JSON ({error})": "card 不是 JSON（{error}）",
    "card must be a JSON object": "card 须为 JSON 对象",
    "card: {key} must be a text": "card 中的 {key} 须为文本",
    "card: {key} must be a number, 0 or from 1e-6 to 1e15": "card 中的 {key} 须为数字：0，或在 1e-6 到 1e15 之间",
    "card: {key} has a number beyond 1e15": "card 中的 {key} 有超过 1e15 的数",
    "card: {key} has a text of {count:,} characters; {max_text:,} are allowed": (
        "card 中的 {key} 有一段 {count:,} 个字符的文本；最多 {max_text:,} 个"
    ),
    "card: loss_by_context must be at most {max_points:,} pairs [context, loss], contexts rising": (
        "card 中的 loss_by_context 最多 {max_points:,} 对 [context, loss]，context 须递增"
    ),
    # --- the texts
    "it needs an entry 'tokens', the list of its vocabulary in the order of the output layer": (
        "缺少 'tokens' 一项，即按输出层顺序排列的词汇表"
    ),
    "it has {count:,} tokens; {max_tokens:,} are allowed": "有 {count:,} 个词元；最多 {max_tokens:,} 个",
    "a token may have {max_token} characters, but {token}… has {count:,}": (
        "一个词元最多 {max_token} 个字符，而 {token}… 有 {count:,} 个"
    ),
    "the token {token} cannot be saved: numpy drops a U+0000 at the end of a text": (
        "词元 {token} 无法保存：numpy 会去掉文本末尾的 U+0000"
    ),
    "{name} must be text, but has dtype {dtype}": "{name} 须为文本，类型却是 {dtype}",
    "{name} takes {kilobytes:,} KB, which is too much": "{name} 占用 {kilobytes:,} KB，过大",
    "tokens takes {kilobytes:,} KB, which is too much; its longest text is too long": (
        "tokens 占用 {kilobytes:,} KB，过大；其中最长的文本过长"
    ),
    "{name} is not valid text: it has the character code {code}": "{name} 不是有效文本：含有字符编码 {code}",
    "training_hashes must be a list of uint64, but is {count}-d {dtype}": (
        "training_hashes 须为一维 uint64，却是 {count} 维 {dtype}"
    ),
    # --- the vocabulary
    "level must be one of {levels}, but is {level}": "level 须为 {levels} 之一，却是 {level}",
    "every token must be a text of at least one character": "每个词元须为至少一个字符的文本",
    "every token must occur once, but {token} occurs again": "每个词元只能出现一次，而 {token} 重复出现",
    "eos_token and unk_token must differ, but both are {token}": "eos_token 与 unk_token 须不同，却都是 {token}",
    "the special token {token} must be among the tokens": "特殊词元 {token} 须在词元之中",
    "a vocabulary needs at least one token besides the special ones": "除特殊词元外，词汇表至少要有一个词元",
    "at level 'char' a token is one character, but {token} has {count}": (
        "level 为 'char' 时，一个词元是一个字符，而 {token} 有 {count} 个"
    ),
    # --- the weights
    f"the weight {{name}} is missing; there are {{has}}; {_CONVERTER}": f"缺少权重 {{name}}；现有 {{has}}；{_CONVERTER_ZH}",
    f"the weight {{name}} is unknown; expected are {{expected}}; {_CONVERTER}": (
        f"权重 {{name}} 不认识；应有 {{expected}}；{_CONVERTER_ZH}"
    ),
    "rnn.weight_hh_l0 must have 1 (RNN), 3 (GRU) or 4 (LSTM) times as many rows as columns, but has shape {shape}": (
        "rnn.weight_hh_l0 的行数须为列数的 1 倍（RNN）、3 倍（GRU）或 4 倍（LSTM），形状却是 {shape}"
    ),
    "the variant {variant} is none of this cell; known are: {known}": "这种单元没有变体 {variant}；可用的有：{known}",
    "{name} must hold floating-point numbers, but has dtype {dtype}": "{name} 须为浮点数，类型却是 {dtype}",
    "{name} must be float64, float32 or float16, but is {dtype}": (
        "{name} 须为 float64、float32 或 float16，却是 {dtype}"
    ),
    "{name} must be a matrix, but has shape {shape}": "{name} 须为矩阵，形状却是 {shape}",
    "{name} must have shape {expected}, but has {shape}": "{name} 的形状须为 {expected}，却是 {shape}",
    "{name} must be finite, but holds NaN or infinity": "{name} 须为有限数，却含有 NaN 或无穷大",
}

WORDS = {
    "app.of_file": ("{file} cannot be used as a model: {reason}", "{file} 不能用作模型：{reason}"),
    **{f"reason.{english}": (english, chinese) for english, chinese in _CHINESE.items()},
}
