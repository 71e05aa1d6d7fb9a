"""The files of the front end: plain JavaScript without a build; those that belong together become one module."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from engine.figures.theme import css_variables

SHARED = Path(__file__).with_name("front")  # what all pages share; a page's own stand in its own folder front/


def style(sheet: Path, before: str = "") -> str:
    """A style sheet as HTML. Read when a page is imported: a server with no descriptor left draws as it did before."""
    return f"<style>{before}{sheet.read_text(encoding='utf-8')}</style>"


_ENCODER = json.JSONEncoder(separators=(",", ":"), check_circular=False)  # trees: no look for rings
PAGE_STYLE = style(Path(__file__).with_name("page.css"), f":root {{ {css_variables()} }}\n")


def code(folder: Path, *names: str, **constants: object) -> str:
    """`constants` and the JavaScript files of these names as one module, in this order.

    The files are those of `folder`, or else those that are shared; FileNotFoundError for a name that neither has.
    """
    own = (folder / f"{name}.js" for name in names)
    files = ((path if path.exists() else SHARED / path.name).read_text(encoding="utf-8") for path in own)
    return "\n".join([*(f"const {name} = {json.dumps(value)};" for name, value in constants.items()), *files])


def as_json(record: Mapping[str, object]) -> str:
    """A record for a component; plain data Streamlit would search for tables and encode twice."""
    return _ENCODER.encode(record)


def versioned(module: str) -> str:
    """`module` with its VERSION before it, by which a page that is open knows newer code when that comes."""
    return f'const VERSION = "{sha256(module.encode()).hexdigest()[:12]}";\n{module}'
