"""A Streamlit server of one's own, for the browser tests and the benchmark of painting."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen


@contextmanager
def serving(script: Path, log: Path, port: int = 0) -> Iterator[str]:
    """The URL of `script`, run in its own folder, where its configuration is looked for. `log`: what it prints.
    `port`: 0 for any that is free.

    Raises AssertionError where it does not start, or printed a traceback.
    """
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    with open(log, "w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", script.name, "--server.headless=true", f"--server.port={port}"],
            cwd=script.parent,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    url = f"http://127.0.0.1:{port}/"
    try:
        wait_until_healthy(url, process, log)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert "Traceback" not in log.read_text(), log.read_text()


def wait_until_healthy(url: str, process: subprocess.Popen, log: Path) -> None:
    """Until somebody answers there. Raises AssertionError if `process` ends before, or nobody does in half a minute."""
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        try:
            urlopen(url + "_stcore/health", timeout=1).read()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {log.read_text()}")
