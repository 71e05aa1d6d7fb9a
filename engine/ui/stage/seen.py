"""Steps and pictures that were made before: in a hall many go through the same run, and many come back to a step.

Same model and recipe, same run: who comes to a step where somebody has just been takes it from there, and its pictures
as JSON. So a hundred students at the link of their lecturer take little more time and memory than a few.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from threading import Lock
from typing import Generic, TypeVar
from weakref import ref

from engine.phases import Moment
from engine.run import Run
from engine.ui import own_models, session
from engine.ui.front_end import as_json

_LONG = 50  # changes and tokens chosen by hand, from which on a run is nobody else's, and slow to be looked up

Value = TypeVar("Value")


class Latest(Generic[Value]):
    """Values by what decides them: those that were asked for last, of a `size` of at most so much together. Threads
    share it.
    """

    def __init__(self, most: int, size: Callable[[Value], int] = lambda value: 1) -> None:
        self._most, self._size, self._total = most, size, 0
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value that is kept, or the one that is made now; several threads may make one at once."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        value = make()
        with self._lock:
            if key not in self._kept and self._size(value) <= self._most:
                self._kept[key] = value
                self._total += self._size(value)
            while self._total > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._total -= self._size(oldest)
        return value


_runs = Latest[Run](32)  # of the default model 0.2 MB each, nearly all of it the distributions of the latest step
# In characters: of some eighty steps at t = 100, where a step's are 26,000. With far fewer those who lag behind find
# nothing; with far more a server goes on growing while a lecture lasts.
_pictures = Latest[str](2_000_000, len)


def stepped(run: Run) -> Run:
    """`run.stepped()`."""
    # A model of a visitor's own goes with its session: nothing here may keep it.
    if run.moment != Moment(len(run.steps)) or _is_rare(run) or own_models.is_own(session.current().model_name):
        return run.stepped()
    new = _runs.get(_key(run), run.stepped)
    return replace(run, moment=new.moment, steps=new.steps, facts=new.facts, latest=new.latest)


def pictures(run: Run, asked: tuple[Hashable, ...], make: Callable[[], Mapping[str, object]]) -> str:
    """What `make` gives, as JSON: all of it must follow from the run as far as it is known, its moment, and `asked`.

    In training there is a text besides, and pictures are made anew.
    """
    if session.current().trained or _is_rare(run):
        return as_json(make())
    return _pictures.get((*_key(run), *asked), lambda: as_json(make()))


def _key(run: Run) -> tuple[Hashable, ...]:
    return ref(run.model), run.recipe, run.moment, len(run.steps)  # the model itself would be kept alive


def _is_rare(run: Run) -> bool:
    return len(run.recipe.changes) + len(run.recipe.forced) > _LONG
