"""A text file as anyone has it: what can be read gives the same clean text, what cannot is named with what to do."""

import codecs
import os
import re

import pytest

from engine.training import text_file
from engine.training.text_file import TextError, clean, decode, read

TEXT = "Ein Café.\nZwei Cafés, größer.\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("é", "e\u0301").replace("ö", "o\u0308").encode(),
        TEXT.replace(" ", "\u00a0").encode(),
        TEXT.replace("\n", "\u2028").encode(),
        TEXT.replace("E", "\ufeffE\u200b\u0007").encode(),
    ],
    ids=[
        "utf-8",
        "mark",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "crlf",
        "cr",
        "decomposed",
        "nbsp",
        "u+2028",
        "invisible",
    ],
)
def test_one_text_however_it_was_saved(tmp_path, data):
    path = tmp_path / "my.txt"
    path.write_bytes(data)
    assert read(path).text == TEXT


def test_what_was_changed_is_said():
    assert clean("Cafe\u0301\u200b").notes == (
        "1 invisible character was removed",
        "1 accented character was composed (NFC)",
    )
    assert clean(TEXT).notes == ()


def test_joiners_that_spell_persian_and_hindi_stay():
    for word in ("می\u200cخواهم", "क्\u200dष"):
        assert clean(word).text == word


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Größe und Café. ".encode("cp1252") * 9, "Windows-1252"),
        ("Привет, как дела? Хорошо. ".encode("cp1251") * 9, "Windows-1251"),
        ("Привет, как дела? Хорошо. ".encode("koi8-r") * 9, "KOI8-R .* iconv -f KOI8-R "),
        ("Привет, как дела? Хорошо. ".encode("cp866") * 9, "IBM 866 .* iconv -f CP866 "),
        ("Το σπίτι είναι μεγάλο και η γάτα κοιμάται. ".encode("cp1253") * 9, "Windows-1253 .* iconv -f WINDOWS-1253 "),
        ("שלום עולם, החתול ישן ".encode("cp1255") * 9, "Windows-1255"),
        ("القط ينام كل يوم ".encode("cp1256") * 9, "Windows-1256"),
        ("이것은 한국어로 쓴 글이다. 고양이가 잔다. 漢字".encode("cp949") * 9, "CP949 or EUC-KR .* iconv -f CP949 "),
        ("これはわたしのほんです。テスト".encode("euc_jp") * 9, "EUC-JP .* iconv -f EUC-JP "),
        ("Le cœur est là où l’été s’étire. ".encode("cp1252") * 9, "Windows-1252"),
        ("这是我的中国，一个在人的世界。".encode("gb18030") * 9, "GB18030"),
        ("這是我們的國家，一個在人的世界。".encode("big5") * 9, "Big5"),
        ("これはわたしのほんです。テスト".encode("shift_jis") * 9, "Shift JIS"),
        ("A text.".encode("utf-16-le") * 9, "UTF-16 without"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8", "damaged"),
        (b"%PDF-1.7 \xff\xfe", "a PDF"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"\x89PNG\r\n", "a picture"),
        (bytes(range(256)), "binary"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_utf_8_is_named_with_what_to_do(data, said):
    with pytest.raises(TextError) as error:
        decode(data, "my.txt")
    assert re.search(said, str(error.value))
    assert "UTF-8" in str(error.value)
    assert "my.txt" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_guess_looks_at_whole_characters_only():
    data = "这是我的中国，一个在人的世界。".encode("gb18030") * 9000  # cut within a character after 100,000 bytes
    for start in range(2):
        with pytest.raises(TextError, match="GB18030"):
            decode(b"a" * start + data, "my.txt")


@pytest.mark.parametrize("kind", ["folder", "missing", "large", "fifo", "zero byte"])
def test_what_is_no_text_file_is_one_sentence(tmp_path, monkeypatch, kind):
    path = tmp_path / "my.txt"
    if kind == "folder":
        path.mkdir()
    elif kind == "large":
        monkeypatch.setattr(text_file, "MAX_BYTES", 5)
        path.write_text("123456")
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "zero byte":
        path = tmp_path / "my\0.txt"
    with pytest.raises(TextError) as error:
        read(path)
    assert "\n" not in str(error.value)
    assert "my" in str(error.value)
