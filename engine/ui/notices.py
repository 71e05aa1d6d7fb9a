"""What the session has to tell the viewer: each sentence for long enough to be read."""

import time
from html import escape
from typing import NamedTuple

SECONDS = 6  # a notice stays at least that long, however often the page is drawn meanwhile


class Notice(NamedTuple):
    """A sentence and since when it has been on show, by `time.monotonic`; None: not yet."""

    sentence: str
    since: float | None = None


def with_new(notices: list[Notice], sentence: str) -> list[Notice]:
    """`notices` with one more, the latest last; one that is there already begins anew."""
    return [*(one for one in notices if one.sentence != sentence), Notice(sentence)]


def on_show(notices: list[Notice], now: float | None = None) -> list[Notice]:
    """Those that have not had their time yet at `now`, each with the moment since when it is on show."""
    now = time.monotonic() if now is None else now
    return [
        one._replace(since=now if one.since is None else one.since)
        for one in notices
        if one.since is None or now - one.since < SECONDS
    ]


def as_html(notices: list[Notice]) -> str:
    """The notices on show. The browser takes each away at its time (front/said.js), if the script has not."""
    rows = "".join(
        f'<div class="notice" data-notice="{one.since}" data-seconds="{SECONDS}">{escape(one.sentence)}</div>'
        for one in notices
    )
    return f'<div class="notices" role="alert">{rows}</div>'
