"""A guide is read in a process of its own: whatever happens there, it ends, and it is that guide's error."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.cli import main
from extract.errors import Crashed, ExtractError, LimitPassed, UsageError
from extract.limits import DEFAULT_LIMITS, Limits, within_limits
from extract.processes.worker import run_isolated
from tests.end_to_end.test_guide_2017 import PDF, ROOT
from tests.support import worker_jobs

pytestmark = pytest.mark.slow

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory of a process")
STRICT = Limits(seconds=2, memory=256)


def test_what_the_function_returns_comes_back_and_what_it_reports() -> None:
    reported: list[tuple[str, int, int]] = []
    assert run_isolated(worker_jobs.doubled, 21, guide="a.pdf") == 42
    assert run_isolated(worker_jobs.doubled, 21, guide="a.pdf", step=lambda *step: reported.append(step)) == 42
    assert reported == [("halves", 1, 2), ("halves", 2, 2)]


@pytest.mark.parametrize(
    ("function", "argument", "kind", "message"),
    [
        (worker_jobs.hang, 0, LimitPassed, "a.pdf: takes more than 2 seconds to read, the limit seconds; "),
        (worker_jobs.die, signal.SIGSEGV, Crashed, "a.pdf: the process that read it died (SIGSEGV)"),
        (worker_jobs.die, signal.SIGKILL, Crashed, "a.pdf: the process that read it died (SIGKILL)"),
        (worker_jobs.die, signal.SIGTRAP, Crashed, "a.pdf: the process that read it died (SIGTRAP, perhaps of the limit memory)"),
        (worker_jobs.leave, 7, Crashed, "a.pdf: the process that read it died (exit code 7)"),
        (worker_jobs.fail, 0, Crashed, "a.pdf: the program failed on it (ZeroDivisionError: not ours)"),
        (worker_jobs.refuse, "ours", UsageError, "ours"),
        pytest.param(
            worker_jobs.fill, 4096, LimitPassed, "a.pdf: takes more than 256 MiB of memory to read, the limit memory; ",
            marks=LINUX,
        ),
    ],
)  # fmt: skip
def test_what_goes_wrong_there_is_an_error_here(
    function: Callable[[Any], Any], argument: object, kind: type[ExtractError], message: str
) -> None:
    with pytest.raises(kind) as raised:
        run_isolated(function, argument, guide="a.pdf", limits=STRICT)
    assert str(raised.value).startswith(message)


def test_a_page_read_by_ocr_has_a_time_of_its_own() -> None:
    assert run_isolated(worker_jobs.go_on, 4, guide="a.pdf", limits=STRICT) == "done"
    with pytest.raises(
        LimitPassed, match=r"^a\.pdf: takes OCR more than 1 seconds to read a page, the limit ocr_seconds; "
    ):
        run_isolated(worker_jobs.go_on, 4, guide="a.pdf", limits=Limits(seconds=2, ocr_seconds=1))


@LINUX
def test_ocr_has_memory_of_its_own() -> None:
    assert run_isolated(worker_jobs.fill_more, 400, guide="a.pdf", limits=STRICT) == 400 << 20


@LINUX
def test_memory_below_the_limit_can_be_taken() -> None:
    assert run_isolated(worker_jobs.fill, 128, guide="a.pdf", limits=STRICT) == 128 << 20


def test_what_libraries_print_there_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    run_isolated(worker_jobs.shout, 0, guide="a.pdf")
    assert capfd.readouterr() == ("", "")


def alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z" if sys.platform == "linux" else True


CALLER = """
import sys
from pathlib import Path
from extract.processes.worker import run_isolated
from tests.support.worker_jobs import leave_a_mark_and_hang
if __name__ == "__main__":
    run_isolated(leave_a_mark_and_hang, Path(sys.argv[1]), guide="a.pdf")
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_process_stays_behind(how: signal.Signals, tmp_path: Path) -> None:
    script = tmp_path / "caller.py"
    script.write_text(CALLER)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, script, tmp_path], env=environment, stderr=subprocess.DEVNULL) as caller:
        mark = tmp_path / "process"
        wait(lambda: mark.exists() and mark.read_text() != "")
        child = int(mark.read_text())
        assert alive(child)
        caller.send_signal(how)
    wait(lambda: not alive(child))


def wait(until: Callable[[], bool]) -> None:
    """Wait until something is so; it never comes to be where it takes ten minutes, however busy the machine is."""
    for _ in range(12_000):
        if until():
            return
        time.sleep(0.05)
    raise AssertionError("waited for ten minutes")


# ── the command ───────────────────────────────────────────────────────────────────────────────────────


@LINUX
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_what_was_there(how: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "guide_2017.json").write_bytes(b"good")
    run = [sys.executable, "-m", "extract", "run", "-q", str(PDF), "-o", str(tmp_path)]
    with subprocess.Popen(run, stderr=subprocess.PIPE, text=True, cwd=ROOT) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        wait(lambda: children.read_text() != "")  # the guide is being read
        process.send_signal(how)
        _, told = process.communicate()
    assert process.returncode == 128 + how
    assert "Traceback" not in told
    assert (tmp_path / "guide_2017.json").read_bytes() == b"good"
    assert [file.name for file in tmp_path.iterdir()] == ["guide_2017.json"]


FULL = """
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))  # as if the disk were full after that
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
from extract.cli import main
if __name__ == "__main__":
    sys.exit(main(["run", "-q", sys.argv[1], "-o", sys.argv[2]]))
"""


def test_a_full_disk_is_a_clear_error_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "guide_2017.json").write_bytes(b"good")
    script = tmp_path / "full.py"
    script.write_text(FULL)
    done = subprocess.run([sys.executable, script, PDF, tmp_path], cwd=ROOT, capture_output=True, text=True,
                          env={**os.environ, "PYTHONPATH": str(ROOT)})  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.startswith(f"guide-extract: {tmp_path / 'guide_2017.json'}: cannot be written (File too large)")
    assert done.stderr.count("\n") == 1
    assert (tmp_path / "guide_2017.json").read_bytes() == b"good"
    assert sorted(file.name for file in tmp_path.iterdir()) == ["full.py", "guide_2017.json"]


@LINUX
def test_a_limit_that_is_passed_is_exit_3_and_says_how_to_raise_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["run", "-q", str(PDF), "-o", str(tmp_path / "out"), "--to", "json"]
    assert main([*arguments, "--limit", "memory=8"]) == 3
    told = capsys.readouterr().err
    assert "8 MiB of memory" in told
    assert "--limit memory=16" in told
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("words", ["pages=0", "pages=-1", "pages=many", "pages", "sheets=3", "pages=1.5", "pages=²"])
def test_a_limit_that_is_none_is_wrong_usage(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "a.pdf", "--limit", words]) == 2
    assert capsys.readouterr().err.startswith(f"guide-extract: --limit {words}: ")


def test_limits_are_changed_one_by_one() -> None:
    assert within_limits("seconds=5", within_limits("pages=3", DEFAULT_LIMITS)) == Limits(seconds=5, pages=3)
