"""The command guide-extract: run · verify · new · profile check · schema. The only file that prints."""

import argparse
import io
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from extract.errors import ExtractError, UnreadableGuide, UsageError
from extract.profile_files import FAMILY
from extract.records import READERS, Guide


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command. Returns the exit code: 0 well, 1 to be looked at, 2 wrong usage, 3 unreadable."""
    options = _parser().parse_args(argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may know neither ✓ nor Chinese
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # what it has to say is not ours
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read the output has seen enough
        return 0
    except ExtractError as error:
        _complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="guide-extract",
        description="Turn a Chinese research-funding guide (项目申报指南) into JSON with evidence for every value.",
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.set_defaults(run=lambda options: _version(options, parser))
    commands = parser.add_subparsers(title="commands", metavar="command")
    run = commands.add_parser("run", help="read guides and write their records", description=_run.__doc__)
    run.add_argument("guides", nargs="+", type=Path, metavar="guide", help="a PDF, or plain text extracted from one")
    run.add_argument(
        "-o", "--output", type=Path, default=Path("output"), help="folder for the records (default: output)"
    )
    run.add_argument(
        "--reader", choices=READERS, default="both", help="who reads a PDF: two that confirm one another, or one alone"
    )
    _add_profile(run)
    run.add_argument("-q", "--quiet", action="store_true", help="no summary, only errors")
    run.set_defaults(run=_run)
    verify = commands.add_parser("verify", help="prove a record against its guide", description=_verify.__doc__)
    verify.add_argument("record", type=Path, help="the JSON that run wrote")
    verify.add_argument("guide", type=Path, help="the PDF or text that it was read from")
    _add_profile(verify)
    verify.add_argument("-q", "--quiet", action="store_true", help="no table: the exit code alone tells")
    verify.set_defaults(run=_verify)
    new = commands.add_parser("new", help="draft a profile for a guide that is new", description=_new.__doc__)
    new.add_argument("guide", type=Path, help="a PDF, or plain text extracted from one")
    new.add_argument("-o", "--output", type=Path, help="the draft (default: the guide's name with .toml)")
    new.add_argument("--profile", help="the profile to start from (default: the family that fits best)")
    new.set_defaults(run=_new)
    profile = commands.add_parser("profile", help="see whether a profile is right", description="Look at a profile.")
    actions = profile.add_subparsers(title="actions", metavar="action", required=True)
    check = actions.add_parser("check", help="which rules of a profile never fire", description=_check.__doc__)
    check.add_argument("profile", help="a family's name, or a file of your own")
    check.add_argument(
        "guides", nargs="*", type=Path, default=[Path("raw")], help="guides, or folders of them (default: raw)"
    )
    check.set_defaults(run=_check)
    schema = commands.add_parser("schema", help="print the JSON Schema of the record", description=_schema.__doc__)
    schema.set_defaults(run=_schema)
    return parser


def _add_profile(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--profile",
        default=FAMILY,
        help="the family of guides, or the path of a profile of your own, which ends in .toml (default: %(default)s)",
    )


def _version(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if not options.version:
        parser.error("no command given; try guide-extract run raw/guide_2017.pdf")
    from extract import __version__

    print(f"guide-extract {__version__}")
    return 0


def _run(options: argparse.Namespace) -> int:
    """Read each guide and write output/NAME.json. All guides are tried; the highest exit code is returned."""
    targets = _targets(options.guides, options.output)
    return max(_one(guide, target, options) for guide, target in targets.items())


def _targets(guides: Sequence[Path], output: Path) -> dict[Path, Path]:
    """Where each guide's record goes. Raises UsageError where two would write the same file."""
    targets: dict[Path, Path] = {}
    for guide in dict.fromkeys(guides):
        target = output / f"{guide.stem}.json"
        twin = next((other for other, taken in targets.items() if taken == target), None)
        if twin is not None:
            raise UsageError(f"{twin} and {guide} would both write {target}; rename one, or use two runs with -o")
        targets[guide] = target
    return targets


def _one(path: Path, target: Path, options: argparse.Namespace) -> int:
    """Read one guide and write its record; nothing is written for a guide that cannot be read."""
    from extract.export import write
    from extract.export.json import dumps
    from extract.pipeline import extract_guide

    try:
        guide = extract_guide(path, profile=options.profile, reader=options.reader)
        write(target, dumps(guide))
    except ExtractError as error:
        _complain(error)
        return error.exit_code
    if not options.quiet:
        _show(guide, target)
    doubtful = any(check.outcome == "contradicted" for check in guide.checks)
    return int(doubtful or any(finding.severity == "error" for finding in guide.findings))


def _show(guide: Guide, target: Path) -> None:
    from rich.console import Console

    from extract.export.summary import summary

    console = Console(stderr=True, highlight=False)
    console.print(summary(guide))
    console.print(f"  wrote {target}", markup=False, soft_wrap=True)


def _verify(options: argparse.Namespace) -> int:
    """Open the guide again and prove the record against it. Exit code 0: proved; 1: not, with a table of places."""
    from extract.verify import verify

    proofs = verify(options.record, options.guide, profile=options.profile)
    if not options.quiet:
        from rich.console import Console

        from extract.export.verdict import verdict

        Console(highlight=False).print(verdict(proofs))
    return int(any(proof.failures for proof in proofs))


def _new(options: argparse.Namespace) -> int:
    """Write a draft of a profile: what no profile claims in a guide, as TOML, with what it is like and where it is."""
    from extract.draft import draft
    from extract.export import write
    from extract.export.draft import draft_toml

    target = options.output or Path(f"{options.guide.stem}.toml")
    if target.suffix != ".toml":
        raise UsageError(f"{target}: a profile is a file that ends in .toml; choose such a name with -o")
    if target.exists():
        raise UsageError(f"{target}: is there already, and may hold your work; choose another name with -o")
    made = draft(options.guide, profile=options.profile)
    write(target, draft_toml(made))
    count = len(made.suggestions)
    left = f"{count} suggestion{'s' * (count > 1)}" if count else "nothing left over"
    print(f"guide-extract: wrote {target}: extends {made.family}, {left}", file=sys.stderr)
    return 0


def _check(options: argparse.Namespace) -> int:
    """Read guides with a profile and list the rules of its file that never fire. Exit code 1 where there are any."""
    from rich.console import Console

    from extract.export.usage import unused
    from extract.usage import usage

    guides = [guide for given in options.guides for guide in _guides(given)]
    used = usage(options.profile, guides)
    for refusal in used.refused:
        _complain(UnreadableGuide(refusal))
    if not used.guides:
        return UnreadableGuide.exit_code  # nothing was read, so nothing is known of any rule
    Console(highlight=False).print(unused(used))
    return UnreadableGuide.exit_code if used.refused else int(not all(used.fires.values()))


def _guides(given: Path) -> list[Path]:
    """A guide, or those in a folder: its PDFs and text files, by name."""
    if not given.is_dir():
        return [given]
    found = sorted(path for path in given.iterdir() if path.suffix.lower() in (".pdf", ".txt"))
    if not found:
        raise UsageError(f"{given}: no PDF and no text file in this folder")
    return found


def _schema(options: argparse.Namespace) -> int:
    """Print the JSON Schema of the record to stdout."""
    import json

    from extract.export.json import schema

    print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0


def _complain(error: ExtractError) -> None:
    print(f"guide-extract: {' '.join(str(error).split())}", file=sys.stderr)
