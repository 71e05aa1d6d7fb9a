"""How the stage is shown: presented, or with parts left out; and its form in a link."""

import re
from collections.abc import Mapping
from typing import NamedTuple

# What `hide=` in a link leaves out, by name. A key still does what its button would.
PARTS = (
    *("settings", "pages", "tour", "present", "share"),  # what is around the stage
    *("level", "back", "step", "phase", "play", "end", "reset", "undo", "pills"),  # its controls
    *("strip", "notes", "text", "network", "trained", "bars", "draw", "numpy", "narration", "panels"),
)
KEYS = ("present", "hide", "tour")  # of a link


class View(NamedTuple):
    """`present`: large, without what is around the stage. `hide`: the parts left out, in the order of PARTS.

    `stop`: that of the tour, from 1 on, 0 away from it; `answered`: whether its answer is shown; `is_asked`: whether
    the link that opened the session names the stop without a run. `speaker`: whether this is the speaker's window,
    which no link to what is on show says.
    """

    present: bool = False
    hide: tuple[str, ...] = ()
    stop: int = 0
    answered: bool = False
    is_asked: bool = False
    speaker: bool = False

    def to_query(self) -> dict[str, str]:
        """The view as parameters of a link; what is as usual needs none.

        >>> View(present=True, hide=("bars", "panels")).to_query()
        {'present': '1', 'hide': 'bars,panels'}
        """
        query = {"present": "1"} if self.present else {}
        query |= {"hide": ",".join(self.hide)} if self.hide else {}
        return query | ({"tour": f"{self.stop}{'a' * self.answered}"} if self.stop else {})


def read(query: Mapping[str, str], ignored: list[str]) -> View:
    """The view that a link asks for; what makes no sense is added to `ignored`, as "name=value".

    >>> read({"hide": "bars,everything"}, bad := []), bad
    (View(present=False, hide=('bars',), stop=0, answered=False, is_asked=False, speaker=False), ['hide=everything'])
    """
    present, asked = query.get("present", "0"), [part for part in query.get("hide", "").split(",") if part]
    if present not in ("0", "1"):
        ignored.append(f"present={present}")
    ignored += [f"hide={part}" for part in asked if part not in PARTS]
    place = re.fullmatch("([1-9][0-9]?)(a?)", query.get("tour", ""))
    if "tour" in query and not place:
        ignored.append(f"tour={query['tour']}")
    stop, answered = (int(place[1]), bool(place[2])) if place else (0, False)
    return View(
        present == "1",
        tuple(part for part in PARTS if part in asked),
        stop,
        answered,
        is_asked=bool(stop) and "model" not in query,
        speaker=query.get("view") == "speaker",
    )
