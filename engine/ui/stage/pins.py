"""Tokens that a visitor has pinned: they are among the bars at every step of a model."""

from dataclasses import dataclass

from engine.ui import session

MOST_PINS = 4  # at once; the oldest goes first


@dataclass
class Pins:
    """The ids of the tokens pinned, the latest last, and the name of the model that they are of."""

    model_name: str = ""
    token_ids: tuple[int, ...] = ()


def pins() -> tuple[int, ...]:
    """Ids of the tokens pinned as bars; those of another model do not count."""
    pinned = session.record(Pins)
    return pinned.token_ids if pinned.model_name == session.current().model_name else ()


def pin(token_id: int, is_pinned: bool = True) -> None:
    """Pin a token as a bar, or take it down again."""
    others = tuple(one for one in pins() if one != token_id)
    pinned = session.record(Pins)
    pinned.model_name = session.current().model_name
    pinned.token_ids = (*others, token_id)[-MOST_PINS:] if is_pinned else others
