"""What the checks of the front end work on: its modules as browsers get them, and the shapes of the records."""

from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

from engine.figures import records
from engine.ui import address, frame, front_end, parts, reconnection, save_chart
from engine.ui.score import page as score
from engine.ui.stage import component, pictures, share, speaker, take_away
from engine.ui.train import page as train

BUILT = Path(__file__).with_name("built")
MODULES = {
    "stage": component.CODE,
    "part": component.PART,
    "frame": frame.CODE,
    "page_address": address.CODE,
    "reconnection": reconnection.CODE,
    "cards": score.CODE,
    "take_away": take_away.CODE,
    "take_away_picture": pictures.CODE,
    "save_chart": save_chart.CODE,
    "share": share.CODE,
    "speaker": speaker.CODE,
    "train_keep": train.CODE,
}
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null"}


def build() -> None:
    """Write them to BUILT."""
    BUILT.mkdir(exist_ok=True)
    for name, code in MODULES.items():
        _write(BUILT / f"{name}.js", code)
    _write(BUILT / "records.d.ts", "\n".join(declarations()))


def _write(path: Path, text: str) -> None:
    """What stands there already is left alone: another process may be reading it."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def declarations() -> Iterator[str]:
    """The records in TypeScript; a NamedTuple is a tuple there, as it is an array in JSON."""
    told: set[str] = set()
    for name, shape in [one for module in (records, parts) for one in vars(module).items()]:
        if getattr(shape, "__module__", "") not in (records.__name__, parts.__name__) or name in told:
            continue
        told.add(name)
        if is_typeddict(shape):
            fields = get_type_hints(shape).items()
            yield f"interface {name} {{ {' '.join(f'{field}: {_typescript(kind)};' for field, kind in fields)} }}"
        elif hasattr(shape, "_fields"):
            yield f"type {name} = [{', '.join(_typescript(kind) for kind in get_type_hints(shape).values())}];"


def _typescript(kind: Any) -> str:
    if kind in _PLAIN:
        return _PLAIN[kind]
    inside = get_args(kind)
    match get_origin(kind):
        case origin if origin is Literal:
            return " | ".join(f'"{value}"' if isinstance(value, str) else str(value).lower() for value in inside)
        case origin if origin is UnionType:
            return " | ".join(map(_typescript, inside))
        case origin if origin is list:
            return f"({_typescript(inside[0])})[]"
        case origin if origin is dict:
            return f"Record<{', '.join(map(_typescript, inside))}>"
        case origin if origin is tuple:
            return f"[{', '.join(map(_typescript, inside))}]"
    return kind.__name__


def sources() -> dict[str, tuple[str, int]]:
    """Every line of the front end's files -> where it stands; of lines that several have, the first."""
    found: dict[str, tuple[str, int]] = {}
    root = front_end.SHARED.parents[2]
    for path in sorted(front_end.SHARED.parent.rglob("*.js")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            found.setdefault(line, (str(path.relative_to(root)), number))
    return found
