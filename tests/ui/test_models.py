"""The shelf of models: which one a switch of the level leads to, and what anyone may have put into the folder."""

import os
import shutil

import numpy as np
import pytest
import streamlit as st
from tiny_weights import random_weights

from engine.model import ModelError
from engine.ui import models
from engine.ui.i18n import WORDS, translator
from engine.ui.models import Shelf, load_model, shelf

SHELF = Shelf(
    {"word": ["speeches-word", "plays-word", "bible-word"], "char": ["plays-char", "speeches-char", "mine"]},
    [],
    {"speeches-word": "S", "speeches-char": "S", "plays-word": "P", "plays-char": "P", "bible-word": "B"},
)


@pytest.mark.parametrize(
    ("name", "last", "wanted"),
    [
        ("speeches-word", None, "speeches-char"),
        ("speeches-word", "plays-char", "speeches-char"),  # the same text comes before what was used last
        ("bible-word", None, "plays-char"),
        ("bible-word", "mine", "mine"),
        ("bible-word", "gone", "plays-char"),
    ],
)
def test_a_switch_of_the_level_keeps_the_text_where_it_can(name, last, wanted):
    assert SHELF.of_level("char", name, last) == wanted


def test_a_model_whose_card_names_no_text_goes_back_to_the_one_before():
    assert SHELF.of_level("word", "mine", "bible-word") == "bible-word"


# --- the folder


@pytest.fixture
def folder(tmp_path, monkeypatch, random_model):
    """A folder with one good model, in the place of pretrained/."""
    monkeypatch.setattr(models, "FOLDER", tmp_path)
    random_model("gru", dtype=np.float32).save(tmp_path / "good.npz")
    return tmp_path


def problems(key):
    return [problem.what for problem in shelf().problems if problem.key == key]


def entry_of_the_folder(folder, kind):
    """Puts something wrong into the folder; gives the key of the problem and its name."""
    path = folder / "bad.npz"
    if kind == "broken link":
        path.symlink_to("nowhere.npz")
    elif kind == "looping link":
        path.symlink_to("bad.npz")
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "endless device":
        path.symlink_to("/dev/zero")
    elif kind == "folder":
        path.mkdir()
    elif kind == "name that is not UTF-8":
        os.link(folder / "good.npz", os.fsencode(folder) + b"/b\xffd.npz")
    elif kind == "upper case":
        shutil.copy(folder / "good.npz", folder / "BAD.NPZ")
    elif kind == "checkpoint":
        (folder / "lstm.best.pt").write_bytes(b"\x80")
    elif kind == "net":
        (folder / "rnn_20_epoch.net").write_bytes(b"\x80")
    elif kind == "safetensors":
        (folder / "x.SafeTensors").write_bytes(b"")
    elif kind == "not whole":
        path.write_bytes((folder / "good.npz").read_bytes()[:-30])
    elif kind == "empty":
        path.write_bytes(b"")
    elif kind == "bad shape":
        np.savez(path, **random_weights("rnn"), tokens=["a", "b"])
    elif kind == "other names":
        np.savez(path, **{f"lm.{name}": array for name, array in random_weights("rnn").items()}, tokens=list("abcde"))
    elif kind == "NaN":
        np.savez(path, **{**random_weights("rnn"), "output.bias": np.full(5, np.nan)}, tokens=list("abcde"))


@pytest.mark.parametrize(
    ("kind", "key", "what"),
    [
        ("broken link", "app.entry.lost", "bad.npz"),
        ("looping link", "app.bad_model", "bad.npz cannot be read: Too many levels of symbolic links"),
        ("pipe", "app.entry.no_file", "bad.npz"),
        ("endless device", "app.entry.no_file", "bad.npz"),
        ("folder", "app.entry.no_file", "bad.npz"),
        ("name that is not UTF-8", "app.entry.not_utf8", "b\\udcffd.npz"),
        ("upper case", "app.entry.ending", "BAD.NPZ"),
        ("checkpoint", "app.entry.convert", "lstm.best.pt"),
        ("net", "app.entry.convert", "rnn_20_epoch.net"),
        ("safetensors", "app.entry.convert", "x.SafeTensors"),
        ("not whole", "app.bad_model", "bad.npz cannot be used as a model: it is not a whole .npz file"),
        ("empty", "app.bad_model", "bad.npz cannot be used as a model: it is not a whole .npz file"),
        ("bad shape", "app.bad_model", "must have shape"),
        ("other names", "app.bad_model", "there are lm.rnn.weight_ih_l0 (4, 5), "),
        ("other names", "app.bad_model", "python -m engine.convert FILE"),
        ("NaN", "app.bad_model", "output.bias must be finite"),
    ],
)
def test_one_bad_entry_is_named_and_the_rest_keeps_working(folder, kind, key, what):
    entry_of_the_folder(folder, kind)
    assert shelf().names == {"word": ["good"], "char": []}
    assert [what in problem for problem in problems(key)] == [True]
    assert len(shelf().problems) == 1
    assert load_model("good").cell == "gru"


@pytest.mark.parametrize("kind", ["pipe", "endless device", "folder", "broken link", "looping link"])
def test_a_file_that_turns_into_something_else_is_an_error_and_no_wait(folder, kind):
    entry_of_the_folder(folder, kind)
    with pytest.raises(ModelError, match=r"bad\.npz cannot be"):
        load_model("bad")


def test_what_is_no_ones_business_is_passed_over(folder):
    for name in ("._good.npz", ".good.npz.partial", "README.md", "notes.txt", "good.pt"):  # good.pt has been converted
        (folder / name).write_bytes(b"x")
    assert shelf() == Shelf({"word": ["good"], "char": []}, [], {})


def test_a_file_that_is_deleted_while_the_folder_is_listed_is_passed_over(folder, monkeypatch):
    class Gone:
        name = "gone.npz"

        def stat(self):
            raise FileNotFoundError(2, "No such file or directory", self.name)

        def is_symlink(self):
            return False

    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: [*scandir(path), Gone()])
    assert shelf().names["word"] == ["good"]
    assert not shelf().problems


def test_no_folder_at_all_is_a_problem_and_no_traceback(tmp_path, monkeypatch):
    monkeypatch.setattr(models, "FOLDER", tmp_path / "nowhere")
    assert shelf().names == {"word": [], "char": []}
    assert problems("app.bad_model") == ["nowhere cannot be read: No such file or directory"]


def test_a_file_whose_numbers_turn_out_bad_goes_from_the_menu_to_the_problems(folder, random_model):
    """Written by `save`, so its numbers are not read when the folder is listed; then a bit was turned on the way."""
    model = random_model("rnn", hidden=100)
    model.card["name"] = "mine"
    model.save(folder / "torn.npz")
    data = bytearray((folder / "torn.npz").read_bytes())
    data[len(data) // 2] ^= 1
    (folder / "torn.npz").write_bytes(data)
    assert shelf().names["word"] == ["good", "torn"]
    with pytest.raises(ModelError, match=r"torn\.npz"):
        load_model("torn")
    assert shelf().names["word"] == ["good"]
    assert "torn.npz" in problems("app.bad_model")[0]
    shutil.copy(folder / "good.npz", folder / "torn.npz")  # another file of that name is another file
    assert shelf().names["word"] == ["good", "torn"]
    assert load_model("torn").cell == "gru"


def test_a_model_is_loaded_once_and_a_visitor_cannot_empty_the_shelf(folder):
    model = load_model("good")
    st.cache_resource.clear()
    st.cache_data.clear()
    assert load_model("good") is model


def test_the_app_says_what_is_wrong_where_no_model_is_left(folder, open_app):
    (folder / "good.npz").write_bytes(b"")
    (folder / "lm.pt").write_bytes(b"")
    app = open_app()
    assert "There is no model in pretrained/" in app.error[0].value
    assert "good.npz cannot be used as a model" in app.error[0].value
    assert "python -m engine.convert pretrained/lm.pt" in app.error[0].value


def test_the_app_says_which_tokens_were_taken_for_the_end_and_for_unknown_words_and_names_an_unusual_cell(
    folder, open_app
):
    weights = random_weights("gru", dtype=np.float32)
    np.savez(folder / "mine.npz", **weights, tokens=["</s>", "[UNK]", "a", "cat", "x"], variant="reset-before")
    said = " ".join(caption.value for caption in open_app(model="mine").sidebar.caption)
    assert "`</s>` is its end of a sequence (EOS)." in said
    assert "`[UNK]` is its unknown word (UNK)." in said
    assert "reset gate acts before the matrix product" in said
    assert "EOS" not in " ".join(caption.value for caption in open_app(model="good").sidebar.caption)


# --- the reasons in the visitor's language


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("looping link", "bad.npz 无法读取："),
        ("not whole", "bad.npz 不能用作模型：它不是完整的 .npz 文件（"),
        ("bad shape", "bad.npz 不能用作模型：rnn.weight_ih_l0 的形状须为 (4, 2)，却是 (4, 5)"),
        ("other names", "bad.npz 不能用作模型：缺少权重 rnn.weight_ih_l0；现有 lm."),
        ("NaN", "bad.npz 不能用作模型：output.bias 须为有限数，却含有 NaN 或无穷大"),
    ],
)
def test_a_chinese_page_gives_the_reason_in_chinese(folder, kind, said):
    entry_of_the_folder(folder, kind)
    (problem,) = shelf().problems
    assert said in problem.said(translator("zh"))
    assert problem.said(translator("en")) == f"A model was left out: {problem.what}"


def test_every_reason_reads_as_the_engine_says_it_in_english():
    for key, (english, _) in WORDS.items():
        if key.startswith("reason."):
            assert key == f"reason.{english}"
