"""The vocabulary of a checkpoint, in every form that projects keep it in, and what is said of it."""

import json

import numpy as np
import pytest
from tiny_weights import random_weights

from engine.convert import ConversionError, convert, read_list
from engine.convert.tokens import read_vocabulary

TOKENS = ["<pad>", "<eos>", "<unk>", "the", "cat"]


def vocabulary(given=None, facts=None, words=5, **options):
    options = {"level": None, "eos": None, "unk": None, "unnamed": "<PAD>", **options}
    return read_vocabulary(given, facts or {}, words, **options)


@pytest.mark.parametrize(
    "given",
    [
        TOKENS,
        tuple(TOKENS),
        {token: i for i, token in enumerate(TOKENS)},
        dict(enumerate(TOKENS)),
        {str(i): token for i, token in enumerate(TOKENS)},
        {"stoi": {token: i for i, token in enumerate(TOKENS)}, "itos": TOKENS},
        {"model": {"type": "WordLevel", "vocab": {token: i for i, token in enumerate(TOKENS)}}, "version": "1.0"},
        {"model": {"vocab": [[token, -1.5] for token in TOKENS]}},
        {"config": {"word_index": json.dumps({token: i for i, token in enumerate(TOKENS)})}},
        {"idx_to_token": {str(i + 1): token for i, token in enumerate(TOKENS)}},  # Lua counts from 1
        {token: i for i, token in enumerate(TOKENS) if i},  # Keras leaves 0 for padding
        {"<pad>": 0, **{token: i for i, token in enumerate(TOKENS)}},
    ],
)
def test_a_list_or_a_dict_gives_the_tokens_in_order(given):
    read, notes = vocabulary(given)
    assert [token.lower() for token in read.tokens] == TOKENS
    assert (read.level, read.eos_token, read.unk_token) == ("word", "<eos>", "<unk>")
    assert any("<eos> was taken for the end" in note for note in notes)
    assert any("<unk> was taken for an unknown token" in note for note in notes)


def test_the_checkpoints_own_list_is_found_and_the_one_that_fits_is_taken():
    read, notes = vocabulary(
        facts={"labels.vocab": ["x", "y"], "dictionary.word2idx": {t: i for i, t in enumerate(TOKENS)}}
    )
    assert read.tokens == tuple(TOKENS)
    assert "dictionary.word2idx" in notes[0]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (None, "it holds no vocabulary; give its 5 tokens"),
        (["a", "b"], "it has 2 tokens for an output layer of 5"),
        ({"a": 0, "b": 1, "c": 2, "d": 3, "e": 7}, "number 4 has none"),
        ({"a": 0, "b": 0, "c": 1, "d": 2, "e": 3}, "two tokens have the same number"),
        ({"a": "b"}, "neither from tokens to numbers nor from numbers to tokens"),
        (3, "no list and no dict"),
        ([1, 2, 3, 4, 5], "a token must be a text, but there is 1"),
        (["a", "a", "b", "c", "d"], "'a' occurs again"),
        ({}, "no list and no dict"),
    ],
)
def test_a_list_that_does_not_fit_is_one_sentence(given, message):
    with pytest.raises(ConversionError, match=message):
        vocabulary(given)


def test_characters_with_several_marks_are_a_character_vocabulary():
    read, notes = vocabulary(["<PAD>", "<bos>", "</s>", "a", "\n"])
    assert (read.level, read.eos_token, read.unk_token) == ("char", "</s>", None)
    assert read.encode("a\na") == [3, 4, 3]
    assert any("<PAD>, <bos>" in note for note in notes)


def test_the_owner_has_the_last_word_on_marks_and_level():
    read, _ = vocabulary([".", "a", "b", "c", "d"], eos=".")
    assert (read.level, read.eos_id) == ("char", 0)
    read, _ = vocabulary(TOKENS, eos="", unk="", level="word")
    assert (read.eos_id, read.unk_id) == (None, None)
    with pytest.raises(ConversionError, match="must be among the tokens"):
        vocabulary(TOKENS, eos="<END>")


def test_several_marks_for_one_thing_are_left_to_the_owner():
    read, notes = vocabulary(["</s>", "<eos>", "a", "b", "c"])
    assert read.eos_id is None
    assert any("</s>, <eos>: choose one with --eos" in note for note in notes)


def test_pieces_of_words_are_said_to_be_treated_as_words():
    assert any("pieces of words" in note for note in vocabulary(["<unk>", "▁the", "▁cat", "s", "ing"]).notes)
    assert any("pieces of words" in note for note in vocabulary(["[UNK]", "the", "##s", "##ing", "b"]).notes)
    assert not any("pieces of words" in note for note in vocabulary(["@@", "##", "a", "the", "b"]).notes)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("v.json", b'["a", "b"]', ["a", "b"]),
        ("v.json", b'\xef\xbb\xbf{"a": 0}', {"a": 0}),
        ("v.txt", b"a\r\n \r\n\xe7\x8c\xab\r\n", ["a", " ", "猫"]),
        ("v.txt", b"a\n\nb", ["a", "\n", "b"]),  # an empty line is the line end
        ("v.txt", b"[\n]\n", ["[", "]"]),
    ],
)
def test_a_file_of_tokens(tmp_path, name, content, expected):
    (tmp_path / name).write_bytes(content)
    assert read_list(tmp_path / name) == expected


@pytest.mark.parametrize(("name", "content"), [("v.json", b"{"), ("v.pkl", b"\x80\x04\x95"), ("v.txt", b"\xff\xfe")])
def test_a_file_that_is_no_list_of_tokens_is_one_sentence(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConversionError, match="JSON"):
        read_list(tmp_path / name)


def test_a_model_file_of_this_project_goes_through_with_all_it_says(tmp_path, random_model):
    model = random_model("gru")
    model.card["text"] = "Cats"
    model.save(tmp_path / "own.npz")
    again, _ = convert(tmp_path / "own.npz")
    assert again.vocabulary.tokens == model.vocabulary.tokens
    assert (again.vocabulary.eos_id, again.vocabulary.unk_id) == (0, 1)
    assert again.card == {"text": "Cats"}


def test_a_start_that_is_not_among_the_tokens_is_named(tmp_path):
    np.savez(tmp_path / "w.npz", **random_weights("rnn"), tokens=TOKENS)
    with pytest.raises(ConversionError, match="--start: the token '<s>' is not in its vocabulary"):
        convert(tmp_path / "w.npz", start="<s>")
    _, notes = convert(tmp_path / "w.npz")
    assert any("--start '<eos>'" in note for note in notes)  # as a hint


def test_the_list_of_makemore_is_of_all_tokens_but_the_first():
    assert vocabulary(["a", "b", "c"], unnamed="<EOS>", words=4).vocabulary.tokens == ("<EOS>", "a", "b", "c")
    assert vocabulary(["<EOS>", "a", "b"], unnamed="<EOS>", words=3).vocabulary.tokens == ("<EOS>", "a", "b")
    with pytest.raises(ConversionError, match="3 tokens for an output layer of 4"):
        vocabulary(["a", "b", "c"], words=4)
