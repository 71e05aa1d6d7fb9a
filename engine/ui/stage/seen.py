"""Pictures made before, as JSON: in a hall many stand at the same step of the same run, and many come back to one."""

import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from threading import Lock
from weakref import ref

from engine.run import Run
from engine.ui import session

MOST = 600  # three parts of 200 steps: some 5 MB
_LONG = 50  # changes by hand, and forced tokens, from which on a run is nobody else's, and slow to be compared
_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False)  # trees: no look for rings

_kept: OrderedDict[Hashable, str] = OrderedDict()  # those asked for last at the end
_lock = Lock()


def encoded(record: Mapping[str, object]) -> str:
    """A record as JSON; plain data Streamlit would search for tables and encode twice."""
    return _ENCODER.encode(record)


def pictures(run: Run, asked: tuple[Hashable, ...], make: Callable[[], Mapping[str, object]]) -> str:
    """What `make` gives, `encoded`; kept, if all of it follows from the run as far as it is known, its moment, and what
    is `asked`.

    Same model and recipe, same steps. What trains on a text follows from that too, so it is made anew.
    """
    if session.current().trained or len(run.recipe.changes) + len(run.recipe.forced) > _LONG:
        return encoded(make())
    key = (ref(run.model), run.recipe, run.moment, len(run.steps), *asked)  # the model itself would be kept alive
    with _lock:
        known = _kept.pop(key, None)
        if known is not None:
            _kept[key] = known
            return known
    made = encoded(make())
    with _lock:
        _kept[key] = made
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    return made
