"""Marks are known in any spelling, and ordinary tokens are not taken for marks."""

import pytest

from engine.special_tokens import find, role


@pytest.mark.parametrize(
    ("tokens", "wanted"),
    [
        (["<EOS>", "<eos>", "</s>", "</S>", "<|endoftext|>", "[EOS]", "xxeos", "<end>", "<END_OF_TEXT>"], "eos"),
        (["<UNK>", "<unk>", "[UNK]", "xxunk", "<oov>", "<OOV>", "<unknown>"], "unk"),
        (["<bos>", "<s>", "<SOS>", "[CLS]", "xxbos", "<start>", "<|startoftext|>"], "start"),
        (["<PAD>", "<pad>", "[PAD]", "xxpad", "{pad}"], "pad"),
        (["end", "s", "/s", "pad", "<b>", "<N>", "<", ">", "<>", "[", "xxmaj", "unk", "<eos", "<e os>", ""], None),
    ],
)
def test_the_role_of_a_token_is_read_from_its_spelling(tokens, wanted):
    assert {token: role(token) for token in tokens} == dict.fromkeys(tokens, wanted)


@pytest.mark.parametrize(
    ("tokens", "wanted", "found"),
    [
        (["a", "</s>"], "eos", "</s>"),
        (["a", "</s>", "<eos>"], "eos", None),  # which one?
        (["a", "</s>", "<EOS>"], "eos", "<EOS>"),
        (["a", "[UNK]"], "unk", "[UNK]"),
        (["a", "unk"], "unk", None),
    ],
)
def test_a_mark_is_found_where_there_is_one(tokens, wanted, found):
    assert find(tokens, wanted) == found
