"""What is made once and shared by all sessions. Streamlit's own caches a visitor's message can empty for everybody."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar, TypeVarTuple, Unpack

Made = TypeVar("Made")
Key = TypeVarTuple("Key")


@dataclass
class _Place(Generic[Made]):
    """Of one thing: who holds the lock makes it, the others wait. `made`: it alone, or nothing yet."""

    lock: Lock = field(default_factory=Lock)
    made: tuple[Made, ...] = ()


def kept(most: int) -> Callable[[Callable[[Unpack[Key]], Made]], Callable[[Unpack[Key]], Made]]:
    """A function whose `most` latest results are kept, by its arguments.

    What several threads ask for at the same time is made by one of them; what was made already, nobody waits for. An
    exception is not kept.
    """

    def decorated(make: Callable[[Unpack[Key]], Made]) -> Callable[[Unpack[Key]], Made]:
        places: OrderedDict[tuple[*Key], _Place[Made]] = OrderedDict()
        lock = Lock()

        def made(*key: *Key) -> Made:
            with lock:
                place = places.setdefault(key, _Place())
                places.move_to_end(key)
                if len(places) > most:
                    places.popitem(last=False)
            with place.lock:
                place.made = place.made or (make(*key),)
            return place.made[0]

        return made

    return decorated
