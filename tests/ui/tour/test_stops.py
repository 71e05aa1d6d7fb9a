"""The file of the tour: what an instructor may write in it, and what is said of what cannot be understood."""

import pytest

from engine.ui.tour import stops
from engine.ui.tour.stops import Said, understood

GOOD = """
[[stop]]
name = "one"
open = "model=m&seed=3&t=5&phase=feed"
then = "t=6"
en = {title = "T", words = "W", question = "Q?", answer = "A"}
"""


def test_an_answer_has_a_moment_of_its_own_and_all_else_of_the_question():
    (stop,) = understood(GOOD).stops
    assert stop.open == {"model": "m", "seed": "3", "t": "5", "phase": "feed"}
    assert stop.then == {"model": "m", "seed": "3", "t": "6"}


def test_without_another_moment_the_answer_has_that_of_the_question():
    (stop,) = understood(GOOD.replace('then = "t=6"', "")).stops
    assert stop.then == stop.open


def test_a_whole_address_does_as_a_link_and_one_language_for_both():
    (stop,) = understood(GOOD.replace("model=m", "https://hall.example/sample?model=m")).stops
    assert stop.open["model"] == "m"
    assert stop.said["zh"] == stop.said["en"] == Said("T", "W", "Q?", "A")


@pytest.mark.parametrize(
    ("instead", "said"),
    [
        (("model=m&", ""), "must name a model"),
        (('answer = "A"', 'reply = "A"'), "must have the texts"),
        (("\nen = ", "\nfr = "), "in one of en, zh"),
        (('then = "t=6"', "then = 6"), '"then" must be a text'),
    ],
)
def test_a_stop_that_is_not_understood_is_named_and_the_others_stay(instead, said):
    tour = understood(GOOD.replace(*instead) + GOOD.replace('"one"', '"two"'))
    assert [stop.name for stop in tour.stops] == ["two"]
    (problem,) = tour.problems
    assert problem.startswith("one: ")
    assert said in problem


def test_a_file_that_is_no_toml_is_named_with_its_line_and_none_is_no_tour(tmp_path, monkeypatch):
    monkeypatch.setattr(stops, "FILE", tmp_path / "tour.toml")
    assert stops.tour() == stops.Tour()
    stops.FILE.write_text("[[stop]\nname =")
    (problem,) = stops.tour().problems
    assert "tour.toml" in problem
    assert "line 1" in problem
    stops.FILE.write_text(GOOD)  # another file in its place is taken at the next visit
    assert len(stops.tour().stops) == 1
