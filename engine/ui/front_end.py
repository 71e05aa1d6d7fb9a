"""The files of the front end: plain JavaScript without a build; those that belong together become one module."""

from pathlib import Path

SHARED = Path(__file__).with_name("front")  # what all pages share; a page's own stand in its own folder front/


def code(folder: Path, *names: str) -> str:
    """The JavaScript files of these names as one module, in this order: of `folder`, or else of those that are shared.

    Raises FileNotFoundError for a name that neither has.
    """
    own = (folder / f"{name}.js" for name in names)
    return "\n".join((path if path.exists() else SHARED / path.name).read_text(encoding="utf-8") for path in own)
