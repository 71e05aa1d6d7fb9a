"""How the stage is shown, in a link and back: presented, parts left out, a stop of the tour, the speaker's window."""

from pathlib import Path

import pytest

from engine.ui import link
from engine.ui.view import KEYS, PARTS, View, read


@pytest.mark.parametrize(
    "view",
    [
        View(),
        View(present=True),
        View(hide=("settings", "bars")),
        View(hide=PARTS),
        View(stop=3),
        View(present=True, hide=("panels",), stop=10, answered=True),
    ],
)
def test_a_link_brings_the_view_back(view):
    query = view.to_query()
    assert query.keys() <= {*KEYS}
    ignored = []
    assert read(query | {"model": "any"}, ignored) == view
    assert ignored == []


def test_what_makes_no_sense_is_named_and_the_rest_is_kept():
    ignored = []
    view = read({"present": "yes", "hide": "bars,,everything,strip,BARS", "tour": "0"}, ignored)
    assert view == View(hide=("strip", "bars"))
    assert ignored == ["present=yes", "hide=everything", "hide=BARS", "tour=0"]


def test_a_stop_without_a_run_asks_for_its_own():
    assert read({"tour": "3"}, []).is_asked
    assert not read({"tour": "3", "model": "speeches-word"}, []).is_asked
    assert not read({}, []).is_asked


def test_view_is_read_on_the_stage_and_stays_that_of_the_page_compare():
    assert read({"view": "speaker"}, []).speaker
    assert not read({"view": "cost"}, []).speaker
    assert link.unread({"view": "speaker"}, "") == []
    assert link.unread({"view": "spaeker"}, "sample") == ["view=spaeker"]
    assert link.unread({"view": "cost"}, "compare") == []


def test_the_view_belongs_to_what_every_page_takes():
    assert set(KEYS) <= set(link.RUN_KEYS)


def test_the_readme_names_every_part_that_a_link_can_leave_out():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert f"`{' '.join(PARTS)}`" in " ".join(readme.split())
