"""Text to tokens and back."""

from collections import Counter

import pytest

from engine.model import LanguageModel
from engine.ui.models import FOLDER
from engine.vocabulary import UnknownTokenError, Vocabulary, VocabularyError
from engine.words import join_words, split_words

SENTENCES = [
    "Cats average 15 hours of sleep a day.",
    'He said: "No, thanks."',
    '"Why?" she asked. "Because."',
    "The cat (a tabby) slept; then, at noon, it woke!",
    "It cost $1,000, or 3.5% more.",
    "The U.S. bought it at 8 a.m. for £20.",
    "Don't stop; it's a well-known cat's paw.",
    "'Tis true that 'twas so.",
    "The workers' rights and the farmers' income rose.",
    "He says 'no' to us.",
    "Wait -- is it so?",
    "He waited... and waited.",
    "“Mau”, said the Egyptian (loudly).",
    "Item [3] of {4} costs 50% less.",
    "First line.\nSecond line.",
    "One.\n\nTwo.",
    "Fünf Äpfel, naïve café.",
    "The 20th of May 1999.",
    "To be, or not to be: that is the question.",
    "He left at 10:30 and/or 11:15.",
    "It is 1/2 or 3.5% of $1,000.50, and never -5.",
    "The U.S.-made e-mail of J. R. Smith and the 20-year-old.",
    "It is the workers', and this is the bosses'.",
    "The workers' rights and 'the bosses' income' in the 1990's.",
    "He says: 'The workers' rights.'",
    "I heard rock 'n' roll; she didn't.",
    "See p. 3 (and p. 4), or \"the 'inner' text\".",
    "From 1990–1995 it was – as I said – so — or not…",
    "¿Qué? «¡Válgame Dios!», dijo.",
    "Er rief: „Nein!“, und »gut«, und ‚so‘.",
    "It costs €5, ¥500 and £3.",
    "नमस्ते दुनिया। कैसे हो?",
    "Tie\u0302\u0301ng Vie\u0323\u0302t",
    "cafe\u0301 au lait",
    "بِسْمِ اللَّهِ، نعم؟",
    "می\u200cخواهم بروم",
    "我有3只猫，它叫“咪咪”。《红楼梦》（上）。",
    "今日は、カタカナ。",
    "ฉันรักแมว",
    "👩🏽‍🔬 ❤️ ok",
    "안녕하세요 세계! 나는 고양이를 좋아한다.",
    "🇫🇷 🇺🇸 and 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f won.",
    "The '60s and the '70s, the rock 'n' roll of the '80s.",
    "He says '90s music' is good.",
    "He says 'it was in the '60s'.",
    "The Ph.D. of Dr. D. Smith, M.Sc., and 50¢.",
]


def word_vocabulary(*texts, special=("<EOS>", "<UNK>")):
    return Vocabulary.from_texts(texts, "word", eos_token=special[0], unk_token=special[1])


@pytest.mark.parametrize("text", SENTENCES)
def test_a_real_sentence_comes_back_as_it_was(text):
    vocabulary = word_vocabulary(text)
    ids = vocabulary.encode(text)
    assert vocabulary.unk_id not in ids
    assert vocabulary.decode(ids) == text


@pytest.mark.parametrize("text", SENTENCES)
def test_characters_always_come_back_as_they_were(text):
    vocabulary = Vocabulary.from_texts([text], "char")
    assert len(vocabulary.encode(text)) == len(text)
    assert vocabulary.decode(vocabulary.encode(text)) == text


def test_the_sentence_of_the_lecture_both_ways():
    text = "Cats average 15 hours of sleep a day."
    assert split_words(text) == ["Cats", "average", "15", "hours", "of", "sleep", "a", "day", "."]
    assert len(Vocabulary.from_texts([text], "char").split(text)) == 37


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("$1,000", ["$", "1,000"]),
        ("U.S.", ["U.S."]),
        ("don't", ["don't"]),
        ("a,b", ["a", ",", "b"]),
        ("well-known", ["well-known"]),
        ("workers' rights", ["workers'", "rights"]),
        ("'yes', he says", ["'", "yes", "'", ",", "he", "says"]),
        ("'tis", ["'tis"]),
        ("end.", ["end", "."]),
        ("Cats cats", ["Cats", "cats"]),
        ("a\nb", ["a", "\n", "b"]),
        ("?!", ["?", "!"]),
        ("😀ok", ["😀", "ok"]),
        ("नमस्ते", ["नमस्ते"]),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", ["Tie\u0302\u0301ng", "Vie\u0323\u0302t"]),
        ("cafe\u0301s", ["cafe\u0301s"]),
        ("بِسْمِ اللَّهِ", ["بِسْمِ", "اللَّهِ"]),
        ("می\u200cخواهم", ["می\u200cخواهم"]),
        ("क्\u200dष", ["क्\u200dष"]),
        ("¿Qué?", ["¿", "Qué", "?"]),
        ("don’t", ["don’t"]),
        ("workers’ rights", ["workers’", "rights"]),
        ("e‑mail", ["e‑mail"]),
        ("col·lecció", ["col·lecció"]),
        ("我喜欢猫", ["我", "喜", "欢", "猫"]),
        ("15只猫", ["15", "只", "猫"]),
        ("แมว", ["แ", "ม", "ว"]),
        ("か\u3099き", ["か\u3099", "き"]),
        ("안녕하세요 세계", ["안녕하세요", "세계"]),
        ("각\u1112\u1161", ["각\u1112\u1161"]),
        ("豈\uf900", ["豈", "\uf900"]),  # two ideographs that look the same
        ("🇫🇷🇺🇸", ["🇫🇷", "🇺🇸"]),
        ("👩🏽‍🔬❤️", ["👩🏽‍🔬", "❤️"]),
        ("a\u200db", ["a\u200db"]),
        ("", []),
        (" \t ", []),
    ],
)
def test_words_keep_their_case_and_punctuation_is_a_token_of_its_own(text, pieces):
    assert split_words(text) == pieces


def test_no_text_is_lost_in_splitting_but_blanks():
    hard = "a'b' ''x \"\" ...--- -- 3.4.5,6 U.S.A x_y _z №5 שלום e\u0301 \u200d 中文。<b>&amp;</b> $\\LaTeX$"
    assert "".join(split_words(hard)) == "".join(hard.split())


def test_a_script_without_blanks_is_cut_by_the_longest_word_that_is_known():
    vocabulary = Vocabulary(["<UNK>", "我", "喜欢", "红楼", "红楼梦", "。", "ไทย"], "word", unk_token="<UNK>")
    assert vocabulary.split("我喜欢红楼梦和红楼。") == ["我", "喜欢", "红楼梦", "和", "红楼", "。"]
    assert vocabulary.decode(vocabulary.encode("我喜欢红楼梦。")) == "我喜欢红楼梦。"
    assert vocabulary.split("คนไทย") == ["ค", "น", "ไทย"]


def test_the_split_of_before_is_that_of_the_shipped_models():
    """What a word of theirs was when they were trained, it is today."""
    for name in ("speeches-word", "basic-english-word", "shakespeare-word"):
        vocabulary = LanguageModel.load(FOLDER / f"{name}.npz").vocabulary
        words = [word for word in vocabulary.ordinary if not word.endswith("'") or word == "'"]
        assert [word for word in words if vocabulary.split(word) != [word]] == []
        closed = [word for word in vocabulary.ordinary if word.endswith("s'")]  # only before another word
        assert [word for word in closed if vocabulary.split(f"{word} right") != [word, "right"]] == []


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "e\u0301" * 50_000,
        "\u200d" * 50_000,
        "中" * 50_000,
        "é\u0301-" * 9_000,
        "a.b." * 20_000,
        "'" * 20_000,
        "-" * 20_000,
        "a-" * 20_000,
    ],
)
def test_odd_long_texts_are_split_in_reasonable_time(text):
    assert "".join(split_words(text)) == text


@pytest.mark.parametrize("sign", ["'", '"', "«", "-", ":"])
def test_many_signs_are_joined_in_reasonable_time(sign):
    assert len(join_words(["a", sign] * 20_000)) >= 40_000


# --- <UNK> and <EOS>


def test_a_word_that_is_not_in_the_vocabulary_becomes_unk(vocabulary):
    assert vocabulary.encode("Cats Mau .") == [2, 1, 4]
    assert vocabulary.decode([2, 1, 4]) == "Cats <UNK>."


def test_without_unk_an_unknown_word_is_named():
    with pytest.raises(UnknownTokenError, match="the word 'Mau' is not in this vocabulary") as caught:
        Vocabulary(["Cats", "sleep"], "word").encode("Cats Mau")
    assert caught.value.token == "Mau"


@pytest.mark.parametrize("bad", ["ß", "😀", "\n", "\x00"])
def test_without_unk_an_unknown_character_is_named(bad):
    with pytest.raises(UnknownTokenError) as caught:
        Vocabulary("ab", "char").encode("ab" + bad)
    assert (caught.value.token, caught.value.level) == (bad, "char")
    assert repr(bad) in str(caught.value)


@pytest.mark.parametrize("bad", ["ß", "😀", "\n", "\x00"])
def test_an_unknown_character_becomes_unk_where_the_vocabulary_has_it(bad):
    vocabulary = Vocabulary(["a", "b", "<UNK>"], "char", unk_token="<UNK>")
    assert vocabulary.encode(f"a{bad}b") == [0, 2, 1]
    assert vocabulary.unknown(f"a{bad}b{bad}") == [bad]
    assert vocabulary.encode("a<UNK>b") == [0, 2, 1]
    assert vocabulary.decode([0, 2, 1]) == "a<UNK>b"


def test_unk_written_out_is_unk_and_eos_written_out_is_never_eos(vocabulary):
    assert vocabulary.encode("Cats <UNK>.") == [2, 1, 4]
    assert vocabulary.eos_id not in vocabulary.encode("Cats <EOS> sleep")


def test_decode_leaves_eos_out_and_shows_unk(vocabulary):
    assert vocabulary.decode([2, 3, 4, 0]) == "Cats sleep."
    assert vocabulary.decode([1, 3]) == "<UNK> sleep"
    assert vocabulary.decode([]) == ""


def test_vocabularies_without_special_tokens():
    vocabulary = Vocabulary("abc", "char")
    assert (vocabulary.eos_id, vocabulary.unk_id, len(vocabulary)) == (None, None, 3)
    assert vocabulary.decode(vocabulary.encode("cab")) == "cab"


def test_a_line_end_is_dropped_where_the_vocabulary_has_none(vocabulary):
    assert vocabulary.encode("Cats\nsleep") == [2, 3]


def test_split_and_encode_are_of_one_length(vocabulary):
    for text in (*SENTENCES, "Cats <UNK>\nsleep <EOS>."):
        assert len(vocabulary.split(text)) == len(vocabulary.encode(text))


# --- which tokens


def test_from_texts_keeps_the_most_frequent_and_sorts_them():
    vocabulary = Vocabulary.from_texts(["b b a a c z"], "word", size=4, eos_token="<EOS>", unk_token="<UNK>")
    assert vocabulary.tokens == ("<EOS>", "<UNK>", "a", "b")
    assert Vocabulary.from_texts(["z y x x"], "word", size=2).tokens == ("x", "y")  # a tie goes to the first in order


def test_the_order_of_texts_does_not_matter():
    assert word_vocabulary(*SENTENCES).tokens == word_vocabulary(*reversed(SENTENCES)).tokens


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((["a", "b", "a"], "word"), "'a' occurs again"),
        ((["a", ""], "word"), "at least one character"),
        ((["a", 5], "word"), "must be a text"),
        ((["a"], "letters"), "level must be one of word, char, but is 'letters'"),
        ((["a"], "word", "<EOS>"), "'<EOS>' must be among the tokens"),
        ((["a", "<X>"], "word", "<X>", "<X>"), "must differ"),
        ((["<EOS>"], "word", "<EOS>"), "at least one token besides"),
        (([], "char"), "at least one token"),
        ((["a", "bc"], "char"), "'bc' has 2"),
    ],
)
def test_a_list_that_is_no_vocabulary_is_refused_with_the_reason(arguments, message):
    with pytest.raises(VocabularyError, match=message):
        Vocabulary(*arguments)


def test_any_sequence_of_tokens_reads_back_as_itself_or_at_least_without_an_error():
    pieces = list(Counter(piece for text in SENTENCES for piece in split_words(text)))
    for shift in range(40):
        mixed = [pieces[(i * 7 + shift * 13) % len(pieces)] for i in range(30)]
        assert "".join(join_words(mixed).split()) == "".join("".join(mixed).split())
