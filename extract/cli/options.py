"""Options that several commands share."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import asdict

from extract.errors import UsageError
from extract.limits import DEFAULT_LIMITS, within_limits
from extract.profile.files import FAMILY


def add_profile(command: argparse.ArgumentParser) -> None:
    """--profile: a family's name, or a file."""
    command.add_argument(
        "--profile",
        default=FAMILY,
        help="the family of guides, or the path of a profile of your own, which ends in .toml (default: %(default)s)",
    )


def add_corrections(command: argparse.ArgumentParser) -> None:
    """--corrections: the file with a person's corrections."""
    command.add_argument(
        "--corrections",
        type=Path,
        metavar="FILE",
        help="a person's corrections of the guide (default: NAME.corrections.toml beside it, if there is one)",
    )


class _Limit(argparse.Action):
    """--limit pages=5000, repeatable."""

    def __call__(
        self, _: argparse.ArgumentParser, options: argparse.Namespace, words: Any, __: str | None = None
    ) -> None:
        options.limits = within_limits(words, options.limits)


def add_limits(command: argparse.ArgumentParser) -> None:
    """--limit: the limits for a guide; all of them are in `options.limits`."""
    defaults = ", ".join(f"{name}={number}" for name, number in asdict(DEFAULT_LIMITS).items())
    command.add_argument(
        "--limit",
        dest="limits",
        action=_Limit,
        default=DEFAULT_LIMITS,
        metavar="NAME=NUMBER",
        help=f"change what a guide may take; memory and size are in MiB (default: {defaults})",
    )


def add_password(command: argparse.ArgumentParser) -> None:
    """--password: the password of an encrypted PDF."""
    command.add_argument("--password", metavar="WORD", help="what opens a PDF that is encrypted")


def add_volume(command: argparse.ArgumentParser) -> None:
    """-q or -v; `options.volume` is 0, 1 or 2."""
    volume = command.add_mutually_exclusive_group()
    volume.add_argument(
        "-q", "--quiet", dest="volume", action="store_const", const=0, default=1, help="nothing but errors"
    )
    volume.add_argument(
        "-v", "--verbose", dest="volume", action="store_const", const=2, help="also which files, sizes and seconds"
    )


def add_kinds(command: argparse.ArgumentParser, kinds: Sequence[str], default: Sequence[str], what: str) -> None:
    """--to: the kinds of file to write, in the order of `kinds`; None if not given."""

    def parse_kinds(words: str) -> tuple[str, ...]:
        chosen = [word.strip().lower() for word in words.split(",")]
        wrong = [word for word in chosen if word not in kinds]
        if wrong:
            raise argparse.ArgumentTypeError(f"{wrong[0]!r} is none of {', '.join(kinds)}")
        return tuple(kind for kind in kinds if kind in chosen)

    command.add_argument(
        "--to",
        type=parse_kinds,
        metavar="KINDS",
        help=f"{what}, with commas between: {', '.join(kinds)} (default: {','.join(default) or 'none'})",
    )


def files_in(given: Path, suffixes: Sequence[str], what: str) -> list[Path]:
    """Return a file, or the files of a folder that have one of these suffixes, by name."""
    if not given.is_dir():
        return [given]
    files = sorted(path for path in given.iterdir() if path.suffix.lower() in suffixes)
    if not files:
        raise UsageError(f"{given}: no {what} in this folder")
    return files
