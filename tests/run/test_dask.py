"""The same on a Dask cluster: files and notes as they are here, and a worker that dies loses nothing."""

import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen
from typing import Any

import dask
import fsspec
import msgspec
import pytest
from distributed import Client, LocalCluster
from fsspec.implementations.memory import MemoryFileSystem

from extract.cli import main
from extract.errors import UsageError
from extract.limits import Limits
from extract.run import storage
from extract.run.executors import dask_pool, map_unordered
from extract.run.one_guide import fulfil, fulfil_and_note
from extract.run.run_log import Entry, Run, read_entries
from tests.end_to_end.test_guide_2017 import ROOT
from tests.processes.test_worker import wait
from tests.run.test_batch import batch, but_for_time, commands, endless, lay, records, run, told, written
from tests.support import worker_jobs

pytestmark = pytest.mark.slow


def local(**options: Any) -> Any:
    """A cluster on this machine, as somebody would start it who knows nothing of guides."""
    return LocalCluster(**{"threads_per_worker": 2, "dashboard_address": ":0", "silence_logs": 50} | options)  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def threads() -> Iterator[str]:
    """The address of a cluster of two threads within this process, whose memory:// is ours."""
    with local(n_workers=1, processes=False, protocol="tcp") as started:
        yield started.scheduler_address


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    """Files in memory, which are gone afterwards."""
    files = fsspec.filesystem("memory")
    yield files
    files.store.clear()
    files.pseudo_dirs[:] = [""]


def upload(files: MemoryFileSystem, guides: Path) -> None:
    for guide in guides.iterdir():
        files.pipe_file(f"/in/{guide.name}", guide.read_bytes())


def at(files: MemoryFileSystem, folder: str) -> dict[str, bytes]:
    """What the files of a folder hold."""
    return {Path(name).name: files.cat_file(name) for name in files.ls(folder, detail=False)}


def there(files: MemoryFileSystem) -> dict[str, Entry]:
    found = msgspec.json.decode(files.cat_file("/out/run.json"), type=Run).guides
    return {Path(entry.input).name: entry for entry in found}


# ── the same ──────────────────────────────────────────────────────────────────────────────────────────


def test_files_and_notes_are_those_of_a_run_here(threads: str, memory: MemoryFileSystem, tmp_path: Path) -> None:
    guides, here = lay(tmp_path / "in"), tmp_path / "here"
    (guides / "bad.pdf").write_bytes(b"hello")
    (guides / "guide_02.corrections.toml").write_text(
        '[[correction]]\nfield = "year"\nvalue = 2001\nwas = 2017\nby = "a"\nwhy = "b"\n'
    )
    upload(memory, guides)
    run(guides, "-o", here, code=3)
    run("memory://in", "-o", "memory://out", "--dask", threads, code=3)
    made = at(memory, "/out")
    noted = made.pop("run.json")
    assert made == records(here)
    assert [alike(one, "memory://in") for one in there(memory).values()] == [
        alike(one, str(guides)) for one in told(here).values()
    ]
    assert there(memory)["guide_02.txt"].findings["correction-stale"] == 1
    run("memory://in", "-o", "memory://out", "--dask", threads, code=3)
    assert memory.cat_file("/out/run.json") == noted  # seconds and all: nothing was read again
    memory.rm_file("/in/guide_02.corrections.toml")
    run("memory://in", "-o", "memory://out", "--dask", threads, code=3)
    assert "correction-stale" not in there(memory)["guide_02.txt"].findings


def alike(entry: Entry, folder: str) -> Entry:
    """An entry without what a run elsewhere has otherwise: where it is, and how long it takes."""
    error = entry.error and entry.error.replace(folder, "")
    return msgspec.structs.replace(entry, seconds=0, input=entry.input.replace(folder, ""), error=error)


def test_a_guide_elsewhere_is_read_alone_and_shown(
    memory: MemoryFileSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upload(memory, lay(tmp_path / "in", 1))
    assert main(["run", "-v", "memory://in/guide_00.txt", "--to", "json", "-o", "memory://out"]) == 0
    seen = capsys.readouterr().err
    size = len(at(memory, "/out")["guide_00.json"])
    assert f"  guide_00.json: {size:,} bytes\n" in seen
    assert "  wrote guide_00.json to memory://out\n" in seen
    assert list(at(memory, "/out")) == ["guide_00.json"]


# ── the docs ──────────────────────────────────────────────────────────────────────────────────────────


def test_commands_of_the_docs_run_on_clusters(
    threads: str, memory: MemoryFileSystem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(memory, lay(tmp_path / "raw", 2))
    monkeypatch.chdir(tmp_path)
    here, there = [words[1:] for words in commands("cluster")]
    assert main([*here, "--to", "json"]) == 0
    known = {"tcp://scheduler:8786": threads, "s3://guides/2017": "memory://in", "s3://records/2017": "memory://out"}
    assert known.keys() < set(there)
    assert main([*(known.get(word, word) for word in there), "--to", "json"]) == 0
    made = at(memory, "/out")
    assert made.keys() == {"guide_00.json", "guide_01.json", "run.json"}
    assert {name: data for name, data in made.items() if name != "run.json"} == records(tmp_path / "records")


def test_workers_that_are_started_as_the_docs_say_have_processes_of_their_own(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    (dask_, *schedule), (setting, _, *work_) = commands("workers")
    assert dask_ == "dask"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **dict([setting.split("=")])}
    started = [
        [*(word.replace("8786", str(port)) for word in schedule), "--dashboard-address", ":0"],
        [word.replace("tcp://scheduler:8786", address) for word in work_],
    ]
    with ExitStack() as stack:
        for words in started:
            command = [sys.executable, "-m", "dask", *words]
            process = stack.enter_context(Popen(command, env=environment, stderr=DEVNULL, cwd=tmp_path))
            stack.callback(process.terminate)
        wait(lambda: answers(port))
        run(lay(tmp_path / "in", 2), "-o", tmp_path / "out", "--dask", address)
        with dask_pool(address, 1) as pool:
            assert pool.executor.submit(worker_jobs.process, 0).result()[1]
            assert pool.description.startswith(f"2 threads of {address}, to be watched at ")
    assert len(records(tmp_path / "out")) == 2


def answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


# ── workers that die ──────────────────────────────────────────────────────────────────────────────────


def test_a_worker_that_is_killed_loses_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    guides, out, here = lay(tmp_path / "in", 10), tmp_path / "out", tmp_path / "here"
    run(guides, "-o", here)
    with dask_pool("local", 2) as pool:
        things = [(str(guide), None) for guide in sorted(guides.iterdir())]
        results = map_unordered(pool, partial(fulfil_and_note, batch(out)), things)
        done = [next(results)]
        process, _ = pool.executor.submit(worker_jobs.process, 0).result()
        os.kill(process, signal.SIGKILL)
        done += results
        after = {pool.executor.submit(worker_jobs.process, number).result() for number in range(8)}
    assert (process, True) not in after
    assert all(free for _, free in after)  # also the one that came in its place may have processes of its own
    assert sorted(thing for thing, _ in done) == things
    assert [result for _, result in done if isinstance(result, Exception)] == []
    then = written(out)
    run(guides, "-o", out)
    assert written(out) == then
    assert records(out) == records(here)
    assert but_for_time(out) == but_for_time(here)
    assert "Traceback" not in capfd.readouterr().err


def test_a_guide_that_kills_its_workers_is_noted_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    guides, out = lay(tmp_path / "in", 2), tmp_path / "out"
    (guides / "poison.txt").write_text("poison")
    monkeypatch.setattr("extract.cli.run.fulfil_and_note", worker_jobs.fulfil_or_die)
    with dask.config.set({"distributed.scheduler.allowed-failures": 2}):
        run(guides, "-o", out, "--dask", "local", code=3)
    entries = told(out)
    assert [entry.outcome for entry in entries.values()] == ["read", "read", "unreadable"]
    assert not entries["poison.txt"].settled
    assert f"{guides / 'poison.txt'}: nobody could read it (KilledWorker: " in str(entries["poison.txt"].error)
    lines = [line for line in capfd.readouterr().err.split("\n") if line.startswith("guide-extract: ")]
    assert len(lines) == 1


def test_a_worker_that_may_have_no_processes_reads_in_its_own(tmp_path: Path) -> None:
    guides, out, here = lay(tmp_path / "in", 2), tmp_path / "out", tmp_path / "here"
    (guides / "bad.pdf").write_bytes(b"hello")
    run(guides, "-o", here, code=3)
    with local(n_workers=1) as started:
        run(guides, "-o", out, "--dask", started.scheduler_address, code=3)
        with dask_pool(started.scheduler_address, 1) as pool:
            assert not pool.executor.submit(worker_jobs.process, 0).result()[1]
    assert records(out) == records(here)
    assert but_for_time(out) == but_for_time(here)


def test_an_interrupt_from_the_keyboard_ends_a_cluster_here_without_a_word(tmp_path: Path) -> None:
    guides, out = lay(tmp_path / "in", 30), tmp_path / "out"
    command = [*endless(guides, out), "-q", "--dask", "local"]
    with Popen(command, cwd=ROOT, stderr=PIPE, text=True, start_new_session=True) as process:
        wait(lambda: len(written(out)) >= 2)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all
        _, seen = process.communicate()
    assert (process.returncode, seen) == (130, "guide-extract: interrupted; what was written is whole\n")
    done = read_entries(str(out))
    assert 2 <= len(done) <= 30
    assert all(entry.settled for entry in done.values())
    wait(lambda: not alive(process.pid))


@pytest.mark.parametrize("logger", ["distributed.scheduler", "distributed.client", "distributed.worker"])
def test_what_dask_logs_of_calls_that_are_let_go_is_not_heard(
    logger: str, threads: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def close(client: Any, close: Any = Client.close) -> None:
        logging.getLogger(logger).critical("Couldn't gather keys")
        close(client)

    with dask_pool(threads, 1):
        monkeypatch.setattr(Client, "close", close)
        logging.getLogger(logger).error("heard")
    logging.getLogger(logger).error("heard again")
    told = [one.message for one in caplog.records if one.name == logger and one.levelno >= logging.ERROR]
    assert told == ["heard", "heard again"]


def test_what_the_processes_of_a_cluster_here_log_is_not_heard(capfd: pytest.CaptureFixture[str]) -> None:
    with dask_pool("local", 1) as pool:
        for name in ("distributed.worker", "distributed.nanny", "distributed.core"):
            pool.executor.submit(worker_jobs.log, name).result()
    assert capfd.readouterr().err == ""


def alive(group: int) -> bool:
    """Whether a process of a group is left."""
    with suppress(ProcessLookupError):
        os.killpg(group, 0)
        return True
    return False


def test_what_fails_in_another_way_is_tried_again(threads: str, tmp_path: Path) -> None:
    with dask_pool(threads, 1) as pool:
        assert list(map_unordered(pool, worker_jobs.fail_twice, [tmp_path])) == [(tmp_path, 2)]


def test_a_cluster_that_grows_finds_work(threads: str) -> None:
    with dask_pool(threads, 1) as pool:
        assert pool.slots >= 100
        assert pool.description.startswith(f"2 threads of {threads}")


# ── what is wrong ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("tcp://127.0.0.1:9", "Timed out"),
        ("127.0.0.1", "missing port"),
        ("nonsense://127.0.0.1:1", "unknown address scheme"),
    ],
)
def test_an_address_where_no_scheduler_is_gets_one_line(
    address: str, message: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def client(to: str, timeout: float, **options: Any) -> Any:
        asked.append((to, timeout))
        return Client(to, timeout=timeout, **options)  # type: ignore[no-untyped-call]

    monkeypatch.setattr("distributed.Client", client)
    run(lay(tmp_path / "in"), "-o", tmp_path / "out", "--dask", address, code=2)
    assert asked == [(address, 5)]  # once, and for so many seconds
    seen = capfd.readouterr().err
    assert seen.startswith(f"guide-extract: --dask {address}: no scheduler answers (")
    assert message in seen
    assert seen.count("\n") == 1


def test_a_scheduler_that_goes_away_gets_one_line_and_leaves_what_was_noted(tmp_path: Path) -> None:
    started = local(n_workers=1)
    things = [(str(name), None) for name in sorted(lay(tmp_path / "in", 8).iterdir())]

    def read() -> None:
        with dask_pool(started.scheduler_address, 1) as pool:
            for _ in map_unordered(pool, partial(fulfil_and_note, batch(tmp_path / "out")), things):
                started.close()

    with pytest.raises(UsageError, match="let go of what it had to do; run again"):
        read()
    assert 1 <= len(written(tmp_path / "out")) < 8


@pytest.mark.parametrize("missing", ["dask", "distributed"])
def test_without_dask_it_is_told_what_to_install(
    missing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, missing, None)
    run(lay(tmp_path / "in", 1), "-o", tmp_path / "out", "--dask", "local", code=2)
    seen = capsys.readouterr().err
    assert "--dask needs what is not installed" in seen
    assert seen.endswith("install guide-extract[dask]\n")


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("nobody://in", "nobody://in: Protocol not known: nobody; is there a library"),
        ("s3://in", "s3://in: Install s3fs"),
    ],
)
def test_addresses_that_nothing_here_knows_are_wrong_usage(
    address: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(address, "-o", tmp_path / "out", code=2)
    assert message in capsys.readouterr().err


def test_without_fsspec_it_is_told_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    run("memory://in", "-o", tmp_path / "out", code=2)
    assert capsys.readouterr().err.endswith("install guide-extract[dask]\n")


def test_a_guide_that_cannot_be_fetched_is_that_guides_error(
    threads: str, memory: MemoryFileSystem, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    upload(memory, lay(tmp_path / "in", 1))
    addresses = ["memory://in/guide_00.txt", "memory://in/none.txt"]
    run(*addresses, "-o", "memory://out", "--dask", threads, code=3)
    assert capsys.readouterr().err == (
        "guide-extract: memory://in/none.txt: no such file; check the address and its permissions\n"
    )
    assert [entry.outcome for entry in there(memory).values()] == ["read", "unreadable"]


def test_a_large_guide_elsewhere_is_fetched_up_to_the_limit(memory: MemoryFileSystem, tmp_path: Path) -> None:
    memory.pipe_file("/in/large.txt", b" " * (3 << 20))
    with storage.fetch("memory://in/large.txt", 1 << 20) as path:
        assert path.stat().st_size == (1 << 20) + 1
    done = fulfil("memory://in/large.txt", batch(tmp_path, limits=Limits(size=1)))
    assert str(done.entry.error).startswith("memory://in/large.txt: is larger than 1 MiB, the limit size")


class Forgetful(MemoryFileSystem):  # type: ignore[misc]
    """A storage with folders that have to be made, which remembers what was there until it is told to forget."""

    protocol = "forgetful"  # which is not taken off its paths, as of https:// neither
    store: dict[str, object] = {}  # noqa: RUF012
    pseudo_dirs = [""]  # noqa: RUF012
    known: dict[str, bool] = {}  # noqa: RUF012

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **options: object) -> None:
        if not self.isdir(path.rpartition("/")[0]):
            raise FileNotFoundError(path)
        super().pipe_file(path, value, mode, **options)

    def isfile(self, path: str) -> bool:
        return self.known.setdefault(path, bool(super().isfile(path)))

    def invalidate_cache(self, path: str | None = None) -> None:
        self.known.clear()


def test_folders_are_made_and_nothing_is_remembered_that_others_may_change() -> None:
    fsspec.register_implementation("forgetful", Forgetful, clobber=True)
    assert not storage.exists("forgetful://a/b/c.json")
    storage.write("forgetful://a/b/c.json", b"{}")
    assert storage.exists("forgetful://a/b/c.json")
    assert storage.read("forgetful://a/b/c.json") == b"{}"
    assert storage.names_in("forgetful://a/b") == ["c.json"]
    for name in ("guide.txt", "guide.corrections.toml"):
        storage.write(f"forgetful://a/b/{name}", b"x")
    with storage.fetch("forgetful://a/b/guide.txt", 1 << 20) as path:
        assert sorted(file.name for file in path.parent.iterdir()) == ["guide.corrections.toml", "guide.txt"]


class Closed(MemoryFileSystem):  # type: ignore[misc]
    """A storage that can be read and not be written, and says so in a way of its own."""

    protocol = "closed"
    store: dict[str, object] = {}  # noqa: RUF012

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **_: object) -> None:
        raise RuntimeError("403 Forbidden")


def test_a_storage_that_cannot_be_written_is_told(
    threads: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fsspec.register_implementation("closed", Closed, clobber=True)
    run(lay(tmp_path / "in", 2), "-o", "closed://out", "--dask", threads, code=2)
    lines = capsys.readouterr().err.splitlines()
    assert sorted(lines) == [
        f"guide-extract: closed://out/{name}: 403 Forbidden; choose another folder with -o"
        for name in ("guide_00.json", "guide_01.json", "run.json")
    ]


def test_notes_that_cannot_be_taken_away_are_told(memory: MemoryFileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    memory.pipe_file("/out/.run/a.json", b"")
    monkeypatch.setattr(MemoryFileSystem, "rm", lambda *_, **__: (_ for _ in ()).throw(PermissionError("no")))
    with pytest.raises(UsageError, match=r"memory://out/\.run: no; take it away by hand"):
        storage.remove("memory://out/.run")
