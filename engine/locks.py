"""A file that one process holds: the kernel lets go of it when that process ends, however it ends."""

import sys
from pathlib import Path
from typing import IO


def take(path: Path) -> IO[bytes] | None:
    """The file, open and held until it is closed; None while somebody else holds it. Made where it is not there."""
    file = open(path, "ab")  # noqa: SIM115
    if takes(file.fileno()):
        return file
    file.close()
    return None


def is_held(path: Path) -> bool:
    """Whether a process that lives holds it."""
    if not path.exists():
        return False
    file = take(path)
    if file is None:
        return True
    file.close()
    return False


def takes(descriptor: int) -> bool:
    """Whether the open file could be held, without waiting for it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
