"""What all sessions share and no visitor's message reaches: unlike Streamlit's caches, which "clear_cache" empties."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Shared(Generic[Value]):
    """Values by key, each made once however many ask at the same time; beyond `size` the one used longest ago goes.

    Who asks for a value that is being made waits for it; who asks for another one does not. What raises is not kept.
    """

    def __init__(self, make: Callable[..., Value], size: int) -> None:
        self._make, self._size = make, size
        self._lock = Lock()
        self._places: OrderedDict[Hashable, _Place[Value]] = OrderedDict()

    def __call__(self, *key: Hashable) -> Value:
        """The value of `make(*key)`."""
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > self._size:
                self._places.popitem(last=False)
        with place.lock:
            if not place.made:
                place.made.append(self._make(*key))
            return place.made[0]


class _Place(Generic[Value]):
    """Where a value stands once it is made; until then the lock is held by who makes it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.made: list[Value] = []
