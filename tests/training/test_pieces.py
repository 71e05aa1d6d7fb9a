"""How a text is cut: nothing is lost, sentences end where they end, and the guess is what a reader would say."""

import pytest

from engine.training.pieces import cut, guess, passages, sentences
from engine.training.text_file import TextError

PROSE = "\n".join(f"It was the year {k}, and Mr. Smith went\nout. He did not come back before noon." for k in range(40))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Smith left. He was\nlate.", ["Mr. Smith left.", "He was late."]),
        ("The U.S. Army came. Then?", ["The U.S. Army came.", "Then?"]),
        ('She said: "Go." He went.', ['She said: "Go."', "He went."]),
        ("¿Qué pasa? ¡Válgame! Él calla.", ["¿Qué pasa?", "¡Válgame!", "Él calla."]),
        ("我走了。他说：“好。”她笑了！是吗？！对。", ["我走了。", "他说：“好。”", "她笑了！", "是吗？！", "对。"]),
        ("床前明\n月光。", ["床前明月光。"]),
        ("It cost 3.5 dollars.", ["It cost 3.5 dollars."]),
        ("A title\n\nA sentence.", ["A title", "A sentence."]),
        ("", []),
    ],
)
def test_sentences_end_where_they_end(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize("text", [PROSE, "word " * 50_000, "x" * 300_000, "a\n\nb\n\n" * 9000, "short", "字" * 9000])
def test_passages_are_the_whole_text_and_none_is_much_longer_than_the_others(text):
    found = passages(text)
    assert "".join(found) == text.strip()
    assert max(map(len, found)) <= 6100


def test_a_short_text_has_passages_to_choose_from():
    assert len(passages("To be or not to be. " * 100)) >= 20


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n".join(["Anna", "Ben", "Carla Maria"] * 20), "lines"),
        ("\n".join(f"Poem line {k} goes here," for k in range(20)), "lines"),
        ("\n".join(f"One sentence a line, number {k}." for k in range(200)), "lines"),
        ("\n".join("春眠不觉晓，处处闻啼鸟。" for _ in range(30)), "lines"),
        (PROSE, "sentences"),
        (PROSE.replace("\n", " "), "sentences"),
        ("\n".join(f"KING:\nWhat is {k}, my lord,\nthat comes so late\nto court?" for k in range(600)), "stream"),
        ("la " * 3000, "stream"),
    ],
    ids=["names", "poem", "a sentence a line", "quatrains", "prose", "one line", "play", "no ends"],
)
def test_the_guess_is_what_a_reader_would_say(text, expected):
    assert guess(text) == expected


def test_another_way_of_cutting_is_refused():
    with pytest.raises(TextError, match="lines, sentences, stream"):
        cut("a", "paragraphs")
