"""`.deploy/hall` as it runs on a bare machine, for the tests of the balancer and the benchmark of a hall."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from .app_server import wait_until_healthy

HALL = Path(__file__).parents[2] / ".deploy" / "hall"
HAPROXY = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin")
# As `nohup ... &` starts it from a script: an interrupt and the end of the terminal are off.
IN_BACKGROUND = ("sh", "-c", """trap '' INT HUP; exec "$@" """, "nohup")


class Hall:
    """`url`: where visitors come in. `said`: what it has printed."""

    def __init__(self, log: Path, processes: int):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url, self.log = f"http://127.0.0.1:{port}", log
        command = [*IN_BACKGROUND, sys.executable, HALL, f"--port={port}", f"--processes={processes}"]
        with open(log, "w") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        end = time.monotonic() + 60
        while "Everyone opens" not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < end, self.said
            time.sleep(0.1)

    @property
    def said(self) -> str:
        return self.log.read_text()

    @property
    def pids(self) -> dict[int, int]:
        """Of the processes, by their numbers; of each that of its latest start."""
        return {int(number): int(pid) for number, pid in re.findall(r"process (\d+) .*\(pid (\d+)\)", self.said)}

    @property
    def ports(self) -> dict[int, int]:
        """Of the processes, by their numbers."""
        return {int(number): int(port) for number, port in re.findall(r"process (\d+) at port (\d+)", self.said)}

    def wait_for_all(self) -> None:
        """Until every process answers, also one that was killed."""
        for port in self.ports.values():
            wait_until_healthy(f"http://127.0.0.1:{port}/", self.process, self.log)

    def sessions(self) -> dict[int, int]:
        """How many each process has now."""
        told = {
            number: urlopen(f"http://127.0.0.1:{port}/_stcore/metrics", timeout=10).read()
            for number, port in self.ports.items()
        }
        return {number: int(re.search(rb"^active_sessions (\d+)", text, re.M)[1]) for number, text in told.items()}

    def get(self, path: str = "", **headers: str):
        """(status, headers) of an answer."""
        try:
            with urlopen(Request(f"{self.url}/{path}", headers=headers), timeout=10) as answer:
                return answer.status, answer.headers
        except HTTPError as error:
            return error.code, error.headers


@contextmanager
def hall_of(processes: int, log: Path) -> Iterator[Hall]:
    """It runs so long, and leaves no process behind. Raises AssertionError where it does, or printed a traceback."""
    hall = Hall(log, processes)
    try:
        yield hall
    finally:
        pids = hall.pids.values()
        hall.process.send_signal(signal.SIGINT)
        assert hall.process.wait(20) == 0, hall.said
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
    assert "Traceback" not in hall.said, hall.said
