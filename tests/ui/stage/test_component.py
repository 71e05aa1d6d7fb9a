"""Claims about presses: every one counts once, in order, however often it is sent and whatever else arrives."""

import random

import pytest

from engine.ui.stage.component import LARGEST, MOST_PRESSES, new_presses

ACK = {"mount": "m", "n": 3}


def sent(*items, mount="m"):
    return {"mount": mount, "items": [list(item) for item in items]}


def test_the_first_presses_of_a_session_all_count():
    presses, ack = new_presses(sent((1, "step", 0), (2, "show", 7)), None)
    assert presses == [("step", 0), ("show", 7)]
    assert ack == {"mount": "m", "n": 2}


def test_a_press_that_is_sent_again_counts_once():
    presses, ack = new_presses(sent((2, "step", 0), (3, "step", 0), (4, "back", 0)), ACK)
    assert presses == [("back", 0)]
    assert new_presses(sent((4, "back", 0)), ack) == ([], ack)


def test_another_mount_counts_from_its_own_start():
    assert new_presses(sent((1, "step", 0), mount="other"), ACK) == ([("step", 0)], {"mount": "other", "n": 1})


def test_presses_out_of_order_are_put_in_order():
    presses, _ = new_presses(sent((6, "back", 0), (4, "step", 0), (5, "phase", 0)), ACK)
    assert [action for action, _ in presses] == ["step", "phase", "back"]


def test_a_browser_that_comes_from_another_server_goes_on_counting():
    assert new_presses(sent((31, "step", 0)), None) == ([("step", 0)], {"mount": "m", "n": 31})


@pytest.mark.parametrize(
    "value",
    [
        None,
        "step",
        [],
        {},
        {"mount": "m"},
        {"mount": 1, "items": [[4, "step", 0]]},
        {"mount": "", "items": [[4, "step", 0]]},
        {"mount": "m" * 65, "items": [[4, "step", 0]]},
        {"mount": "m", "items": {"4": "step"}},
        sent((4, "delete", 0)),
        sent((4, ["step"], 0)),
        sent(("4", "step", 0)),
        sent((True, "step", 0)),
        sent((0, "step", 0)),
        sent((4.5, "step", 0)),
        sent((LARGEST + 1, "step", 0)),
        sent((4, "show", -1)),
        sent((4, "show", "7")),
        sent((4, "show", LARGEST + 1)),
        sent((4, "step")),
        {"mount": "m", "items": [4, None, {}]},
    ],
)
def test_what_is_not_a_press_is_ignored(value):
    assert new_presses(value, ACK) == ([], ACK)


def test_a_bad_press_does_not_take_the_good_ones_with_it():
    assert new_presses(sent((4, "step", None), (5, "step", 0)), ACK) == ([("step", 0)], {"mount": "m", "n": 5})


def test_a_flood_is_cut():
    presses, ack = new_presses(sent(*((n, "step", 0) for n in range(1, 5 * MOST_PRESSES))), None)
    assert len(presses) == MOST_PRESSES
    assert ack["n"] == MOST_PRESSES


@pytest.mark.parametrize("seed", range(50))
def test_however_the_messages_overlap_every_press_acts_once_and_in_order(seed):
    """The browser sends all that it knows no acknowledgement of; acknowledgements may arrive late, or never."""
    rng = random.Random(seed)
    ack, known, made, acted = None, 0, 0, []
    acknowledgements = [0]
    for _ in range(20):
        made += rng.randrange(4)
        presses, ack = new_presses(sent(*((n, "show", n) for n in range(known + 1, made + 1))), ack)
        acted += [argument for _, argument in presses]
        acknowledgements.append(ack["n"] if ack else 0)
        known = max(known, rng.choice(acknowledgements))
    assert acted == list(range(1, made + 1))
