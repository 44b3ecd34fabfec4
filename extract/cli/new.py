"""new: draft a profile for a new kind of guide."""

import argparse
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from extract.cli.options import add_limits, add_password
from extract.cli.screen import Screen, tell
from extract.errors import UsageError
from extract.processes.worker import run_isolated, start_fork_server
from extract.run import PRELOAD

if TYPE_CHECKING:
    from extract.authoring.suggestion import Draft


def add(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("new", help="draft a profile for a guide that is new", description=run.__doc__)
    command.add_argument("guide", type=Path, help="a PDF, or plain text extracted from one")
    command.add_argument("-o", "--output", type=Path, help="the draft (default: the guide's name with .toml)")
    command.add_argument("--profile", help="the profile to start from (default: the family that fits best)")
    add_limits(command)
    add_password(command)
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write a draft of a profile: what no profile claims in a guide, as TOML, with what it is like and where it is."""
    from extract.authoring import draft_profile
    from extract.authoring.draft_toml import draft_toml
    from extract.export.atomic_files import write_files

    target = options.output or Path(f"{options.guide.stem}.toml")
    if target.suffix != ".toml":
        raise UsageError(f"{target}: a profile is a file that ends in .toml; choose such a name with -o")
    if target.exists():
        raise UsageError(f"{target}: is there already, and may hold your work; choose another name with -o")
    base = _relative_profile(options.profile, target.parent)
    work = partial(
        draft_profile, options.guide, profile=options.profile, limits=options.limits, password=options.password
    )
    start_fork_server(PRELOAD)
    with Screen(volume=1).bars() as step:
        draft: Draft = run_isolated(work, guide=str(options.guide), limits=options.limits, step=step)
    draft = replace(draft, family=base or draft.family)
    write_files(target, draft_toml(draft))
    for line in _report(draft):
        tell(line)
    tell(f"wrote {target}: extends {draft.family}, {_summary(draft)}")
    return 0


def _report(draft: "Draft") -> Iterator[str]:
    """Yield why the guide is refused, what its record gains by each rule that is kept, and why others were left out."""
    if draft.refusal:
        yield f"{draft.guide}: without a draft {draft.refusal}"
    yield from (f"  {one.name}: {one.outcome}" for one in draft.kept)
    yield from (f"  left out {one.name}: {one.outcome}" for one in draft.left_out)


def _summary(draft: "Draft") -> str:
    """Format what is read with the draft, and how many suggestions are left to a person."""
    if draft.result is None:
        return "with which the guide is still refused; see what is suggested"
    waiting = len(draft.suggestions) - len(draft.kept)
    left = f"; {waiting} suggestion{'s' * (waiting > 1)} to judge" if waiting else ""
    nothing = "" if draft.suggestions or draft.refusal else ", nothing left over"
    return f"with which it has {draft.result}{left}{nothing}"


def _relative_profile(profile: str | None, folder: Path) -> str | None:
    """Return a profile's name as a draft in this folder extends it: a family, or a path relative to the folder."""
    if profile is None or not profile.endswith(".toml"):
        return profile
    try:
        return Path(profile).resolve().relative_to(folder.resolve()).as_posix()
    except ValueError:
        raise UsageError(
            f"{profile}: a draft extends a file of its own folder or below; copy the profile to {folder} first"
        ) from None
