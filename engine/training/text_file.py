"""A text file as anyone has it -> clean text: which encoding, which line ends, which accents.

Read is UTF-8, with or without a byte-order mark, and UTF-16 and UTF-32 with one. Everything else is refused by name,
with what to do: to train on a guessed encoding would teach a model to write what nobody has written.
"""

import codecs
import re
import unicodedata
from pathlib import Path
from shlex import quote
from typing import NamedTuple

MAX_BYTES = 20 * 2**20  # of a file: more than a network of this kind can read in hours

_MARKS = (  # UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"), (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"), (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)  # fmt: skip
_KINDS = (  # how files begin that are taken for texts
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a zip archive (as are .docx, .odt, .epub and .npz)"),
    (b"\x1f\x8b", "a gzip archive"), (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"), (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"), (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
)  # fmt: skip
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
# Control characters, and what only looks like nothing. ZWNJ and ZWJ stay: Persian and Hindi are spelled with them.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u2060\ufeff]")
_BLANKS = re.compile("[\t\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_KANA = re.compile("[\u3041-\u3093\u30a1-\u30f6]")
_KOREAN = re.compile("[가-힣]")
_OF_ONE_BYTE = (  # as iconv says it, what it is called, and the letters that make half of such a text
    ("WINDOWS-1251", "Windows-1251 (Cyrillic)", "оеаинтср"),
    ("KOI8-R", "KOI8-R (Cyrillic)", "оеаинтср"),
    ("CP866", "IBM 866 (Cyrillic)", "оеаинтср"),
    ("WINDOWS-1253", "Windows-1253 or ISO 8859-7 (Greek)", "αοιετσνη"),
    ("WINDOWS-1255", "Windows-1255 or ISO 8859-8 (Hebrew)", "לאוירהםמ"),
    ("WINDOWS-1256", "Windows-1256 (Arabic)", "ايلمنوتر"),
)
_SHARE = 0.35
_COMMON_CHINESE = frozenset("的一是了不在人有我他这中大来上国个到说们為为這國來個說們")


class TextError(ValueError):
    """A text that cannot be trained on; the message says what is wrong and what to change.

    `reason`, with its `values`: the same for who says it in other words (engine/ui/words/train.py); "" for what only a
    command line can be told.
    """

    def __init__(self, message: str, reason: str = "", **values: object) -> None:
        super().__init__(message)
        self.reason, self.values = reason, values


class CleanText(NamedTuple):
    """`text`: in composed characters (NFC), lines ending in \\n, blanks as spaces. `notes`: a sentence for each thing
    that was changed on the way."""

    text: str
    notes: tuple[str, ...]


def read(path: Path) -> CleanText:
    """The clean text of the file. Raises TextError, which names it."""
    try:
        if path.is_dir():
            raise TextError(f"{path} is a folder; give a text file in it")
        if not path.exists():
            raise TextError(f"there is no file {path}; check its name and folder")
        if not path.is_file():
            raise TextError(f"{path} is not a regular file; give a text file")
        if (size := path.stat().st_size) > MAX_BYTES:
            raise TextError(
                f"{path} has {size / 2**20:.0f} MB, and at most {MAX_BYTES // 2**20} can be used; give a part of it"
            )
        data = path.read_bytes()
    except OSError as error:
        raise TextError(f"{path} cannot be read: {error.strerror or error}") from error
    except ValueError as error:
        if isinstance(error, TextError):
            raise
        raise TextError(f"{str(path)!r} cannot be the name of a file: {error}") from error
    return clean(decode(data, path.name))


def decode(data: bytes, name: str) -> str:
    """The characters of `data`. Raises TextError, which calls it `name` and says what it seems to be."""
    for mark, codec, called in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(codec)
            except UnicodeDecodeError as error:
                raise TextError(
                    f"{name} begins as {called} but is damaged at byte {error.start:,}; save it once more as UTF-8",
                    "damaged",
                    encoding=called,
                ) from error
    for start, kind in _KINDS:
        if data.startswith(start):
            raise TextError(f"{name} is {kind}, not plain text; save the text in it as a .txt file in UTF-8", "kind")
    if b"\0" in data:
        zeros = [data[side::2].count(0) for side in (0, 1)]
        if max(zeros) > len(data) / 5 and min(zeros) < max(zeros) / 10:
            raise TextError(
                f"{name} seems to be UTF-16 without a byte-order mark; save it as UTF-8", "encoding", encoding="UTF-16"
            )
        raise TextError(
            f"{name} is a binary file, not plain text: it holds zero bytes; give a .txt file in UTF-8", "kind"
        )
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        called, codec = _likely_encoding(data)
        raise TextError(
            f"{name} is not UTF-8 (byte {data[error.start]:#04x} at place {error.start:,}) but perhaps {called}; "
            f"save it as UTF-8, in an editor or by: iconv -f {codec} -t UTF-8 {quote(name)} > {quote('utf8-' + name)}",
            "encoding",
            encoding=called,
        ) from error


def clean(text: str) -> CleanText:
    """The text as it is trained on; see `CleanText`.

    >>> clean("Cafe\\u0301\\r\\nau lait")
    CleanText(text='Café\\nau lait', notes=('1 accented character was composed (NFC)',))
    """
    notes = []
    text = _LINE_ENDS.sub("\n", text)
    text, removed = _INVISIBLE.subn("", text)
    text = _BLANKS.sub(" ", text)
    if removed:
        notes.append(f"{removed:,} invisible character{'s were' if removed > 1 else ' was'} removed")
    composed = unicodedata.normalize("NFC", text)
    if composed != text:
        count = abs(len(text) - len(composed)) or 1
        notes.append(f"{count:,} accented character{'s were' if count > 1 else ' was'} composed (NFC)")
    return CleanText(composed, tuple(notes))


def _likely_encoding(data: bytes) -> tuple[str, str]:
    """(its name as editors say it, as iconv says it): a guess to begin with, from the first part of the file."""
    data = data[:100_000]

    def read_as(codec: str) -> str:
        try:
            return data.decode(codec)
        except UnicodeDecodeError as error:
            return data[: error.start].decode(codec) if error.start > len(data) - 4 else ""  # cut within a character

    high = sum(byte > 127 for byte in data)
    for codec, called in (("shift_jis", "Shift JIS (Japanese)"), ("euc_jp", "EUC-JP (Japanese)")):
        if len(_KANA.findall(read_as(codec))) > high / 8:
            return called, codec.upper().replace("EUC_JP", "EUC-JP")
    if len(_KOREAN.findall(read_as("cp949"))) > 0.7 * high / 2:
        return "CP949 or EUC-KR (Korean)", "CP949"
    for codec, called in (("gb18030", "GB18030 or GBK (Chinese)"), ("big5", "Big5 (Chinese)")):
        text = read_as(codec)
        if sum(character in _COMMON_CHINESE for character in text) > high / 60:
            return called, codec.upper()
    guesses = [(_share(data.decode(codec, "replace"), common), called, codec) for codec, called, common in _OF_ONE_BYTE]
    share, called, codec = max(guesses)
    if share > _SHARE:
        return called, codec
    return "Windows-1252 or Latin-1 (Western European)", "WINDOWS-1252"


def _share(text: str, common: str) -> float:
    """How many of the letters are those that are `common` in a language: half, where the text is in it."""
    letters = [character for character in text if character.isalpha()]
    return sum(letter in common for letter in letters) / max(1, len(letters))
