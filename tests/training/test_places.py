"""Turns on a machine: so many at once, the others in line, and who dies leaves both."""

import subprocess
import sys
from pathlib import Path

import pytest

from engine import bench, locks
from engine.training import places
from engine.training.places import FullError, Ticket

ROOT = Path(__file__).parents[2]
HOLD = "import sys; from engine.training.places import Ticket; from pathlib import Path\n"
HOLD += "ticket = Ticket(Path(sys.argv[1])); print(ticket.ahead(), flush=True); input()"


@pytest.fixture
def other(tmp_path):
    """`other()`: another process in the same line; (the process, what it was told)."""
    started = []

    def other():
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process, process.stdout.readline().strip()

    yield other
    for process in started:
        process.kill()
        process.communicate()


def test_two_have_a_place_and_the_others_see_how_many_are_before_them(tmp_path):
    tickets = [Ticket(tmp_path) for _ in range(4)]
    assert [ticket.ahead() for ticket in tickets] == [None, None, 0, 1]
    tickets[0].close()
    assert tickets[3].ahead() == 1  # not its turn, though a place is free
    assert tickets[2].ahead() is None
    assert tickets[3].ahead() == 0
    tickets[3].close()
    assert list((tmp_path / "line").iterdir()) == []
    for ticket in tickets:
        ticket.close()


def test_the_places_are_those_of_the_machine_and_who_is_killed_leaves_them(tmp_path, other):
    (first, said), (_, also) = other(), other()
    mine = Ticket(tmp_path)
    assert (said, also, mine.ahead()) == ("None", "None", 0)
    first.kill()
    first.wait()
    assert mine.ahead() is None
    mine.close()


def test_who_dies_in_the_line_is_not_waited_for(tmp_path, other):
    tickets = [Ticket(tmp_path) for _ in range(2)]
    assert [ticket.ahead() for ticket in tickets] == [None, None]
    (dead, said), mine = other(), Ticket(tmp_path)
    assert (said, mine.ahead()) == ("0", 1)
    dead.kill()
    dead.wait()
    assert mine.ahead() == 0
    for ticket in (*tickets, mine):
        ticket.close()


def test_how_many_at_once_is_a_setting(tmp_path, monkeypatch):
    monkeypatch.setenv("TRAININGS_AT_ONCE", "1")
    first, second = Ticket(tmp_path), Ticket(tmp_path)
    assert (first.ahead(), second.ahead()) == (None, 0)
    monkeypatch.setenv("TRAININGS_AT_ONCE", "many")
    assert bench.at_once() == bench.AT_ONCE
    first.close(), second.close()


def test_a_line_that_is_too_long_takes_nobody_more(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "MOST_WAITING", 1)
    waiting = Ticket(tmp_path)
    with pytest.raises(FullError):
        Ticket(tmp_path)
    waiting.close()
    Ticket(tmp_path).close()


def test_a_file_is_held_by_one_until_it_is_closed(tmp_path):
    path = tmp_path / "alive"
    assert not locks.is_held(path)
    held = locks.take(path)
    assert locks.is_held(path)
    assert locks.take(path) is None
    held.close()
    assert not locks.is_held(path)
