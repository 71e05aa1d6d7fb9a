"""What all sessions share is made once, and nobody waits for what he did not ask for."""

import threading
import time

import pytest

from engine.ui.shared import Shared


def test_a_value_is_made_once_however_many_ask_at_the_same_time():
    made = []

    def make(key):
        time.sleep(0.05)
        made.append(key)
        return object()

    shared, found = Shared(make, 4), []
    threads = [threading.Thread(target=lambda: found.append(shared("a"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["a"]
    assert len(set(map(id, found))) == 1


def test_who_asks_for_another_value_does_not_wait():
    going, go_on = threading.Event(), threading.Event()

    def make(key):
        if key == "slow":
            going.set()
            assert go_on.wait(10)
        return key

    shared = Shared(make, 4)
    slow = threading.Thread(target=shared, args=("slow",))
    slow.start()
    assert going.wait(10)
    assert shared("quick") == "quick"
    go_on.set()
    slow.join()


def test_the_value_used_longest_ago_goes_first():
    made = []
    shared = Shared(lambda key: made.append(key) or key, 2)
    for key in ("a", "b", "a", "c", "a", "b"):
        assert shared(key) == key
    assert made == ["a", "b", "c", "b"]


def test_what_raises_is_asked_again():
    answers = [ValueError("not yet"), "now"]

    def make():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    shared = Shared(make, 2)
    with pytest.raises(ValueError, match="not yet"):
        shared()
    assert shared() == "now"
