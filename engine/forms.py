"""Forms that are written without blanks though they are several tokens: addresses, R&D, C++, item(s).

A word vocabulary has no token for "no blank here"; what stands together is told by the tokens alone.
"""

import re
from collections.abc import Sequence

_KINDS = (
    "com",
    "org",
    "net",
    "edu",
    "gov",
    "mil",
    "io",
    "txt",
    "pdf",
    "html",
    "py",
    "csv",
    "json",
    "npz",
    "jpg",
    "png",
)
_DOCTORS = ("Ph", "Ed", "Psy", "Th", "Litt")
_BACHELORS = ("Sc", "Ed", "Eng", "Phil", "Tech", "Litt", "Mus")
_MORE = r"(?:\ [.\-]\ [a-z0-9]\S*){0,9}"  # .b-c.d; a capital letter begins a sentence
_PATH = r"(?:\ /(?:\ \w\S*)?|\ [.\-?&=#+:~%]\ [a-z0-9]\S*|\ =){0,40}"  # /c_d?x=1&y=2#top
# In a line whose pieces stand with one blank between them all. The bounds keep odd texts from taking long.
_FORM = re.compile(
    rf"""
    (?<!\S)(?:
      (?:https?|ftp)\ :\ /\ /\ \w\S*{_MORE}{_PATH}                # http://a.b/c
    | \w\S*(?:\ [.+\-]\ [a-z0-9]\S*){{0,9}}\ @\ \w\S*{_MORE}     # first.last@a.b
    | www{_MORE}{_PATH}
    | [a-z0-9]\S*{_MORE}\ \.\ (?:{"|".join(_KINDS)})(?!\S)(?:\ /{_PATH})?  # recovery.gov  readme.txt
    | [A-Z]{{1,3}}\ &\ [A-Z]{{1,3}}s?(?!\S)                      # R&D  AT&T  M&Ms
    | &\ c(?!\S)                                                 # &c.
    | (?:{"|".join(_DOCTORS)})\ \.\ D\ \.                       # Ph.D.
    | [BM]\ \.\ (?:{"|".join(_BACHELORS)})\ \.                  # B.Sc.
    | \w+\ \+\ \+                                                # C++
    | [A-G]\ \#(?!\S)                                            # C#
    | \w\S*\ \(\ e?s\ \)(?!\ he(?!\S))                           # item(s)
    | \(\ s\ \)\ he(?!\S)                                        # (s)he
    | <\ (?:/\ )?\w+\ >                                          # <b>
    | [±~≈§№]\ \d\S* | °\ [CF](?!\S)                             # ±3  §5  20°C
    | [:;]\ -\ \)                                                # :-)
    )
    """,
    re.VERBOSE,
)
_TELLING = frozenset("@&+#(<°±~≈§№").union(_KINDS, ("www", "http", "https", "ftp"), _DOCTORS, _BACHELORS)


def glued(pieces: Sequence[str]) -> frozenset[int]:
    """The places of those pieces of a line that stand without a blank after the one before, for they are one form.

    >>> sorted(glued(["AT", "&", "T", "sells", "item", "(", "s", ")"]))
    [1, 2, 5, 6, 7]
    """
    if _TELLING.isdisjoint(pieces):  # most lines
        return frozenset()
    starts, at = dict[int, int](), 0
    for i, piece in enumerate(pieces):
        starts[at] = i
        at += len(piece) + 1
    places = set[int]()
    for form in _FORM.finditer(" ".join(pieces)):
        places.update(starts[at] for at in range(form.start() + 1, form.end()) if at in starts)
    return frozenset(places)
