"""Many guides: each is read once, noted, and taken up where a run was ended, whoever ended it."""

import os
import pickle
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
import tomllib
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from rich.console import Console

from extract.cli import main
from extract.cli.views import run_view
from extract.errors import Crashed
from extract.limits import DEFAULT_LIMITS, Limits
from extract.processes import worker
from extract.processes.worker import Worker
from extract.profile.files import profile_files
from extract.run import run_log, storage
from extract.run.executors import WorkerPool, map_unordered
from extract.run.one_guide import RunContext, fulfil, fulfil_and_note
from extract.run.outputs import RunOptions
from extract.run.run_log import MADE_BY, Entry, Run, read_entries, write_note, write_run_json
from tests.end_to_end.test_guide_2017 import PDF, ROOT
from tests.processes.test_worker import wait
from tests.pull.test_bad_pdf import encrypted
from tests.run.test_outputs import on_a_terminal
from tests.support import worker_jobs

pytestmark = pytest.mark.slow

TEXTS = [
    ROOT / "tests" / "layout" / "files" / name
    for name in ("x01_base.txt", "k3_long_intro_indented.txt", "x32_notice_before.txt")
]
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
AMENDED = '[[correction]]\nsection = "1.1"\nfield = "title"\nvalue = "x"\nquote = "y"\nby = "z"\nwhy = "w"\n'


def lay(folder: Path, count: int = 3) -> Path:
    """A folder with so many guides as plain text, each of which is read in a tenth of a second."""
    folder.mkdir()
    for number in range(count):
        shutil.copy(TEXTS[number % len(TEXTS)], folder / f"guide_{number:02}.txt")
    return folder


def run(*arguments: object, code: int = 0) -> None:
    assert main(["run", "-q", "--to", "json", "-j", "2", *map(str, arguments)]) == code


def told(output: Path) -> dict[str, Entry]:
    """What run.json says, by the names of the guides."""
    found = msgspec.json.decode((output / "run.json").read_bytes(), type=Run)
    assert list(found.guides) == sorted(found.guides, key=lambda entry: entry.input)
    return {Path(entry.input).name: entry for entry in found.guides}


def but_for_time(output: Path) -> list[Entry]:
    return [msgspec.structs.replace(entry, seconds=0) for entry in told(output).values()]


def records(output: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in output.iterdir() if file.name != "run.json"}


def written(output: Path) -> dict[str, int]:
    """When each record was written, in nanoseconds."""
    return {file.name: file.stat().st_mtime_ns for file in output.glob("guide*.json")}


# ── a run ─────────────────────────────────────────────────────────────────────────────────────────────


def test_many_guides_give_the_same_bytes_as_one_by_one(tmp_path: Path) -> None:
    guides, both, one, single = lay(tmp_path / "in", 6), tmp_path / "both", tmp_path / "one", tmp_path / "single"
    run(guides, "-o", both)
    run(*sorted(guides.iterdir(), reverse=True), "-j", "1", "-o", one)
    for guide in guides.iterdir():
        run(guide, "-o", single)
    assert sorted(records(both)) == [f"guide_{number:02}.json" for number in range(6)]
    assert records(both) == records(one) == records(single)
    assert but_for_time(both) == but_for_time(one)
    assert not (single / "run.json").exists()


def test_one_bad_guide_stops_no_other_and_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guides, out = lay(tmp_path / "in"), tmp_path / "out"
    (guides / "bad.pdf").write_bytes(b"hello")
    assert main(["run", str(guides), str(tmp_path / "none.txt"), "--to", "json", "-o", str(out)]) == 3
    seen = capsys.readouterr().err
    assert f"guide-extract: {guides / 'bad.pdf'}: not a PDF" in seen
    assert f"guide-extract: {tmp_path / 'none.txt'}: No such file" in seen
    assert "5 guides: 3 read, 2 unreadable\n" in seen
    assert f"  wrote run.json and what it lists to {out}\n" in seen
    assert sorted(records(out)) == ["guide_00.json", "guide_01.json", "guide_02.json"]
    noted = told(out)
    assert [(one.outcome, one.settled) for one in noted.values()] == [
        *[("unreadable", True)], *[("read", True)] * 3, ("unreadable", False),
    ]  # fmt: skip
    assert str(noted["bad.pdf"].error).startswith(f"{guides / 'bad.pdf'}: not a PDF, as its name says, but text; get ")
    assert noted["guide_00.txt"].sections == 4
    assert noted["guide_00.txt"].files == ("guide_00.json",)
    assert noted["guide_00.txt"].seconds > 0
    assert sum(noted["guide_00.txt"].checks.values()) > 5


def test_a_terminal_is_told_what_failed(tmp_path: Path) -> None:
    guides = lay(tmp_path / "in", 2)
    (guides / "bad.pdf").write_bytes(b"hello")
    seen = on_a_terminal(str(guides), "--to", "json", "-j", "1", "-o", str(tmp_path / "out"), code=3)
    assert "0/3" in seen
    assert "1 failed" in seen


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["a/guide.txt", "b/guide.pdf"], "would both write"),
        (["a/run.txt", "a/other.txt"], "would write {out}/run.json, in which the run is noted; rename one"),
        (["a/guide.txt", "a/guide.pdf"], "would both write {out}/guide.json; rename one, or use two runs with -o"),
    ],
)
def test_two_guides_with_one_target_are_refused_before_anything_is_read(
    names: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    run(*(tmp_path / name for name in names), "-o", out, code=2)
    assert message.format(out=out) in capsys.readouterr().err
    assert not out.exists()


def test_a_wrong_profile_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = tmp_path / "my.toml"
    profile.write_text('name = "my"\nextends = "intergovernmental"\nnonsense = 1\n')
    run(lay(tmp_path / "in"), "--profile", profile, "-o", tmp_path / "out", code=2)
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_guide_that_is_named_more_than_once_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    run(
        "in",
        "in/guide_00.txt",
        "./in/guide_00.txt",
        tmp_path / "in" / "guide_01.txt",
        f"file://{tmp_path}/in",
        "-o",
        "out",
    )
    assert [entry.input for entry in told(Path("out")).values()] == [f"in/guide_0{number}.txt" for number in range(3)]


def test_what_is_hidden_or_no_guide_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guides = lay(tmp_path / "in", 1)
    for name in ("._guide_00.txt", ".hidden.pdf", "guide_00.corrections.toml", "record.json"):
        (guides / name).write_text("")
    (guides / "folder.pdf").mkdir()
    run(guides, "-o", tmp_path / "out")
    assert list(told(tmp_path / "out")) == ["guide_00.txt"]
    run(guides / "folder.pdf", "-o", tmp_path / "out", code=2)
    assert "folder.pdf: no guides (.pdf, .docx, " in capsys.readouterr().err


@LINUX
def test_a_name_that_is_no_text_is_noted_as_it_can_be_shown(tmp_path: Path) -> None:
    guides = lay(tmp_path / "in", 1)
    odd = Path(os.fsdecode(os.fsencode(guides) + b"/\xff.txt"))
    shutil.copy(TEXTS[0], odd)
    run(guides, "-o", tmp_path / "out")
    assert [entry.outcome for entry in told(tmp_path / "out").values()] == ["read", "read"]
    assert list(told(tmp_path / "out")) == ["\\udcff.txt", "guide_00.txt"]


def test_an_overview_shows_the_worst_first_and_counts_the_rest() -> None:
    some = [Entry(input=f"{number:03}.pdf", outcome="read", seconds=1) for number in range(50)]
    some += [
        Entry(input="x.pdf", outcome="look", seconds=2.25, sections=3, files=("x.json",), findings={"a": 2, "b": 1})
    ]
    some += [Entry(input="y.pdf", outcome="unreadable", seconds=0, error="y.pdf: no")]
    lines = shown(some, read=12)
    assert [line.split() for line in lines[1:3]] == [
        ["y.pdf", "0.0", "unreadable"],
        ["x.pdf", "3", "3", "2.2", "to", "look", "at"],
    ]
    assert lines[-3:] == [
        "… and 12 more, in run.json",
        "",
        "52 guides: 50 read, 1 to look at, 1 unreadable; 40 had not changed",
    ]
    assert shown(some[:1], read=1)[-1] == "1 guide: 1 read"


def shown(some: list[Entry], *, read: int) -> list[str]:
    console = Console(width=120, file=StringIO())
    console.print(run_view(some, read))
    return [line.rstrip() for line in console.file.getvalue().rstrip().split("\n")]  # type: ignore[attr-defined]


# ── the next run ──────────────────────────────────────────────────────────────────────────────────────


def test_what_has_not_changed_is_not_read_again_unless_forced(tmp_path: Path) -> None:
    guides, out = lay(tmp_path / "in"), tmp_path / "out"
    (guides / "bad.pdf").write_bytes(b"hello")
    run(guides, "-o", out, code=3)
    first, then = told(out), written(out)
    run(guides, "-o", out, "--limit", "seconds=59", code=3)
    assert (told(out), written(out)) == (first, then)
    run(guides, "-o", out, "--force", code=3)
    assert all(now > then[name] for name, now in written(out).items())
    assert but_for_time(out) == [msgspec.structs.replace(entry, seconds=0) for entry in first.values()]


def test_it_is_the_same_guide_from_wherever_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guides, out = lay(tmp_path / "in", 2), tmp_path / "out"
    (guides / "bad.pdf").write_bytes(b"hello")
    profile = tmp_path / "my.toml"
    profile.write_text('name = "my"\nextends = "intergovernmental"\n')
    run(guides, "--profile", profile, "-o", out, code=3)
    then = written(out)
    monkeypatch.chdir(tmp_path)
    guides.rename("moved")
    run("moved", "--profile", "my.toml", "-o", "out", code=3)
    assert written(out) == then
    assert [entry.input for entry in told(out).values()] == [
        "moved/bad.pdf",
        "moved/guide_00.txt",
        "moved/guide_01.txt",
    ]
    assert str(told(out)["bad.pdf"].error).startswith("moved/bad.pdf: not a PDF")


def another_text(guides: Path, out: Path) -> list[object]:
    guide = guides / "guide_00.txt"
    guide.write_text(guide.read_text("utf-8") + "\n")
    return []


def another_profile(guides: Path, out: Path) -> list[object]:
    profile = guides / "my.toml"
    profile.write_text('name = "my"\nextends = "intergovernmental"\n')
    return ["--profile", profile]


def corrections(guides: Path, out: Path) -> list[object]:
    (guides / "guide_00.corrections.toml").write_text(AMENDED, "utf-8")
    return []


def a_lost_record(guides: Path, out: Path) -> list[object]:
    (out / "guide_00.json").unlink()
    return []


@pytest.mark.parametrize(
    ("change", "again"),
    [
        (another_text, {"guide_00.json"}),
        (another_profile, {"guide_00.json", "guide_01.json"}),
        (corrections, {"guide_00.json"}),
        (a_lost_record, {"guide_00.json"}),
        (lambda guides, out: ["--reader", "pdfium"], {"guide_00.json", "guide_01.json"}),
        (lambda guides, out: ["--to", "json,csv"], {"guide_00.json", "guide_01.json"}),
    ],
)
def test_what_its_outcome_depends_on_makes_a_guide_be_read_again(
    change: Callable[[Path, Path], list[object]], again: set[str], tmp_path: Path
) -> None:
    guides, out = lay(tmp_path / "in", 2), tmp_path / "out"
    run(guides, "-o", out)
    then = written(out)
    more = change(guides, out)
    run(guides, "-o", out, *more)
    after = written(out)
    assert {name for name, now in after.items() if name in then and now != then.get(name)} == again
    run(guides, "-o", out, *more)
    assert written(out) == after


def test_another_program_reads_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    guides, out = lay(tmp_path / "in", 1), tmp_path / "out"
    run(guides, "-o", out)
    then = written(out)
    for where in ("extract.cli.run.program_hash", "extract.run.one_guide.program_hash"):
        monkeypatch.setattr(where, lambda: "another")
    run(guides, "-o", out)
    assert written(out) != then


def test_a_program_is_its_files_and_all_libraries_that_make_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = project["dependencies"] + project["optional-dependencies"]["ocr"]
    assert set(MADE_BY) == {re.split("[<>=]", one)[0] for one in needed} - {"rich"}  # which the terminal alone shows
    ours = run_log.program_hash()
    monkeypatch.setattr(run_log, "version", lambda name: "2" if name == "babel" else "1")
    theirs = run_log.program_hash.__wrapped__()
    monkeypatch.setattr(run_log, "version", lambda name: "1")
    assert len({ours, theirs, run_log.program_hash.__wrapped__()}) == 3


def test_a_program_is_another_one_where_any_of_its_files_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "extract"
    shutil.copytree(ROOT / "extract", package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(run_log, "__file__", str(package / "run" / "run_log.py"))
    ours = run_log.program_hash.__wrapped__()
    assert ours == run_log.program_hash()
    files = [file for file in package.rglob("*") if file.is_file()]
    assert {".py", ".toml", ".j2", ".css", ".js", ".ttf"} <= {file.suffix for file in files}
    hashes = {ours}
    for file in files:
        file.write_bytes((was := file.read_bytes()) + b"\n")
        hashes.add(run_log.program_hash.__wrapped__())
        file.write_bytes(was)
    assert len(hashes) == len(files) + 1
    files[0].rename(files[0].with_stem("another"))
    assert run_log.program_hash.__wrapped__() not in hashes


def test_a_password_is_tried_on_what_could_not_be_read_without(tmp_path: Path) -> None:
    guides, out = lay(tmp_path / "in", 1), tmp_path / "out"
    (guides / "locked.pdf").write_bytes(encrypted())
    run(guides, "-o", out, "--reader", "pdfium", code=3)
    then = written(out)
    for password in ("wrong", "sesame"):
        run(guides, "-o", out, "--reader", "pdfium", "--password", password, code=3 if password == "wrong" else 0)
    assert written(out) == then  # the other guide has no password, and was not read again
    assert told(out)["locked.pdf"].outcome == "read"
    assert b"sesame" not in (out / "run.json").read_bytes()


@pytest.mark.parametrize(
    "damage", [b"", b"{}", b"[1, 2", b'{"program": "9", "guides": [{"input": "a", "outcome": "eaten"}]}']
)
def test_a_note_that_cannot_be_read_is_none(damage: bytes, tmp_path: Path) -> None:
    guides, out = lay(tmp_path / "in", 2), tmp_path / "out"
    out.mkdir()
    (out / ".run").mkdir()
    (out / "run.json").write_bytes(damage)
    (out / ".run" / "guide_00.json").write_bytes(damage)
    run(guides, "-o", out)
    assert list(told(out)) == ["guide_00.txt", "guide_01.txt"]
    assert sorted(file.name for file in out.iterdir()) == ["guide_00.json", "guide_01.json", "run.json"]


def test_a_run_keeps_what_was_noted_of_other_guides(tmp_path: Path) -> None:
    run(lay(tmp_path / "in", 2), "-o", tmp_path / "out")
    first = told(tmp_path / "out")
    (tmp_path / "in" / "guide_00.txt").rename(tmp_path / "in" / "new_00.txt")
    run(tmp_path / "in", "-o", tmp_path / "out")
    assert list(told(tmp_path / "out")) == ["guide_00.txt", "guide_01.txt", "new_00.txt"]
    assert told(tmp_path / "out")["guide_00.txt"] == first["guide_00.txt"]


def test_a_guide_of_the_same_name_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    out = tmp_path / "out"
    old, new = lay(tmp_path / "old", 1), lay(tmp_path / "new", 2)
    shutil.copy(TEXTS[2], new / "guide_00.txt")
    run(old, "-o", out)
    good = (out / "guide_00.json").read_bytes()
    run(new, "-o", out)
    assert [entry.input for entry in told(out).values()] == [str(new / "guide_00.txt"), str(new / "guide_01.txt")]
    run(old, old / "guide_00.txt", "-o", out)
    assert (out / "guide_00.json").read_bytes() == good


def test_a_guide_that_is_read_alone_is_noted_where_a_run_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guides, out = lay(tmp_path / "in", 2), tmp_path / "out"
    run(guides, "-o", out)
    first, then = told(out), written(out)
    another_text(guides, out)
    run(guides / "guide_00.txt", "-o", out)
    alone = told(out)
    assert alone["guide_01.txt"] == first["guide_01.txt"]
    assert alone["guide_00.txt"].sha256 != first["guide_00.txt"].sha256
    read = written(out)
    run(guides, "-o", out)
    assert written(out) == read != then
    shutil.copy(guides / "guide_00.txt", guides / "run.txt")
    run(guides / "run.txt", "-o", out, code=2)
    assert "in which the run is noted" in capsys.readouterr().err


# ── runs that are ended ───────────────────────────────────────────────────────────────────────────────


def endless(guides: Path, out: Path) -> list[str]:
    """The command of a run that reads two guides at once, of which one never ends."""
    (guides / "z_endless.txt").write_text("endless")
    command = [sys.executable, "-m", "tests.support.worker_jobs", "run", str(guides)]
    return [*command, "--to", "json", "-j", "2", "-o", str(out)]


def started(guides: Path, out: Path) -> subprocess.Popen[str]:
    """A run that is under way: some guides are noted, and one never is."""
    process = subprocess.Popen(endless(guides, out), cwd=ROOT, stderr=subprocess.PIPE, text=True)
    wait(lambda: len(list((out / ".run").glob("[!.]*.json"))) >= 2)
    return process


def is_taken_up(guides: Path, out: Path, count: int) -> None:
    """Nothing is half there; the next run reads what is missing and nothing else, and then all is there."""
    (guides / "z_endless.txt").unlink()
    files = [file for file in out.rglob("*") if file.is_file() and not file.name.startswith(".")]
    for file in files:
        msgspec.json.decode(file.read_bytes())
    done, then = read_entries(str(out)), written(out)
    assert 2 <= len(done) <= count
    assert {f"{stem}.json" for stem in done} <= set(then)
    run(guides, "-o", out)
    assert {name: at for name, at in written(out).items() if name[:-5] in done} == {
        name: at for name, at in then.items() if name[:-5] in done
    }
    assert {name: entry for name, entry in told(out).items() if Path(name).stem in done} == {
        Path(entry.input).name: entry for entry in done.values()
    }
    assert len(told(out)) == len(written(out)) == count
    assert not (out / ".run").exists()


def test_a_run_that_is_killed_is_taken_up_where_it_stopped(tmp_path: Path) -> None:
    guides, out = lay(tmp_path / "in", 14), tmp_path / "out"
    with started(guides, out) as process:
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert not (out / "run.json").exists()
    is_taken_up(guides, out, 14)
    single = tmp_path / "single"
    run(guides / "guide_13.txt", "-o", single)
    assert records(single)["guide_13.json"] == records(out)["guide_13.json"]


def test_a_run_that_is_interrupted_says_so_and_is_taken_up(tmp_path: Path) -> None:
    guides, out = lay(tmp_path / "in", 14), tmp_path / "out"
    with started(guides, out) as process:
        process.send_signal(signal.SIGINT)
        _, seen = process.communicate()
    assert process.returncode == 130
    assert seen == "guide-extract: interrupted; what was written is whole\n"
    assert all(entry.settled for entry in read_entries(str(out)).values())  # none that says its process died
    is_taken_up(guides, out, 14)


def test_files_of_a_reading_that_was_not_noted_are_not_taken_for_those_of_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guides, out = lay(tmp_path / "in", 1), tmp_path / "out"
    guide = guides / "guide_00.txt"
    run(guides, guide, "-o", out)
    good, text = (out / "guide_00.json").read_bytes(), guide.read_bytes()
    shutil.copy(TEXTS[1], guide)
    entry = next(iter(read_entries(str(out)).values()))
    fulfil(str(guide), batch(out), before=entry)  # and ended before it is noted
    assert (out / "guide_00.json").read_bytes() != good
    guide.write_bytes(text)
    run(guides, "-o", out)
    assert (out / "guide_00.json").read_bytes() == good


def batch(out: Path, *, home: str = "", limits: Limits = DEFAULT_LIMITS, program: str | None = None) -> RunContext:
    options = RunOptions(("json",), profile_files("intergovernmental"), "both", None, limits, None)
    return RunContext(
        output=str(out), home=home, force=False, options=options, program=program or run_log.program_hash()
    )


def test_a_worker_that_is_ended_by_another_thread_lets_go_and_says_nothing_of_the_guide(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as thread:
        call = thread.submit(
            worker.in_a_process, worker_jobs.leave_a_mark_and_hang, tmp_path, guide="a.pdf", limits=DEFAULT_LIMITS
        )
        wait((tmp_path / "process").exists)
        worker.end_workers()
        with pytest.raises(CancelledError):
            call.result(timeout=600)
    ended = Worker()
    ended.end()
    with pytest.raises(Crashed, match="ended"):
        ended.do(worker_jobs.doubled, 1, guide="a.pdf")


def test_writing_leaves_the_mask_of_the_process_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "umask", lambda mask: pytest.fail("threads that write at once share the mask"))
    storage.write(str(tmp_path / "a.json"), b"{}")
    assert (tmp_path / "a.json").read_bytes() == b"{}"


# ── ten thousand ──────────────────────────────────────────────────────────────────────────────────────


MANY = 10_000


def entry(number: int) -> Entry:
    """An entry like those of real guides."""
    codes = {f"finding-of-kind-{code}": number % 7 for code in range(8)}
    files = tuple(f"guide_{number}.{kind}" for kind in ("json", "xlsx", "html"))
    return Entry(
        input=f"/somewhere/with/a/path/guide_{number}.pdf", outcome="read", seconds=number / 7, sections=number % 60,
        checks={"proved": 9, "consistent": 1}, findings=codes, files=files, sha256=f"{number:064}", depends=f"{number:064}",
        settled=True,
    )  # fmt: skip


def sent(number: int) -> Entry:
    """An entry as it comes from another process, sharing nothing with others."""
    received: Entry = pickle.loads(pickle.dumps(entry(number)))
    return received


def test_things_are_drawn_as_they_are_needed_and_come_as_they_are_done() -> None:
    drawn: list[int] = []

    def things() -> Iterator[int]:
        for number in range(MANY):
            drawn.append(number)
            yield number

    with ThreadPoolExecutor(2) as executor:
        done = 0
        for number, result in map_unordered(WorkerPool(executor, 2, "two"), lambda number: 2 * number, things()):
            assert result == 2 * number
            done += 1
            assert len(drawn) < done + 8
    assert done == MANY


def test_as_many_calls_are_made_at_once_as_there_are_hands() -> None:
    both = threading.Barrier(2, timeout=600)
    with ThreadPoolExecutor(2) as executor:
        results = [
            result for _, result in map_unordered(WorkerPool(executor, 2, "two"), lambda _: both.wait(), range(6))
        ]
    assert sorted(map(str, results)) == ["0", "0", "0", "1", "1", "1"]


def test_what_goes_wrong_in_a_call_is_its_result() -> None:
    with ThreadPoolExecutor(1) as executor:
        results = dict(map_unordered(WorkerPool(executor, 1, "one"), lambda number: 1 // number, [1, 0]))
    assert results[1] == 1
    assert isinstance(results[0], ZeroDivisionError)


def test_memory_for_ten_thousand_guides_is_two_kilobytes_each(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as executor:
        tracemalloc.start()
        results = [result for _, result in map_unordered(WorkerPool(executor, 2, "two"), sent, range(MANY))]
        reading, _ = tracemalloc.get_traced_memory()
        write_run_json(str(tmp_path), [one for one in results if isinstance(one, Entry)])
        _, closing = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert reading < 2048 * MANY
    assert closing < 3 * 2048 * MANY
    assert len(read_entries(str(tmp_path))) == MANY


def test_ten_thousand_notes_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda file: None)
    for number in range(0, MANY, 20):
        write_note(str(tmp_path), f"guide_{number}", entry(number))
    assert read_entries(str(tmp_path)) == {f"guide_{number}": entry(number) for number in range(0, MANY, 20)}
    write_run_json(str(tmp_path), [entry(1)])
    assert len(told(tmp_path)) == MANY // 20 + 1
    assert [file.name for file in tmp_path.iterdir()] == ["run.json"]


# ── the docs ──────────────────────────────────────────────────────────────────────────────────────────


def commands(name: str) -> list[list[str]]:
    """The commands of a block of docs/batches.md, as a shell splits them."""
    page = (ROOT / "docs" / "batches.md").read_text("utf-8")
    (block,) = re.findall(rf"<!-- commands: {name} -->\n```bash\n(.*?)```", page, re.DOTALL)
    return [shlex.split(line) for line in block.splitlines()]


def test_commands_of_the_docs_run_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path / "raw", 2)
    (tmp_path / "more").mkdir()
    shutil.copy(PDF, tmp_path / "more")
    monkeypatch.chdir(tmp_path)
    shown = commands("here")
    assert [command[:2] for command in shown] == [["guide-extract", "run"]] * 2 + [["guide-extract", "table"]]
    for _, *words in shown:
        assert (
            main([one for word in words for one in (sorted(map(str, Path().glob(word))) if "*" in word else [word])])
            == 0
        )
    assert sorted(told(Path("records"))) == ["guide_00.txt", "guide_01.txt", "guide_2017.pdf"]
    assert Path("all.xlsx").is_file()


def test_what_the_docs_say_of_run_json_is_so() -> None:
    page = (ROOT / "docs" / "batches.md").read_text("utf-8")
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    (one,) = msgspec.json.decode(example, type=Run).guides
    assert list(msgspec.json.decode(example)["guides"][0]) == list(msgspec.to_builtins(one))
    rows = re.findall(r"^\| (`.*?`) \| ", page.partition("| key | says |")[2], re.MULTILINE)
    assert sorted(key for row in rows for key in re.findall("`(.*?)`", row)) == sorted(msgspec.to_builtins(one))


# ── elsewhere ─────────────────────────────────────────────────────────────────────────────────────────


def test_names_count_from_the_folder_of_whoever_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lay(tmp_path / "in", 1)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    done = fulfil_and_note(batch(tmp_path / "out", home=str(tmp_path)), ("in/guide_00.txt", None))
    missing = fulfil("in/none.txt", batch(tmp_path / "out", home=str(tmp_path)))
    worker.end_workers()
    assert (done.entry.outcome, done.entry.input) == ("read", "in/guide_00.txt")
    assert str(missing.entry.error).startswith("in/none.txt: No such file")


def test_a_worker_with_another_version_says_so(tmp_path: Path) -> None:
    done = fulfil(str(PDF), batch(tmp_path, program="another"))
    assert done.entry.outcome == "refused"
    assert "a worker has another version of the program; install the same everywhere" in str(done.entry.error)


def test_threads_end_with_their_run(tmp_path: Path) -> None:
    run(lay(tmp_path / "in", 2), "-o", tmp_path / "out")
    assert not [one for one in threading.enumerate() if one.name.startswith("ThreadPoolExecutor")]
    assert worker._workers == []
