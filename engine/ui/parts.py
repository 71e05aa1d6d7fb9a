"""What the parts of the front end are handed: the records of their pictures, and what is around them."""

from typing import Literal, TypedDict

from engine.figures.records import (
    Cards,
    DrawStrips,
    Network,
    Predict,
    PredictRow,
    Switch,
    TeacherForcedNetwork,
    TokenStrip,
)
from engine.figures.theme import Chart


class RunningText(TypedDict):
    """`empty`: what stands there before the first token; the words of the button, before and after, and its help."""

    label: str
    text: str
    empty: str
    copy: str
    copied: str
    help: str


class Ack(TypedDict):
    """The last press handled: `n` of the page that calls itself `mount`."""

    mount: str
    n: int


class RunPictures(TypedDict):
    """What is shown of a run; what is hidden is None."""

    strip: TokenStrip | None
    network: Network | TeacherForcedNetwork | None
    text: RunningText | None


class AroundRun(TypedDict):
    """`notes` are short lines."""

    switch: Switch | None
    notes: list[str] | None


class RunPart(AroundRun, RunPictures):
    """The run."""


class DrawPictures(TypedDict):
    """`numpy`: lines of code that give the draw again."""

    strip: DrawStrips | None
    numpy: list[str]


class AroundDraw(TypedDict):
    """`short`: something else stands in the place of the strip."""

    title: str
    short: bool
    predict: Predict


class DrawPart(AroundDraw, DrawPictures):
    """The draw of the step."""


class Below(TypedDict):
    """The line below the bars: what stands out, the rest, and the button that lets the draw decide after all, or ""."""

    strong: str
    words: str
    drawn: str


class BarsPictures(TypedDict):
    """The bars, as Plotly draws them; `alt`: what they show, for those who do not see it."""

    chart: Chart
    alt: str
    below: Below


class AroundBars(TypedDict):
    """`dark`: for a dark page."""

    dark: bool


class BarsPart(AroundBars, BarsPictures):
    """The bars of the step."""


class PredictPart(TypedDict):
    """What is predicted of the step: in place of its bars. `placed`: how many chips lie there; `how` that is done."""

    label: str
    rows: list[PredictRow]
    placed: str
    how: str


class HeadingPart(TypedDict):
    """What the bars are."""

    words: str


class NarrationPart(TypedDict):
    """What a lecturer would say, as HTML of `escape`d words; `look`: "", or how the run has ended."""

    html: str
    look: str


class AroundStep(TypedDict):
    """`step`: the time step on show; `moving`: whether pictures move to it (in a phase) or are there at once (a whole
    step); `undrawable`: what stands there when a part cannot be drawn.

    `query` is that of the link. `present`: whether it is presented; `blanked`: what a stage that is blanked says.
    `deck`: what a deck of slides around it is asked to do in the place of an action that has nothing to do here.
    """

    part: Literal["step"]
    step: int
    moving: bool
    undrawable: str
    present: bool
    blanked: str
    query: str
    deck: dict[str, str]
    ack: Ack | None


class Step(AroundStep):
    """All that a step sends: what is shown of it, by the place that shows it; what is not on show is None."""

    run: RunPart
    heading: HeadingPart | None
    bars: BarsPart | None
    predict: PredictPart | None
    draw: DrawPart | None
    narration: NarrationPart | None


PlaceName = Literal["heading", "bars", "below", "predict", "draw", "narration"]


class Place(TypedDict):
    """A place of the page that shows its part of the latest step."""

    part: Literal["place"]
    name: PlaceName


class ScorePart(Cards):
    """The page "Score": no cards where there is no text; `query` of the link."""

    query: str
    undrawable: str


class TakenFile(TypedDict):
    """A file to be saved. `kind`: its media type; the words of its button, and its help."""

    name: str
    kind: str
    label: str
    help: str
    text: str


class TakeAwayPart(TypedDict):
    """The run as files; `undrawable`: what stands there when their buttons cannot be drawn."""

    undrawable: str
    files: list[TakenFile]


class SaveChartPart(TypedDict):
    """A chart to be saved. `figure`: as Plotly's JSON, in the light theme; `buttons`: kind, label and help of each."""

    undrawable: str
    name: str
    figure: str
    width: int
    caption: str
    buttons: list[tuple[str, str, str]]


class PicturePart(TypedDict):
    """A picture of the stage to be saved. `record`: what is drawn, as JSON: of a chart the figure."""

    undrawable: str
    name: str
    kind: Literal["chart", "network", "strips", "tokens"]
    record: str
    width: int
    caption: str
    buttons: list[tuple[str, str, str]]


class CopiedText(TypedDict):
    """A text to be copied, and the words of its button, before and after."""

    label: str
    text: str
    copy: str
    copied: str


class SharePart(TypedDict):
    """What leads to the step on show; `undrawable`: what stands there when it cannot be drawn."""

    undrawable: str
    texts: list[CopiedText]


class SpeakerPart(TypedDict):
    """The words of the speaker's window."""

    elapsed: str
    restart: str
    waiting: str


class PageAddress(TypedDict):
    """The query of the link to what is on show on `page`, its path."""

    page: str
    query: str


class Frame(TypedDict):
    """What is around every page. `language`: as HTML has it; `scale` and `narrow`: what Python knows of the screen."""

    language: str
    scale: float
    narrow: bool


class Reconnection(TypedDict):
    """`session`: what the session is called that draws the page."""

    session: str


class Keep(TypedDict):
    """The name of the visitor's bench, "" for none."""

    bench: str
