"""An .npz archive from anyone, read within bounds: nothing is executed, no memory is taken before it is known how much.

numpy's own reader trusts the sizes that a file declares; this one looks at all of them first.
"""

import lzma
import math
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from tokenize import TokenError  # numpy reads an array's header with Python's own tokenizer
from typing import IO, Any, NamedTuple, TypeAlias

import numpy as np
from numpy.lib import format as npy_format
from numpy.typing import NDArray

from engine.reasons import ReasonedError

StrPath: TypeAlias = str | PathLike[str]

MAX_BYTES = 512 * 2**20  # of all arrays together, as they lie in memory: what a file may ask of the machine
MAX_UNFOLDING = 50  # times its own size: what a file may unfold to beyond FREE_BYTES; weights hardly shrink at all
FREE_BYTES = 64 * 2**20
MAX_ENTRIES = 1000
_CHUNK = 2**20  # bytes read at a time
# What reading a damaged archive can end in: wrong offsets, unknown or encrypted compression, broken data, odd names.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, OverflowError,
    RuntimeError, MemoryError,
)  # fmt: skip


class ModelError(ReasonedError):
    """A file or weights that do not make a model; the message names the weight and says what is wrong with it.

    `file`: the name of the file, once it is known.
    """

    file: str | None = None

    def of_file(self, path: StrPath) -> "ModelError":
        """The same, for who only knows the file."""
        known = ModelError(self.reason, **self.values)
        known.file = Path(path).name
        return known

    def apart(self) -> "ModelError":
        """The same, without what was going on when it was raised: to be kept."""
        same = ModelError(self.reason, **self.values)
        same.file = self.file
        return same

    def __str__(self) -> str:
        said = super().__str__()
        return said if self.file is None else f"{self.file} cannot be used as a model: {said}"


class Header(NamedTuple):
    """What an array says of itself before its numbers."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]

    @property
    def bytes_in_memory(self) -> int:
        """float16 weights are computed with as float32."""
        return math.prod(self.shape) * max(self.dtype.itemsize, 4)


@contextmanager
def opened(path: StrPath) -> Iterator["Archive"]:
    """The archive at `path`. Raises OSError where there is no file, ModelError where it is none or too large."""
    with open_regular(path) as file:
        try:
            _check_directory(file)
            with zipfile.ZipFile(file) as archive:
                yield Archive(archive, os.fstat(file.fileno()).st_size)
        except ModelError:
            raise
        except _DAMAGE as error:
            raise ModelError("it is not a whole .npz file ({error})", error=str(error)) from error


def open_regular(path: StrPath) -> IO[bytes]:
    """A file open to read. Raises ModelError for what is none: a pipe would wait, a device have no end; or OSError."""
    without_waiting = getattr(os, "O_NONBLOCK", 0)  # Windows has no such pipes
    file = open(path, "rb", opener=lambda name, flags: os.open(name, flags | without_waiting))  # noqa: SIM115
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise ModelError("it is not a file but a pipe or a device")
    return file


def _check_directory(file: IO[bytes]) -> None:
    """The archive's directory is small: zipfile takes it into memory whole before it can be asked how large it is.

    Where it stands and how long it is say the last bytes of the file; their second form is for archives beyond 4 GB.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 2**16 - 42))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    length = int.from_bytes(tail[at + 12 : at + 16], "little") if at >= 0 else 0
    if length > MAX_ENTRIES * 1000 or tail[max(at - 20, 0) : max(at - 16, 0)] == b"PK\6\7":
        raise ModelError(
            "it has more than {max_entries:,} arrays, or takes more than {max_bytes} MB",
            max_entries=MAX_ENTRIES,
            max_bytes=MAX_BYTES // 2**20,
        )
    file.seek(0)


class Archive:
    """The arrays of an open archive by name: first their headers, then, one by one, their numbers."""

    def __init__(self, archive: zipfile.ZipFile, size: int) -> None:
        """`size`: bytes of the file. Raises ModelError, or one of _DAMAGE as all that reads does."""
        entries = archive.infolist()
        if len(entries) > MAX_ENTRIES:
            raise ModelError(
                "it has {count:,} arrays, more than {max_entries:,}", count=len(entries), max_entries=MAX_ENTRIES
            )
        unfolded = sum(entry.file_size for entry in entries)
        if unfolded > MAX_BYTES:
            raise ModelError("its arrays take more than {max_bytes} MB", max_bytes=MAX_BYTES // 2**20)
        if unfolded > max(FREE_BYTES, MAX_UNFOLDING * size):
            raise ModelError(
                "it unfolds to {unfolded} MB, more than {max_unfolding} times its own size",
                unfolded=unfolded // 2**20,
                max_unfolding=MAX_UNFOLDING,
            )
        self._archive = archive
        self._entries = {entry.filename.removesuffix(".npy"): entry for entry in entries}
        if len(self._entries) < len(entries):
            raise ModelError("a name occurs twice in it")
        for name, entry in self._entries.items():
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise ModelError("the entry {name} is compressed in a way that numpy never does", name=repr(name[:80]))
        self.headers = {name: self._header(name) for name in self._entries}
        if sum(header.bytes_in_memory for header in self.headers.values()) > MAX_BYTES:
            raise ModelError("its arrays take more than {max_bytes} MB", max_bytes=MAX_BYTES // 2**20)

    def _header(self, name: str) -> Header:
        with self._archive.open(self._entries[name]) as stream:
            shape, _, dtype = _read_header(stream, name)
            found = self._entries[name].file_size - stream.tell()
            if found != math.prod(shape) * dtype.itemsize and not dtype.hasobject:
                raise ModelError(
                    "{name} declares shape {shape} of {dtype}, but its data has {found} bytes",
                    name=name[:80],
                    shape=shape,
                    dtype=dtype,
                    found=found,
                )
        return Header(shape, dtype.newbyteorder("="))

    def read(self, name: str) -> NDArray[Any]:
        """The array `name`, in the machine's byte order and in C order; it is the caller's own."""
        dtype = self.headers[name].dtype
        if dtype.hasobject:
            raise ModelError("{name} must hold numbers or texts, but holds Python objects", name=name[:80])
        if dtype.kind not in "fiuU" or dtype.names or dtype.subdtype or not dtype.itemsize:
            raise ModelError("{name} must hold numbers or texts, but has dtype {dtype}", name=name[:80], dtype=dtype)
        with self._archive.open(self._entries[name]) as stream:
            shape, fortran_order, dtype = _read_header(stream, name)
            array = np.empty(shape, dtype, order="F" if fortran_order else "C")
            data = array.reshape(-1, order="A").view(np.uint8)
            filled = 0
            while filled < len(data) and (chunk := stream.read(min(_CHUNK, len(data) - filled))):
                data[filled : filled + len(chunk)] = np.frombuffer(chunk, np.uint8)
                filled += len(chunk)
            if filled < len(data) or stream.read(1):  # the archive's own directory had it otherwise
                raise ModelError(
                    "{name} declares shape {shape} of {dtype}, but its data has another length",
                    name=name[:80],
                    shape=shape,
                    dtype=dtype,
                )
        return np.asarray(array, dtype.newbyteorder("="), order="C")


def _read_header(stream: IO[bytes], name: str) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    try:
        version = npy_format.read_magic(stream)
        read = {(1, 0): npy_format.read_array_header_1_0, (2, 0): npy_format.read_array_header_2_0}[version]
        shape, fortran_order, dtype = read(stream)
    except (ValueError, KeyError, TypeError, SyntaxError, TokenError, RecursionError, MemoryError) as error:
        raise ModelError(
            "the entry {name} is not a numpy array ({error})", name=repr(name[:80]), error=str(error)[:200]
        ) from error
    if any(length < 0 for length in shape):
        raise ModelError("{name} declares shape {shape}", name=name[:80], shape=shape)
    return shape, fortran_order, dtype
