"""The main job asks no network for anything."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.golden import ROOT

pytestmark = pytest.mark.slow

# Sockets of this machine's own processes (AF_UNIX) stay: processes speak to one another through them.
FORBIDDEN = """
import socket

def forbidden(*_, **__):
    raise SystemExit("the network was used")

class Socket(socket.socket):
    def connect(self, address):
        super().connect(address) if self.family == socket.AF_UNIX else forbidden()
    connect_ex = sendto = forbidden

socket.socket = Socket
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = forbidden
"""
JOB = """
import sys
sys.path.insert(0, sys.argv[1])
import sitecustomize  # forbids connections, in this process and, through PYTHONPATH, in those that it starts
from extract.cli import main
if __name__ == "__main__":
    sys.exit(main(["run", "-q", sys.argv[2], "-o", sys.argv[3], "--to", "json,xlsx,csv,parquet,html"]))
"""


def test_the_main_job_uses_no_network(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(FORBIDDEN)
    job = tmp_path / "job.py"
    job.write_text(JOB)
    environment = {"PYTHONPATH": f"{tmp_path}:{ROOT}", "PATH": "/usr/bin:/bin"}
    guide = ROOT / "docs" / "example" / "guide_2018.pdf"
    run: list[str | Path] = [sys.executable, job, tmp_path, guide, tmp_path / "out"]
    done = subprocess.run(run, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "out" / "guide_2018.html").is_file()
    for attempt in ("socket.create_connection(('127.0.0.1', 9))", "socket.socket().connect(('127.0.0.1', 9))"):
        probe = f"import sitecustomize, socket; {attempt}"
        caught = subprocess.run([sys.executable, "-c", probe], env=environment, capture_output=True, text=True)
        assert "the network was used" in caught.stderr, "the ban does not hold"
