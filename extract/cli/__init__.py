"""The command guide-extract: one file per command. Nothing else in the program prints."""

import argparse
import io
import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from extract.cli.screen import complain, tell
from extract.errors import ExtractError
from extract.export.escaping import escape_control_characters

_COMMANDS = ("run", "table", "compare", "verify", "new", "profile", "schema")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Returns the exit code: 0 well, 1 to be looked at, 2 wrong usage, 3 unreadable."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # the terminal's encoding may lack ✓ and Chinese
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its warnings are no concern of the user
    words = sys.argv[1:] if argv is None else argv
    try:
        with _ended_by_signal():
            options = parser(words[:1]).parse_args(words)
            code: int = options.run(options)
            sys.stdout.flush()
            return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of the pipe has closed it
        return 0
    except ExtractError as error:
        complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        # If Ctrl-C arrived inside an `exec` (namedtuple creation during an import), CPython still exits with the
        # signal, whatever is returned. Running any `exec` to its end clears that state.
        exec("")
        tell("interrupted; what was written is whole")
        return 130


@contextmanager
def _ended_by_signal() -> Iterator[None]:
    """Turn SIGTERM into SystemExit, so that half-written files are removed and no process stays."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may set signal handlers
        return

    def end(*_: object) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class _Parser(argparse.ArgumentParser):
    """An argument parser that escapes control characters in its errors."""

    def error(self, message: str) -> NoReturn:
        super().error(escape_control_characters(message))


def parser(first: Sequence[str] = ()) -> argparse.ArgumentParser:
    """The command line: a parser for each command, which sets the function that runs it.

    If the first word names a command, no other is imported: imports take longer than parsing.
    """
    command_line = _Parser(
        prog="guide-extract",
        description="Turn a Chinese research-funding guide (项目申报指南) into JSON with evidence for every value.",
    )
    command_line.add_argument("--version", action="store_true", help="print the version and exit")
    command_line.set_defaults(run=lambda options: _version(options, command_line))
    commands = command_line.add_subparsers(title="commands", metavar="command")
    for command in [name for name in _COMMANDS if name in first] or _COMMANDS:
        _add(command, commands)
    return command_line


def _add(command: str, commands: Any) -> None:
    """Add a command; its module is imported here."""
    match command:
        case "run":
            from extract.cli.run import add
        case "table":
            from extract.cli.table import add
        case "compare":
            from extract.cli.compare import add
        case "verify":
            from extract.cli.verify import add
        case "new":
            from extract.cli.new import add
        case "profile":
            from extract.cli.profile import add
        case "schema":
            from extract.cli.schema import add
    add(commands)


def _version(options: argparse.Namespace, command_line: argparse.ArgumentParser) -> int:
    if not options.version:
        command_line.error("no command given; try guide-extract run raw/guide_2017.pdf")
    from extract import __version__

    print(f"guide-extract {__version__}")
    return 0
