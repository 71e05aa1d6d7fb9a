"""The records that the front end draws (engine/ui/*/front/*.js): plain data, ready to be sent as JSON.

Figures build them and decide all that is in them; the front end's own checks read these same shapes (tests/front).
"""

from typing import Literal, NamedTuple, NotRequired, TypedDict

Kind = Literal["token", "unk", "eos"]  # what sets the colour and the sign of a token in every picture
When = Literal["past", "now", "next"]


# --- the token strip


class Chip(TypedDict):
    """A step. `prob`: the model's own; `shade`: 0 likely ... 4 surprising, None while nothing has come out; `sign` of a
    token that was not drawn; `rejected`: what was drawn before it; `changed`: the settings that are others from it on;
    `title`: all of it in words.
    """

    t: int
    text: str
    prob: str
    shade: int | None
    kind: Literal["token", "unk", "eos", "open"]
    origin: str
    sign: str
    rejected: str
    changed: NotRequired[str]  # most have none, and every chip is sent with every step
    when: Literal["past", "now", "future"]
    title: str


class Jump(TypedDict):
    """A button that leads to step `t`, beyond an end of the strip."""

    text: str
    t: int


class TokenStrip(TypedDict):
    """`empty`: what stands in place of chips; `scale`: the words at the ends of the shades, likely and surprising."""

    label: str
    empty: str
    scale: tuple[str, str]
    earlier: Jump | None
    later: Jump | None
    chips: list[Chip]


# --- the network


class Names(TypedDict):
    """What the parts of a column are called at step `t`: x<t>, a<t>, yhat<t>, and `before`, a<t-1>."""

    t: int
    x: str
    a: str
    y: str
    before: str


class Input(TypedDict):
    """`input`: the token fed, "0" for the zero vector, "" while it is not known. `hot`: where the 1 of its one-hot
    vector stands, from 0 to 1; None for the zero vector.
    """

    input: str
    hot: float | None


class Column(Names, Input):
    """A step as it is sampled. `token`: "" while none has come out; `struck`: it is a rejected <UNK> just drawn; `lit`:
    the phase that the step is in, "" for the whole.
    """

    token: str
    kind: Kind
    origin: str
    struck: bool
    when: When
    lit: str


class End(TypedDict):
    """How the run stopped, and what stands on the flag or at the wall."""

    kind: Literal["eos", "length"]
    text: str


class Network(TypedDict):
    """The columns of a run as it is sampled. `cell`: what the boxes are; `end`: None while the run goes on."""

    label: str
    cell: str
    columns: list[Column]
    teacher_forced: Literal[False]
    end: End | None


class TeacherForcedColumn(Names):
    """A step as it is trained. `input`: "0" or y<t-1>, `source`: "x<t> = y<t-1>"; `token`: y<t>. As far as the moment
    on show has come, else "": `best`, what yhat<t> likes best (`hit`: it is y<t>), `prob` of y<t>, and its `loss`.
    """

    input: str
    input_kind: Literal["token", "unk", "eos", "zero"]
    source: str
    token: str
    kind: Kind
    best: str
    hit: bool
    prob: str
    loss: str
    when: When
    lit: str


class TeacherForcedNetwork(TypedDict):
    """The columns of a text. `empty`: a sentence where there is no text; `totals`: what its losses come to."""

    label: str
    cell: str
    columns: list[TeacherForcedColumn]
    teacher_forced: Literal[True]
    empty: str
    totals: list[str]


class Switch(TypedDict):
    """Sampled or trained: label, argument of the press and whether it is on, of each. `edit`: a button for the text."""

    label: str
    choices: list[tuple[str, int, bool]]
    edit: str


# --- the draw strips


class Segment(NamedTuple):
    """A part of a strip, which begins where the one before it ends. `kind`: "run" for neighbours that are each thinner
    than a pixel.
    """

    high: float
    label: str
    kind: Literal["token", "unk", "eos", "run"]


class Segments(TypedDict):
    """`chosen`: the index of the segment under the needle at `u`; both None before the draw."""

    segments: list[Segment]
    chosen: int | None
    u: float | None
    rejected: bool


class DrawStrip(Segments):
    """From 0 to 1. `range`: "low <= u < high"."""

    caption: str
    range: str


class Lens(Segments):
    """From `low` to `high`, enlarged as `zoom` says."""

    low: float
    high: float
    zoom: str


class DrawStrips(TypedDict):
    """One strip a draw; of many the last ones, and `more` counts those before. `lens`: the neighbourhood of a thin
    chosen segment of the last strip. `sentence`: instead of strips, where no draw decided.
    """

    label: str
    strips: list[DrawStrip]
    more: str
    lens: Lens | None
    sentence: str


# --- predictions


class PredictRow(TypedDict):
    """A bar that chips can be laid on. `outcome`: the token's id + 1, 0 for all others; `length` and `mark`: of the bar
    and the model's own probability, from 0 to 1, `torn` where they are longer (hidden bars have none); `title`: all of
    it in words, and `back` for the button that takes a chip back; `kind`: that of a bar.
    """

    outcome: int
    label: str
    number: str
    length: float
    mark: float | None
    torn: bool
    kind: str
    chips: int
    title: str
    back: str


class Choice(TypedDict):
    """`text`, and beside it the options: label, argument of the action `press`, and whether it is chosen, of each."""

    press: Literal["answer", "hide"]
    text: str
    options: list[tuple[str, int, bool]]


class Predict(TypedDict):
    """The switch, `on` or not, and while a prediction is awaited the choices that belong to it."""

    label: str
    help: str
    on: bool
    choices: list[Choice]


# --- the cards of a scored text


class Card(TypedDict):
    """A token. `place`: from 0; `text`: as it is written, `sign`: <UNK>, where it stands for that text; `height`: share
    of a full bar; `shade`: 0 likely ... 4 surprising; `rather`: the tokens that the model would rather have had;
    `title`: all of it in words.
    """

    place: int
    text: str
    sign: str
    kind: Kind
    bits: str
    height: float
    shade: int
    prob: str
    rank: str
    rather: list[str]
    title: str


class Cards(TypedDict):
    """`names` of the rows of a card; `first_choice`: what stands where the model would rather have had nothing else."""

    label: str
    names: list[str]
    first_choice: str
    cards: list[Card]
