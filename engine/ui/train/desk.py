"""What a visitor has on the desk: the text, what it is good for, and how it is to be trained."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast

from engine import bench
from engine.bench import CONTROL, Control, Request, State
from engine.ui import address, own_models, parameters, session
from engine.ui.train import processes
from engine.ui.train.processes import NotDoneError

MOST_FILE = 2 * 2**20  # bytes of an uploaded text
MOST_PASTED = 200_000  # characters: a message from the browser takes no more
SECONDS = {"small": 30.0, "medium": 60.0, "large": 180.0}  # of a training
_TEXT_FILES = ("source", "text.txt", "look.json", "asked.json", "changed", "request.json", "state.json", "control.json")


class Setup(NamedTuple):
    """How the text is to be trained. None: as the text suggests. `words`: of the vocabulary, at a level of words.

    The names of the first fields are those in the page's address.
    """

    by: str | None = None
    cut: str | None = None
    words: int | None = None
    net: str = "gru"
    size: str = "medium"
    name: str = ""
    learning_rate: float | None = None
    dropout: float | None = None
    chunk: int | None = None
    seed: int = 0


@dataclass
class Desk:
    """`file`: what the text is called, an example's name or a file's; "" while there is none. `looks`: what the text is
    good for, by what was asked of it. `refused`: why the file that was given last is none, a reason of the table of
    words and its values. `row`: the update whose samples are on show, None for the latest. `state`: of the training, as
    last looked at. `uploads`: a field for files is emptied by another name.
    """

    file: str = ""
    example: str | None = None
    setup: Setup = field(default_factory=Setup)
    looks: dict[tuple[object, ...], dict[str, Any]] = field(default_factory=dict)
    refused: tuple[str, dict[str, Any]] | None = None
    row: int | None = None
    state: State | None = None
    control: Control = field(default_factory=lambda: Control(**CONTROL))
    uploads: int = 0
    opened: bool = False


def desk() -> Desk:
    """The session's. At first what is on the bench that the browser was at before, or what the address says."""
    now = session.record(Desk)
    if not now.opened:
        now.opened = True
        asked = address.read("train")
        example = asked.pop("example", None)
        now.setup = Setup(**asked)
        place = own_models.own().bench
        if place is not None:
            _recover(now, place)
        if not now.file and example is not None:
            take(None, example, example)
    return now


def _recover(now: Desk, place: Path) -> None:
    asked = bench.read(place / "asked.json")
    if asked is not None and (place / "text.txt").exists():
        now.file, now.example = asked["file"], asked["example"]
        now.setup = Setup(**asked["setup"])
        now.state, now.control = bench.state(place), bench.control(place)


def take(source: bytes | None, file: str, example: str | None = None) -> None:
    """Another text on the desk: the bytes of a file, or an example."""
    now = session.record(Desk)
    try:
        _lay(source)
    except OSError as error:
        now.refused = ("disk", {"problem": error.strerror or type(error).__name__})
        return
    now.file, now.example, now.looks, now.refused, now.state, now.row = file, example, {}, None, None, None
    now.setup = now.setup._replace(name=own_models.named(example or file.removesuffix(".txt")))


def _lay(source: bytes | None) -> None:
    place = own_models.own_bench()
    if bench.is_going_on(place):  # in another tab of the same browser: it goes on, and this one has a bench of its own
        own_models.own().bench = place = bench.new()
    _forget(place)
    if source is not None:
        (place / "source").write_bytes(source)


def _forget(place: Path) -> None:
    for name in _TEXT_FILES:
        (place / name).unlink(missing_ok=True)


def put_away() -> None:
    """No text on the desk; what was learned stays among the models."""
    now, place = session.record(Desk), own_models.own().bench
    now.file, now.state, now.refused, now.setup = "", None, None, Setup(net=now.setup.net, size=now.setup.size)
    if place is not None and place.exists() and not bench.is_going_on(place):
        _forget(place)


def looked() -> dict[str, Any]:
    """What the text is good for as it is to be trained now. Raises NotDoneError or OSError."""
    now = session.record(Desk)
    setup = now.setup
    key = (setup.by, setup.cut, setup.words, setup.net)
    if key not in now.looks:
        asked = {
            "level": setup.by,
            "sequences": setup.cut,
            "vocabulary_size": setup.words,
            "cell": setup.net,
            "file": now.file,
            "example": now.example,
            "setup": setup._asdict(),
        }
        now.looks[key] = processes.look(own_models.own_bench(), asked)
    return now.looks[key]


def change(**fields: Any) -> None:
    """Another setting; what the text was asked before that is remembered."""
    now = session.record(Desk)
    if "by" in fields:
        fields["words"] = None
    now.setup = now.setup._replace(**fields)


def begin() -> None:
    """Train as it stands."""
    now, place = session.record(Desk), own_models.own_bench()
    if bench.is_going_on(place) or not (place / "text.txt").exists():  # a second press, another tab; away for too long
        refresh()
        return
    try:
        report = looked()["report"]
    except (NotDoneError, KeyError):
        return
    setup = now.setup
    request = Request(
        name=own_models.named(setup.name),
        level=report["level"],
        sequences=report["sequences"],
        vocabulary_size=setup.words,
        cell=setup.net,
        size=setup.size,
        seconds=SECONDS[setup.size],
        learning_rate=setup.learning_rate,
        dropout=setup.dropout,
        chunk=setup.chunk,
        seed=setup.seed,
    )
    asked = bench.read(place / "asked.json") or {}
    bench.write(place / "asked.json", {**asked, "setup": setup._asdict()})
    now.control, now.row = Control(**CONTROL), None
    processes.start(place, request, now.control)
    own_models.own().going_on = True
    refresh()


def steer(**moved: Any) -> None:
    """What the training is told: a pause, a stop, another rate or temperature."""
    now, place = session.record(Desk), own_models.own().bench
    if place is None or not place.exists():  # the page tells in a moment that the visitor was away for too long
        return
    now.control = cast(Control, now.control | moved)
    bench.write(place / "control.json", now.control)


def set_aside() -> None:
    """Back to the settings, with the same text."""
    now, place = session.record(Desk), own_models.own().bench
    if place is not None:
        (place / "state.json").unlink(missing_ok=True)
    now.state = None


def refresh() -> None:
    """Look how far the training is; what is asked for is not left."""
    now, place = session.record(Desk), own_models.own().bench
    if place is not None and now.file and not place.exists():
        put_away()
        now.refused = ("left", {})
        own_models.own().bench, own_models.own().going_on = None, False
        return
    if place is None or (now.state is None and not bench.is_going_on(place)):
        return
    bench.seen(place)
    now.state = bench.state(place)
    own_models.own().going_on = is_going_on(now.state)


def is_going_on(state: State | None) -> bool:
    """Whether a training is under way, or has its turn later."""
    return state is not None and state["phase"] in bench.GOING_ON


def write_address() -> None:
    """The page's address says what differs from a first visit; texts and models are in no address."""
    now = session.record(Desk)
    values = now.setup._asdict() | ({"example": now.example} if now.file and now.example else {})
    differs = parameters.written("train", values, Setup()._asdict())
    address.write("train", session.parts() | differs)
