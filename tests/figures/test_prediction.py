"""The rows that chips are laid on, and the questions: records that a browser only draws."""

import pytest

from engine.figures.prediction import predict_questions, predict_rows, tally_line
from engine.figures.probability_bars import Bar
from engine.prediction import QUESTIONS, Tally
from engine.ui.i18n import translator

EN, ZH = translator("en"), translator("zh")
BARS = [
    Bar(7, "been", 0.2, 0.4, "token"),
    Bar(0, "<UNK>", 0.3, 0.1, "unk"),
    Bar(3, "a", 0.1, 0.0, "token"),
    Bar(None, "90 others", 0.4, 0.5, "others"),
]


def test_the_rows_are_the_bars_with_their_chips():
    rows = predict_rows(BARS, {7: 3, None: 1}, False, EN)
    assert [row["outcome"] for row in rows] == [8, 1, 4, 0]
    assert [row["chips"] for row in rows] == [3, 0, 0, 1]
    assert [row["length"] for row in rows] == pytest.approx([1.0, 0.25, 0.0, 1.0])
    assert [row["mark"] for row in rows] == pytest.approx([0.5, 0.75, 0.25, 1.0])
    assert [row["torn"] for row in rows] == [False, False, False, True]
    assert [row["number"] for row in rows][:2] == ["40.0%", "10.0%"]
    assert [bool(row["back"]) for row in rows] == [True, False, False, True]
    assert rows[0]["title"] == "“been” 40.0%, 3 chips"
    assert rows[3]["title"] == "“90 others” 50.0%, 1 chip"


def test_hidden_rows_tell_nothing_of_the_distribution():
    rows = predict_rows(BARS, {7: 1}, True, EN)
    assert [row["outcome"] for row in rows] == [1, 4, 8, 0]  # as in the vocabulary
    shuffled = predict_rows(
        [BARS[2], BARS[3]._replace(after=0.9), BARS[0]._replace(before=0.0), BARS[1]], {7: 1}, True, EN
    )
    assert shuffled == rows
    assert all((row["number"], row["length"], row["mark"], row["torn"]) == ("", 0.0, None, False) for row in rows)


def test_a_question_has_its_place_and_the_answer_so_far():
    choices = predict_questions([(0, "eos"), (2, "cooler")], {"cooler": True}, EN)
    assert [[argument for _, argument, _ in choice["options"]] for choice in choices] == [[0, 1], [4, 5]]
    assert [[on for _, _, on in choice["options"]] for choice in choices] == [[False, False], [False, True]]
    assert len({choice["text"] for choice in predict_questions(list(enumerate(QUESTIONS)), {}, ZH)}) == 3


def test_the_tally_in_one_line():
    assert tally_line(Tally(2, 6.25, 3.0, 4.5, 3, 2), EN) == (
        "So far (2): you 6.2 bits, ŷ 3.0, expected 4.5 · 2 of 3 answers right"
    )
    assert tally_line(Tally(0, 0.0, 0.0, 0.0, 1, 1), EN) == "1 of 1 answers right"
    assert tally_line(Tally(0, 0.0, 0.0, 0.0, 0, 0), EN) == ""
