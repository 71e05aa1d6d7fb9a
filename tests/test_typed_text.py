"""What people type, as a vocabulary reads it."""

import unicodedata

import pytest
from tiny_weights import random_weights

from engine import sample
from engine.comparison import cut
from engine.generation import generate, sample_many
from engine.model import LanguageModel
from engine.recipe import Recipe
from engine.run import Run
from engine.run_search import advanced, search
from engine.scoring import read, text_before
from engine.search_criteria import SearchCriterion
from engine.typed_text import encode_typed, typed_text
from engine.ui.models import FOLDER
from engine.vocabulary import UnknownTokenError, Vocabulary

PLAIN = " \n!\"'(),-./0123456789:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzéüи"
CHARS = Vocabulary(PLAIN, "char")
WORDS = Vocabulary(
    ["<UNK>", "don't", "it's", "café", "find", "Cats", "workers'", "rights", "e-mail", *"\"'-().,?", "--", "...", "10"],
    "word",
    unk_token="<UNK>",
)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("don’t — it’s “so”…", "don't -- it's \"so\"..."),
        ("„so‟ «so» ‚so‘", '"so" "so" \'so\''),
        ("1990–1995 – yes", "1990-1995 -- yes"),
        ("e‑mail e‐mail −5", "e-mail e-mail -5"),
        ("a\xa0b\u202fc\u2009d\u3000e", "a b c d e"),
        ("cafe\u0301 u\u0308ber", "café über"),
        ("ﬁnd Ｃａｔｓ １０：３０", "find Cats 10:30"),
        ("𝐂𝐚𝐭𝐬", "Cats"),
        ("a\u200bb\ufeffc\xadd\u200ee", "abcde"),
        ("a\r\nb\rc\u2028d\te", "a\nb\nc\nd e"),
        ("好。、", "好.,"),
        ("don´t don`t ❝so❞ ⸺", "don't don't \"so\" --"),  # the keys beside, and what programs make of them
        ("a\x0bb\x0cc", "a\nb\nc"),  # a line end within a paragraph, a new page
        ("so\ufe0f \ufffcso", "so so"),
        ("cafo\u0308", "cafö"),  # as if it had been typed so
        ("x² ½ № ①", "x² ½ No ①"),  # another meaning stays
        ("東 ё \u200d 😀", "東 ё \u200d 😀"),
        ("", ""),
    ],
)
def test_a_sign_that_the_vocabulary_lacks_is_read_in_a_form_that_it_has(typed, text):
    reading = typed_text(typed, CHARS)
    assert reading.text == text
    assert typed_text(text, CHARS).text == text
    assert len(reading.spans) == len(text)


@pytest.mark.parametrize("sign", ["’", "“", "—", "…", "\xa0", "ﬁ", "Ｃ", "\u200b", "–", "\r"])
def test_what_the_vocabulary_has_stays_as_it_was_typed(sign):
    vocabulary = Vocabulary(PLAIN + sign, "char")
    assert typed_text(f"a{sign}b", vocabulary) == typed_text(f"a{sign}b", Vocabulary(f"a{sign}b", "char"))
    assert typed_text(f"a{sign}b", vocabulary).text == f"a{sign}b"


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("don’t", ["don't"]),
        ("“it’s”…", ['"', "it's", '"', "..."]),
        ("cafe\u0301", ["café"]),
        ("ﬁnd Ｃａｔｓ", ["find", "Cats"]),
        ("workers’ rights", ["workers'", "rights"]),
        ("e‑mail – e-mail—10", ["e-mail", "--", "e-mail", "--", "10"]),
        ("Cats\xa0—\u3000find", ["Cats", "--", "find"]),
        ("Cats\u200b", ["Cats"]),
        ("pаper", ["<UNK>"]),  # a Cyrillic а
    ],
)
def test_words_are_read_in_a_form_that_the_vocabulary_has(typed, tokens):
    assert [WORDS.tokens[i] for i in encode_typed(typed, WORDS)] == tokens


def test_a_word_is_tried_in_another_form_also_where_all_its_signs_are_known():
    vocabulary = Vocabulary(["<UNK>", "don't", "’", "cafe", "é", "x\u0301", "café"], "word", unk_token="<UNK>")
    reading = typed_text("don’t ’ cafe\u0301 x\u0301", vocabulary)
    assert reading.text == "don't ’ café x\u0301"
    assert reading.changes == (("don’t", "don't"),)
    pieces = vocabulary.split(reading.text)
    assert list(reading.places(pieces)) == [(0, 5), (6, 7), (8, 13), (14, 16)]


def test_a_vocabulary_with_other_signs_gets_those():
    tang = LanguageModel.load(FOLDER / "tang-char.npz").vocabulary
    assert typed_text("山月照人归, 清风入我衣. ", tang).text == "山月照人归， 清风入我衣。"
    assert typed_text("don't", Vocabulary("dont’", "char")).text == "don’t"
    decomposed = Vocabulary(["e", "\u0301", "c", "a", "f"], "char")
    assert typed_text("café", decomposed).text == "cafe\u0301"


def test_a_blank_behind_a_text_is_left_out_where_the_vocabulary_has_none():
    names = LanguageModel.load(FOLDER / "dinosaurs-lstm.npz").vocabulary
    assert typed_text("Felino ", names).text == "Felino"
    with pytest.raises(UnknownTokenError, match="' '"):
        encode_typed("Felino saurus", names)
    assert typed_text("so ", CHARS).text == "so "


def test_what_was_read_as_what_is_told_each_once_and_only_if_it_can_be_seen():
    reading = typed_text("“don’t” «don’t» cafe\u0301 \u0438 Ｃａｔｓ", CHARS)
    assert reading.changes == (("“", '"'), ("’", "'"), ("”", '"'), ("«", '"'), ("»", '"'), ("Ｃａｔｓ", "Cats"))
    assert typed_text("a\xa0b\r\n", WORDS).changes == ()  # for words any blank is one
    assert typed_text("a\xa0b", CHARS).changes == (("\xa0", " "),)


def test_every_character_says_what_was_typed_for_it():
    reading = typed_text("a…ﬁe\u0301", CHARS)
    assert reading.text == "a...fié"
    assert reading.spans == ((0, 1), *3 * [(1, 2)], *2 * [(2, 3)], (3, 5))


@pytest.mark.parametrize("vocabulary", [CHARS, WORDS, Vocabulary("ab", "char")])
def test_any_character_is_read_without_an_error_and_twice_the_same(vocabulary):
    ideographs, syllables = (*range(0x3500, 0xA000, 256), *range(0x20100, 0x2F800, 256)), range(0xAD00, 0xD700, 256)
    for first in sorted({*range(0, 0x30000, 256)} - {*ideographs, *syllables}):  # those are alike
        typed = "".join(chr(code) for code in range(first, first + 256))
        reading = typed_text(typed, vocabulary)
        assert typed_text(reading.text, vocabulary).text == reading.text
        assert len(reading.spans) == len(reading.text)


# --- one reading for all who take a text


@pytest.fixture
def model():
    return LanguageModel.from_state_dict(WORDS, random_weights("gru", words=len(WORDS)))


PROMPT, IDS = "“don’t” — Mau", [WORDS.tokens.index(token) for token in ('"', "don't", '"', "--", "<UNK>")]


def test_a_run_reads_its_prompt_the_same_way_everywhere_and_keeps_what_was_typed(model):
    recipe = Recipe(prompt=PROMPT, limit=3)
    assert [step.token_id for step in generate(model, recipe)][:5] == IDS
    assert next(sample_many(model, recipe, 1)).token_ids[:5] == tuple(IDS)
    assert Run(model, recipe).given == 5
    assert Run(model, Recipe()).with_prompt(PROMPT).recipe.prompt == PROMPT
    assert Run(model, recipe).with_model(model).recipe.prompt == PROMPT
    assert Recipe.from_query(recipe.to_query())[0] == recipe


def test_score_compare_and_search_read_a_text_the_same_way(model):
    reading, whole = read(model, PROMPT), cut(model, PROMPT)
    assert [each.token_id for each in reading.scores] == [each.token_id for each in whole.scores] == IDS
    assert reading.unknown == ("Mau",)
    assert [PROMPT[start:end] for start, end, _ in whole.pieces] == ["“", "don’t", "”", "—", "Mau"]
    assert whole.read == reading.pieces == ('"', "don't", '"', "--", "Mau")
    assert text_before(reading, 2, 300) == ("“don’t", 0)
    found = advanced(search(model, Recipe(unk="allow", limit=200), SearchCriterion("contains", "don’t ")), 10)
    assert found.found


@pytest.mark.parametrize(
    "text", ["He left at 10:30 and/or 11:15.", "don’t  …", "Mau", "  two   blanks \n", "cafe\u0301", "我喜欢猫"]
)
def test_bits_per_character_count_what_was_typed(model, text):
    assert read(model, text).characters == cut(model, text).characters == len(text)
    ended = Vocabulary([*WORDS.tokens, "<EOS>"], "word", "<EOS>", "<UNK>")
    ended = LanguageModel.from_state_dict(ended, random_weights("gru", words=len(ended)))
    assert read(ended, text).characters == cut(ended, text).characters == len(text) + 1


def test_a_character_model_with_unk_reads_what_it_lacks_as_unk():
    vocabulary = Vocabulary(["<UNK>", *"ab "], "char", unk_token="<UNK>")
    model = LanguageModel.from_state_dict(vocabulary, random_weights("gru", words=len(vocabulary)))
    assert [step.token_id for step in generate(model, Recipe(prompt="a東b", limit=1))][:3] == [1, 0, 2]
    assert read(model, "a東b").unknown == ("東",)
    assert [kind for _, _, kind in cut(model, "a東b").pieces] == ["token", "unk", "token"]
    obstacle = search(model, Recipe(), SearchCriterion("contains", "a東")).obstacle
    assert (obstacle.name, obstacle.values) == ("unknown_char", {"words": ("東",)})


def test_the_sentence_of_a_phone_under_the_shipped_models():
    typed = "We don’t know — it’s “true”, isn’t it?"
    for name in ("speeches-word", "speeches-char", "shakespeare-char"):
        vocabulary = LanguageModel.load(FOLDER / f"{name}.npz").vocabulary
        assert vocabulary.unknown(typed) != []
        assert vocabulary.unknown(typed_text(typed, vocabulary).text) == []


def test_the_command_line_says_what_was_read_as_what(capsys):
    assert sample.main(["speeches-word", "--prompt", "It’s", "--limit", "1"]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith("It's ")
    assert "'’' is read as \"'\"" in printed.err


def test_letters_composed_and_decomposed_are_the_same_to_any_vocabulary():
    for word in ("й", "é", "ậ", "が", "각"):
        for form in ("NFC", "NFD"):
            vocabulary = Vocabulary(dict.fromkeys(unicodedata.normalize(form, word)), "char")
            for typed in ("NFC", "NFD"):
                reading = typed_text(unicodedata.normalize(typed, word), vocabulary)
                assert (reading.text, reading.changes) == (unicodedata.normalize(form, word), ())


def test_ids_that_are_given_away_are_their_owners_own():
    vocabulary = Vocabulary(["a", "b"], "char")
    encode_typed("ab", vocabulary).append(9)
    assert encode_typed("ab", vocabulary) == [0, 1]
    assert encode_typed("ab", Vocabulary(["b", "a"], "char")) == [1, 0]
