"""The front end as browsers get it: typescript checks it against the records, biome lints it, node runs its tests."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from .built import BUILT, build, sources

HERE = Path(__file__).parent
TOOLS = HERE / "node_modules" / ".bin"


@pytest.fixture(scope="module", autouse=True)
def tools():
    """Node and npm, wherever that has been told to look for packages, and what package.json names."""
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing:
        reason = f"{' and '.join(missing)} not installed (apt-get install nodejs npm)"
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    # Two processes of pytest-xdist share the folder: one installs and joins the modules, the other finds them there.
    filelock = pytest.importorskip("filelock")
    with filelock.FileLock(HERE / ".lock", timeout=300):
        wanted, installed = HERE / "package.json", HERE / "node_modules" / ".package.json"
        if not installed.exists() or installed.read_bytes() != wanted.read_bytes():
            install = ["npm", "install", "--prefix", str(HERE), "--no-package-lock", "--no-audit", "--no-fund"]
            subprocess.run(install, check=True, capture_output=True, text=True, timeout=300)
            shutil.copy(wanted, installed)
        build()


def run(*command):
    """What a tool complains of, with the places in our files, or nothing."""
    done = subprocess.run(command, cwd=HERE, capture_output=True, text=True, timeout=120)
    return _in_files(done.stdout + done.stderr) if done.returncode else ""


def test_the_front_end_takes_the_records_as_they_are():
    assert run(TOOLS / "tsc", "--project", HERE, "--pretty", "false") == ""


def test_the_front_end_is_lint_free():
    assert run(TOOLS / "biome", "lint", "--error-on-warnings", "--reporter=github") == ""


def test_presses_keys_address_and_roving_in_node():
    assert run("node", "--test", *(path.name for path in sorted(HERE.glob("*.test.mjs")))) == ""


def _in_files(output):
    """`output` with lines of joined modules named by the files that they come from."""
    known = sources()

    def place(match):
        name, number = match.group(1), int(match.group(2))
        line = (BUILT / f"{name}.js").read_text(encoding="utf-8").splitlines()[number - 1]
        file, at = known.get(line, (f"{name}.js", number))
        return f"{file}({at}"

    output = re.sub(r"built/(\w+)\.js\((\d+)", place, output)
    return re.sub(r"file=\S*built/(\w+)\.js,line=(\d+)", lambda match: place(match) + ")", output)
