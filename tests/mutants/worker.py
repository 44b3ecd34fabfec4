"""Runs tests in a copy of the project, in processes that begin with the libraries loaded and the program not."""

import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

HANGS_AFTER_SECONDS = 300
# Loaded once; modules of pytest's plugins among them warn that they are.
_LIBRARIES: tuple[str, ...] = (
    "numpy",
    "pandas",
    "pdfplumber",
    "pypdfium2",
    "jieba",
    "msgspec",
    "reportlab.pdfgen.canvas",
    "hypothesis",
)
_LIBRARIES += ("babel.numbers", "pycountry", "PIL.Image", "fontTools.ttLib", "openpyxl", "xlsxwriter", "jinja2")
_OPTIONS = ["-x", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
_NOTICED = 1  # what a process returns whose tests failed; so does one that was ended


class _Calls:
    """A plugin of pytest that notes which code of the program each test calls, and how long the test takes."""

    def __init__(self) -> None:
        self.tests: dict[str, dict[str, Any]] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        called: set[CodeType] = set()
        sys.settrace(lambda frame, *_: called.add(frame.f_code))
        start = time.process_time()
        try:
            return (yield)
        finally:
            sys.settrace(None)
            lines = {f"{os.path.relpath(code.co_filename)}:{code.co_firstlineno}" for code in called}
            own = sorted(line for line in lines if line.startswith("extract/"))
            self.tests[item.nodeid] = {"seconds": time.process_time() - start, "calls": own}


class _Chosen:
    """A plugin of pytest that runs these tests alone, in this order."""

    def __init__(self, tests: list[str]) -> None:
        self.rank = {test: rank for rank, test in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        chosen = (item for item in items if item.nodeid in self.rank)
        items[:] = sorted(chosen, key=lambda item: self.rank[item.nodeid])


def note_calls(arguments: list[str]) -> None:
    """Run tests and print, as JSON, what each of them calls."""
    plugin = _Calls()
    with contextlib.redirect_stdout(sys.stderr):
        code = pytest.main([*_OPTIONS, *arguments], plugins=[plugin])
    json.dump({"passed": code == 0, "tests": plugin.tests}, sys.stdout)


def answer() -> None:
    """Run the tests that come as JSON on each line of the input with a text in a file; print if they noticed it."""
    for name in _LIBRARIES:
        import_module(name)
    for line in sys.stdin:
        order = json.loads(line)
        file = Path(order["file"])
        source = file.read_text("utf-8")
        file.write_text(order["text"], "utf-8")
        child = os.fork()
        if not child:
            _run(order["tests"])
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
        file.write_text(source, "utf-8")


def _run(tests: list[str]) -> None:
    """Run tests in this process until one fails, and end it; one that hangs is ended by the alarm."""
    signal.alarm(HANGS_AFTER_SECONDS)
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)
    code = _NOTICED
    with contextlib.suppress(BaseException):
        files = dict.fromkeys(test.partition("::")[0] for test in tests)
        code = int(pytest.main([*_OPTIONS, *files], plugins=[_Chosen(tests)]))
    os._exit(code)


if __name__ == "__main__":
    sys.path.insert(0, os.getcwd())
    sys.dont_write_bytecode = True
    if sys.argv[1] == "note":
        note_calls(sys.argv[2:])
    else:
        answer()
