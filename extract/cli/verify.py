"""verify: a record, proved against its guide."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.cli.options import add_corrections, add_limits, add_password, add_profile
from extract.cli.screen import Screen, show
from extract.processes.worker import run_isolated, start_fork_server
from extract.run import PRELOAD

if TYPE_CHECKING:
    from extract.verify import Proof


def add(commands: Any) -> None:
    """Add the command."""
    command = commands.add_parser("verify", help="prove a record against its guide", description=run.__doc__)
    command.add_argument("record", type=Path, help="the JSON that run wrote")
    command.add_argument("guide", type=Path, help="the PDF or text that it was read from")
    add_profile(command)
    add_corrections(command)
    add_limits(command)
    add_password(command)
    command.add_argument("-q", "--quiet", action="store_true", help="no table: the exit code alone tells")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Open the guide again and prove the record against it. Exit code 0: proved; 1: not, with a table of places."""
    from extract.verify import verify

    work = partial(
        verify,
        options.record,
        options.guide,
        profile=options.profile,
        corrections=options.corrections,
        limits=options.limits,
        password=options.password,
    )
    start_fork_server(PRELOAD)
    with Screen(volume=int(not options.quiet)).bars() as step:
        proofs: tuple[Proof, ...] = run_isolated(work, guide=str(options.guide), limits=options.limits, step=step)
    if not options.quiet:
        from extract.cli.views import verdict_view

        show(verdict_view(proofs))
    return int(any(proof.failures for proof in proofs))
