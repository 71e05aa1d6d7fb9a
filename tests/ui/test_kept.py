"""What is made once for all sessions: by one of them, and out of reach of a visitor's messages."""

from threading import Barrier, Thread

import pytest
import streamlit as st

from engine.ui.kept import kept
from engine.ui.models import FOLDER, load_model


def test_what_many_ask_for_at_once_is_made_once():
    made, together, got = [], Barrier(8), []

    @kept(most=2)
    def slow(name):
        made.append(name)
        return object()

    def ask():
        together.wait()
        got.append(slow("a"))

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == ["a"]
    assert len(set(got)) == 1


def test_what_was_made_nobody_waits_for_while_something_else_is_made():
    here, there = Barrier(2), Barrier(2)

    @kept(most=2)
    def make(name):
        if name == "slow":
            here.wait(5)
            there.wait(5)
        return name

    make("quick")
    thread = Thread(target=make, args=("slow",))
    thread.start()
    here.wait(5)
    assert make("quick") == "quick"
    there.wait(5)
    thread.join()


def test_the_latest_are_kept_and_the_longest_unasked_for_goes():
    made = []

    @kept(most=2)
    def make(name):
        made.append(name)
        return name

    for name in ("a", "b", "a", "c", "a", "b"):
        assert make(name) == name
    assert made == ["a", "b", "c", "b"]


def test_an_exception_is_not_kept():
    tries = []

    @kept(most=2)
    def make(name):
        tries.append(name)
        if len(tries) == 1:
            raise OSError("the file is being written")
        return name

    with pytest.raises(OSError, match="being written"):
        make("a")
    assert make("a") == "a"


def test_nothing_that_a_visitor_sends_makes_the_models_be_loaded_again():
    names = sorted(path.stem for path in FOLDER.glob("*.npz"))[:2]
    before = [load_model(name) for name in names]
    st.cache_resource.clear()  # what Streamlit does at a message `clear_cache`
    st.cache_data.clear()
    assert all(load_model(name) is model for name, model in zip(names, before, strict=True))


def test_no_cache_of_streamlit_is_used():
    sources = (FOLDER.parent / "engine").rglob("*.py")
    assert [path.name for path in sources if "@st.cache" in path.read_text(encoding="utf-8")] == []
