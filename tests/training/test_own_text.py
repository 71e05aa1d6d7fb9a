"""A text of one's own made ready: every piece is accounted for, equal ones are on one side, what cannot be is said."""

import pytest

from engine.training.corpora import is_held_out
from engine.training.own_text import prepare
from engine.training.text_file import TextError

NAMES = [f"{first}{middle}{last}" for first in "ABCDEFGH" for middle in ("ana", "oro", "ile") for last in ("x", "saur")]
POEM = "\n".join(f"Line {k} of a poem that is short, {word}" for k, word in enumerate("abcdefghijklmnopqrst"))
PROSE = " ".join(f"The {animal} number {k} sat on a mat." for animal in ("cat", "dog", "cow") for k in range(60))


def decoded(own):
    """(training pieces, held-out pieces), as the network gets them."""
    vocabulary = own.text.vocabulary
    return [[vocabulary.decode(sequence) for sequence in part] for part in (own.text.training, own.text.held_out)]


def test_every_piece_is_trained_on_held_out_or_dropped_with_its_reason():
    text = "\n".join([*NAMES, "", "  ", "x" * 500, *NAMES[:5]])
    own = prepare(text, "char", "lines")
    report = own.report
    training, held_out = decoded(own)
    assert sorted(training + held_out) == sorted([*NAMES, *NAMES[:5]])
    assert report.dropped == {"empty": 2, "longer than 400 characters": 1}
    assert (report.kept, report.different) == (len(NAMES) + 5, len(NAMES))
    assert (report.training, report.held_out) == (len(training), len(held_out))
    assert report.training_tokens == sum(len(piece) + 1 for piece in training)
    assert report.vocabulary_size == len(own.text.vocabulary)


def test_equal_pieces_are_on_one_side_and_the_hash_of_the_shipped_models_decides():
    pieces = [f"Piece number {k % 700}" for k in range(1400)]
    training, held_out = decoded(prepare("\n".join(pieces), "char", "lines"))
    assert held_out == [piece for piece in pieces if is_held_out(piece)]
    assert set(training).isdisjoint(held_out)


@pytest.mark.parametrize("sequences", ["lines", None])
def test_a_poem_of_twenty_lines_can_be_trained_on_and_holds_some_out(sequences):
    own = prepare(POEM, None, sequences)
    assert own.report.level == "char"
    assert len(own.text.held_out) >= 2
    assert len(own.text.training) + len(own.text.held_out) == 20
    assert any("rough guide" in note for note in own.report.notes)


def test_of_a_large_text_not_more_is_held_out_than_is_needed():
    own = prepare("\n".join(f"Piece number {k}" for k in range(700)), "char", "lines", most_held_out=60)
    assert sum(len(piece) - 1 for piece in own.text.held_out) <= 60


def test_a_character_that_is_only_held_out_is_in_the_vocabulary():
    lines = [chr(0x4E00 + k) * 3 for k in range(40)]  # each with a character of its own
    own = prepare("\n".join(lines), "char", "lines")
    assert sorted(piece for part in decoded(own) for piece in part) == sorted(lines)


def test_rare_words_are_unknown_and_their_share_is_told():
    own = prepare(PROSE, "word", "sentences")
    report, vocabulary = own.report, own.text.vocabulary
    assert "cat" in vocabulary
    assert vocabulary.unk_token == "<UNK>"
    assert vocabulary.eos_token == "<EOS>"
    ids = [int(token) for sequence in own.text.training for token in sequence]
    assert report.unk_rate == ids.count(vocabulary.unk_id) / (len(ids) - ids.count(vocabulary.eos_id))
    small = prepare(PROSE, "word", "sentences", vocabulary_size=8).report
    assert small.vocabulary_size == 8
    assert small.unk_rate > report.unk_rate


def test_a_stream_has_no_end_and_the_whole_text():
    text = PROSE * 3
    own = prepare(text, "char", "stream")
    assert own.text.vocabulary.eos_id is None
    assert len(own.text.training) == len(own.text.held_out) == 1
    assert own.report.training_tokens + own.report.held_out_tokens == len(text)


def test_one_line_of_a_megabyte_is_read_as_sentences():
    own = prepare(" ".join(f"He came {k} times to see it." for k in range(40_000)), "char")
    assert own.report.sequences == "sentences"
    assert own.report.kept == 40_000


def test_what_was_guessed_is_told_and_what_was_asked_for_is_done():
    assert prepare(POEM).report.guessed == ("level", "sequences")
    report = prepare(POEM, "word", "stream").report
    assert (report.level, report.sequences, report.guessed) == ("word", "stream", ())


def test_many_words_are_guessed_as_words_and_names_as_characters():
    sentences = "\n".join(f"The {'old' if k % 2 else 'new'} cat sat on mat {k % 50} of the house." for k in range(4000))
    assert prepare(sentences).report.level == "word"
    assert prepare("\n".join(NAMES * 800)).report.level == "char"


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("", {}, "empty"),
        (" \n\n ", {}, "blanks"),
        ("aaaa\naaa", {}, "'a' again and again"),
        ("spam spam\nspam", {}, "'spam' again and again"),
        ("the same line\n" * 500, {"sequences": "lines"}, "1 different lines"),
        ("One. Two three.", {}, "needs 800"),
        ("One two.\nThree four.\nFive six.", {"sequences": "lines"}, "at least 5"),
        (
            "\n".join("word" * 200 + str(k) for k in range(50)),
            {"level": "char", "sequences": "lines"},
            "50 longer than 400",
        ),
        ("\n".join(f"{k}a {k}b {k}c" for k in range(300)), {"level": "word"}, "too rare"),
        (POEM, {"level": "letter"}, "word, char"),
        (POEM, {"sequences": "verses"}, "lines, sentences, stream"),
        (POEM, {"vocabulary_size": 2}, "from 3 to"),
        (POEM, {"level": "word", "vocabulary_size": 10**6}, "from 3 to 6,000"),
    ],
)
def test_a_text_that_cannot_work_is_refused_in_a_sentence(text, options, said):
    with pytest.raises(TextError) as error:
        prepare(text, **options)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
