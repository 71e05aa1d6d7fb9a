"""Claims about colours: one module has them all, and what it says of them is so."""

import re
from pathlib import Path

import pytest

from engine.figures import theme

ENGINE = Path(theme.__file__).parents[1]
SHEETS = sorted(ENGINE.rglob("*.css"))
CODE = [*sorted(ENGINE.rglob("*.py")), *sorted(ENGINE.rglob("*.js"))]
# Black and white may stand anywhere, and a colour that is another one laid thinly over the page.
LITERAL = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([^)]*\)", re.IGNORECASE)
PLAIN = re.compile(r"#fff|#000|rgba\((0, 0, 0|255, 255, 255), [\d.]+\)|rgb\(var\(--[\w-]+-rgb\)|rgb\(.*\{.*")


@pytest.mark.parametrize("path", [*SHEETS, *CODE], ids=lambda path: str(path.relative_to(ENGINE)))
def test_no_other_file_has_colours_of_its_own(path):
    if path == Path(theme.__file__):
        return
    found = [literal for literal in LITERAL.findall(path.read_text(encoding="utf-8")) if not PLAIN.fullmatch(literal)]
    assert found == []


def test_style_sheets_use_custom_properties_that_are_there_and_none_is_left_over():
    text = "\n".join(path.read_text(encoding="utf-8") for path in SHEETS)
    used = {one for name in re.findall(r"var\((--[\w-]+)", text) for one in (name, name.removesuffix("-rgb"))}
    set_in_sheets = set(re.findall(r"(--[\w-]+):", text))
    written = set(re.findall(r"(--[\w-]+):", theme.css_variables()))
    assert {name for name in used if not name.startswith("--st-")} == set_in_sheets | written


def test_the_dark_theme_changes_properties_that_the_light_one_has():
    light, dark = (set(re.findall(r"(--[\w-]+):", theme.css_variables(dark))) for dark in (False, True))
    assert dark < light


def luminance(colour):
    channels = (value / 255 for value in bytes.fromhex(colour[1:]))
    linear = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in channels)
    return sum(share * value for share, value in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", [theme.GREEN, theme.BLUE, theme.PURPLE])
def test_white_letters_can_be_read_on_it(colour):
    assert contrast(colour, "#FFFFFF") >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_letters_can_be_read_on_the_page_and_lines_of_eos_be_seen(dark):
    page = theme.page(dark)
    assert contrast(page.ink, page.paper) >= 4.5
    assert contrast(page.faint, page.paper) >= 4.5
    assert contrast(theme.EOS_LINE[dark], page.paper) >= 3
    assert contrast(theme.COLOURS["eos"], page.paper) >= 3


def test_all_charts_begin_with_the_same_layout():
    layout = theme.base_layout(True, 100, (1, 2, 3, 4), 15)
    assert layout["margin"] == {"l": 1, "r": 2, "t": 3, "b": 4}
    assert layout["font"] == {"family": theme.FONT, "size": 15, "color": theme.page(True).ink}
