"""What reaches a server past the browser: forged values, overlong texts, floods; and that sessions share nothing."""

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
import websockets
from browser.app_server import serving
from visitor import visiting

from engine.recipe import FIRST_LIMITS
from engine.ui import link
from engine.ui.models import load_model, shelf
from engine.ui.parameters import MOST_TYPED

ROOT = Path(__file__).parents[2]
STAGE = "model=speeches-word&seed=3&eos=0&limit=50&t=4"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The URL of the app; a traceback in its log fails the tests."""
    with serving(ROOT / "app.py", tmp_path_factory.mktemp("socket") / "server.log") as url:
        yield url


async def shown(visitor):
    """What the page shows when it is drawn again: the link and the text of the stage, or the words of another page."""
    await visitor.run()
    assert not visitor.exceptions
    if "stage_run" in visitor.elements:
        return visitor.stage["query"], visitor.stage["run"]["text"]["text"]
    return visitor.html


# --- forged values

ANYTHING = [5, None, [], {}, "x", True, 1.0, -1, [[]], {"a": [1]}, "x" * 1000]
ROWS = [
    json.dumps({"selection": {"rows": one}})
    for one in [*ANYTHING, *([any_] for any_ in ANYTHING), *([0, any_] for any_ in ANYTHING), [10**9]]
] + [json.dumps({"selection": {}})]
BARS = [*ANYTHING, *([any_] for any_ in ANYTHING), *([any_, 5] for any_ in ANYTHING), [4, 10**9], [4, -2]]
BARS += [[4, any_] for any_ in ANYTHING if any_ != 5 and any_ != -1]
PRESSES = [
    {"mount": "m", "items": any_}
    for any_ in [*ANYTHING, *([any_] for any_ in ANYTHING), [[1, "step", {}]], [[{}, [], 0]]]
]
TOLD = [{"session": "a", "path": "/", "query": any_} for any_ in ANYTHING if not isinstance(any_, str)]


async def forge(server, query, page, key, sent):
    """What the page shows before and after what was sent to the part of that key."""
    async with visiting(server, query, page) as visitor:
        if page == "draws":
            await visitor.press("draws_start")
            while "draws_table" not in visitor.elements:
                await asyncio.sleep(0.3)
                await visitor.run()
        before = await shown(visitor)
        for name, value in sent:
            if name:
                await visitor.tell(key, name, value)
            else:
                await visitor.run((visitor.elements[key].id, "string_value", value), fragment=visitor.fragments[key])
        return before, await shown(visitor)


@pytest.mark.parametrize(
    ("query", "page", "key", "sent"),
    [
        (STAGE, "", "bars", [("clicked", one) for one in BARS]),
        (STAGE, "", "stage_run", [("presses", one) for one in [*ANYTHING, *PRESSES]]),
        (STAGE, "", "reconnection", [("told", one) for one in [*ANYTHING, *TOLD]]),
        (STAGE, "", "frame", [("told", one) for one in ANYTHING]),
        ("text=We+are+here.", "score", "score_cards_0", [("token", one) for one in ANYTHING if one != 5]),
        ("show=runs&runs=100", "draws", "draws_table", [(None, one) for one in ROWS]),
    ],
    ids=["bars", "presses", "reconnection", "frame", "cards", "table"],
)
def test_forged_values_are_ignored_with_nothing_changed(server, query, page, key, sent):
    before, after = asyncio.run(forge(server, query, page, key, sent))
    assert before == after


def test_presses_without_the_state_of_their_part_are_ignored(server):
    async def send():
        async with visiting(server, STAGE) as visitor:
            part = f"$$STREAMLIT_INTERNAL_KEY_{visitor.elements['stage_run'].id}__events"
            pressed = json.dumps([{"event": "presses", "value": {"mount": "m", "items": [[1, "step", 0]]}}])
            await visitor.run((part, "json_trigger_value", pressed), fragment=visitor.fragments["stage_run"])
            await shown(visitor)
            await visitor.press("control_step")
            return visitor.step

    assert asyncio.run(send()) == 5


def test_dialogs_asked_for_at_once_are_one(server):
    async def ask():
        async with visiting(server, STAGE) as visitor:
            several = {"mount": "m", "items": [[1, "help", 0], [2, "text", 0], [3, "help", 0]]}
            await visitor.tell("stage_run", "presses", several)
            await shown(visitor)
            await visitor.press("control_step")
            return visitor.step

    assert asyncio.run(ask()) == 5


# --- too much


@pytest.mark.parametrize("key", ["setting_compare_sentence", "setting_compare_name"])
def test_an_overlong_text_is_cut_and_not_sent_back_at_every_run(server, key):
    async def paste():
        async with visiting(server, "view=name", "compare") as visitor:
            await visitor.run((visitor.elements[key].id, "string_value", "x" * 500_000))
            visitor.received = 0
            await shown(visitor)
            return visitor.elements[key].value, visitor.received

    value, received = asyncio.run(paste())
    assert value == "x" * MOST_TYPED
    assert received < 150_000


def test_an_overlong_text_in_a_link_is_cut_too(server):
    async def open_link():
        link = f"view=name&sentence={'x' * 100_000}&name={'y' * 100_000}"
        async with visiting(server, link, "compare") as visitor:
            await shown(visitor)
            return visitor.elements["setting_compare_sentence"].value

    assert asyncio.run(open_link()) == "x" * MOST_TYPED


def test_a_message_that_is_far_too_large_ends_its_own_session_alone(server):
    async def send():
        async with visiting(server, "", "compare") as visitor, visiting(server, STAGE) as other:
            key = visitor.elements["setting_compare_sentence"].id
            with pytest.raises(websockets.ConnectionClosed):
                await visitor.run((key, "string_value", "x" * 10_000_000))
            await other.press("control_step")
            return other.step

    assert asyncio.run(send()) == 5


def test_a_flood_of_reruns_holds_no_neighbour_up(server):
    async def flood():
        async with visiting(server, STAGE) as visitor, visiting(server, STAGE) as other:
            for _ in range(3_000):
                await visitor.send()
            await asyncio.wait_for(other.press("control_step"), 6)  # 0.7 s; a run for each message would take 12
            return other.step

    assert asyncio.run(flood()) == 5


# --- sessions share nothing

VISITS = {
    "en": "lang=en&model=speeches-word&seed=3&eos=0&temperature=1.3",
    "zh": "lang=zh&model=speeches-word&seed=3&eos=0&temperature=0.7&top_k=20",
    "char": "lang=en&model=shakespeare-char&seed=3&eos=0&min_p=0.01",
    "tang": "lang=zh&model=tang-char&seed=8&eos=0&top_p=0.9",
    "greedy": "lang=en&model=speeches-word&seed=3&eos=0&temperature=0&unk=redraw",
}
STEPS = 6
CHANGE = f"{STEPS}:temperature:0.5"  # of one of them, at its last step


async def lesson(server):
    """What each visitor sees, (link, text, label of the Step button), after all have stepped in turn."""
    async with AsyncExitStack() as stack:
        there = {name: await stack.enter_async_context(visiting(server, query)) for name, query in VISITS.items()}
        for _ in range(STEPS):
            await asyncio.gather(*(visitor.press("control_step") for visitor in there.values()))
        slider = there["en"].elements["setting_temperature"].id
        await there["en"].run((slider, "string_array_value", ["0.5"]))
        return {name: (*await shown(one), one.elements["control_step"].label) for name, one in there.items()}


def test_sessions_stepped_in_turn_never_influence_each_other(server):
    seen = asyncio.run(lesson(server))
    for name, (query, text, label) in seen.items():
        asked = {**dict(parse_qsl(VISITS[name])), "t": str(STEPS)} | ({"changes": CHANGE} if name == "en" else {})
        alone = link.read(asked, shelf().names, load_model, FIRST_LIMITS, "en")
        assert text == alone.run.text
        assert label == {"en": "Step", "zh": "单步"}[alone.language]
        assert dict(parse_qsl(query)).get("changes") == asked.get("changes")
    assert len({text for _, text, _ in seen.values()}) == len(VISITS)
