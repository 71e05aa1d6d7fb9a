"""Colours, fonts and the base layout of all pictures: charts take them from here, style sheets as custom properties.

The colours that mean something are Okabe and Ito's, which colour blindness leaves apart; a sign always says the same.
White letters on each of them that carries some, and dark ones on the others, have a contrast of at least 4.5.
"""

from typing import Any, NamedTuple, TypedDict

AMBER = "#E69F00"  # chosen, or happening now
VERMILION = "#D55E00"  # <UNK>, and what was rejected
GREEN = "#00785A"  # <EOS>
BLUE = "#3B6FAB"  # tokens, and a<t>
GREY = "#9AA1AB"  # all others together
PURPLE = "#7A4B9C"  # the step limit
VEIL = "#808890"  # laid thinly over the page: frames, grids, what is hovered

# By what a bar stands for.
COLOURS = {
    "chosen": AMBER,
    "rejected": VERMILION,
    "unk": VERMILION,
    "eos": GREEN,
    "limit": PURPLE,
    "token": BLUE,
    "others": GREY,
}

_OTHER_FONTS = '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif'  # for letters that the first lacks
FONT = f'"Source Sans", "Source Sans 3", {_OTHER_FONTS}'


class Chart(TypedDict):
    """A chart as plain data: what a Figure holds."""

    data: list[dict[str, Any]]
    layout: dict[str, Any]


class Page(NamedTuple):
    """What a chart stands on: the colours of letters, of faint ones, of the page itself and of grid lines."""

    ink: str
    faint: str
    paper: str
    grid: str


_PAGES = {
    False: Page("#17202A", "#6B7480", "#FFFFFF", "#D9DEE5"),
    True: Page("#F2F4F7", "#A3ABB5", "#171614", "#3A434F"),
}
_INK = _PAGES[False].ink

# By dark theme: lines, which lie on the page itself.
EOS_LINE = {False: GREEN, True: "#00A37A"}
CLEAN_LINE = {False: "#B36B00", True: "#FFC04D"}  # the runs without <UNK>

# Heat maps: blue and orange, as bright as the page in the middle (of both signs) or at the lower end.
BOTH_SIGNS = {
    False: ["#053F77", "#4A93C9", "#F6F6F6", "#F0A04B", "#9C4A00"],
    True: ["#8CCBFF", "#2F77B3", "#14181F", "#C26A12", "#FFC27A"],
}
ONE_SIGN = {False: ["#F6F6F6", "#4A93C9", "#053F77"], True: ["#14181F", "#2F77B3", "#A8D8FF"]}
UP, DOWN, MOVED = "#E08214", "#3B8BC4", "#8A94A0"  # a unit moved up, moved down; how far all of them moved

HATCHED = {"fillmode": "overlay", "fgcolor": "#FFFFFF", "fgopacity": 0.55, "solidity": 0.25}  # a bar with a pattern
_NO_TEMPLATE = {
    "data": {"scatter": [{"type": "scatter"}]}
}  # Plotly's "none": without it the browser puts Streamlit's in
NOTHING = "rgba(0,0,0,0)"

# The custom properties of the style sheets. Those of `_DARK` differ in the dark theme, in the pictures of the stage.
_LIGHT = {
    "amber": AMBER,
    "amber-hover": "#F2B233",
    "vermilion": VERMILION,
    "green": GREEN,
    "blue": BLUE,
    "purple": PURPLE,
    "purple-edge": "#9A6CBC",  # seen on a light page and on a dark one
    "veil": VEIL,
    "dark-ink": _INK,  # letters on light colours, in both themes
    "navy": "#17324D",  # what is chosen among switches; the box of the step on show
    "navy-edge": "#7AA3CC",
    "notice": "#FFF3E0",
    "no": "#B24400",  # letters of what was rejected
    "line": "#6B7683",
    "faint": "#626C78",
    "dash": "#3A4653",
    "soft": "#EEF1F5",
    "chip": "#E8EBEF",
    "run": "#C6CCD4",
    "segment": "#A9C3E2",
    "segment-odd": "#94B3D8",
    "hatch": "#F3B48C",  # between vermilion stripes
    "unk": "#FBE7DA",  # a card of <UNK>, hatched too
    "unk-stripe": "#F6D3BB",
    "unk-ink": "#9A3500",
    "bits-edge": "#8A6A2C",
    # surprisal, from likely to surprising
    "shade0": "#FFF3D6",
    "shade1": "#FBDFA9",
    "shade2": "#F6C47C",
    "shade3": "#F0A35C",
    "shade4": "#E37F45",
}
_DARK = {
    "navy": "#24527D",
    "purple": "#A877CC",
    "no": "#FF8A4A",
    "line": "#9AA5B1",
    "faint": "#9AA5B1",
    "soft": "#2A313B",
    "run": "#59626E",
    "segment": "#7FA5D2",
    "segment-odd": "#6B95C8",
}
# Style sheets also lay these thinly over the page.
_TINTED = ("amber", "vermilion", "green", "blue", "purple-edge", "veil")


def page(dark: bool) -> Page:
    """What charts stand on, in the dark theme or the light one."""
    return _PAGES[dark]


def tint(colour: str, share: float) -> str:
    """`colour`, "#RRGGBB", laid over what is below so that `share` of it is seen.

    >>> tint("#E69F00", 0.3)
    'rgba(230, 159, 0, 0.3)'
    """
    return f"rgba({', '.join(map(str, _channels(colour)))}, {share:g})"


def css_variables(dark: bool = False) -> str:
    """The declarations of all custom properties, or with `dark` of those that the dark theme has otherwise.

    What is laid thinly over the page is also there as its channels: `rgb(var(--amber-rgb) / 0.3)`.
    """
    values = {f"--{name}": value for name, value in (_DARK if dark else _LIGHT).items()}
    if not dark:
        values |= {f"--{name}-rgb": " ".join(map(str, _channels(_LIGHT[name]))) for name in _TINTED}
        values["--other-fonts"] = _OTHER_FONTS
    return " ".join(f"{name}: {value};" for name, value in values.items())


def base_layout(dark: bool, height: float, margin: tuple[float, float, float, float], size: int = 12) -> dict[str, Any]:
    """What the layouts of all charts begin with; `height`, `margin` (left, right, top, bottom) and `size` in pixels.

    A plain dict, for Plotly's update_layout alone takes five times as long as a chart.
    """
    return {
        "template": _NO_TEMPLATE,
        "height": height,
        "margin": dict(zip("lrtb", margin, strict=True)),
        "paper_bgcolor": NOTHING,
        "plot_bgcolor": NOTHING,
        "font": {"family": FONT, "size": size, "color": page(dark).ink},
    }


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))
