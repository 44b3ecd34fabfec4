"""profile check: which rules of a profile never fire."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.cli.options import add_limits, files_in
from extract.cli.screen import complain, show
from extract.errors import UnreadableGuide
from extract.processes.worker import run_isolated, start_fork_server
from extract.run import PRELOAD

if TYPE_CHECKING:
    from extract.authoring.rule_usage import RuleUsage


def add(commands: Any) -> None:
    """The command's line."""
    command = commands.add_parser("profile", help="see whether a profile is right", description="Look at a profile.")
    actions = command.add_subparsers(title="actions", metavar="action", required=True)
    action = actions.add_parser("check", help="which rules of a profile never fire", description=run.__doc__)
    action.add_argument("profile", help="a family's name, or a file of your own")
    action.add_argument(
        "guides", nargs="*", type=Path, default=[Path("raw")], help="guides, or folders of them (default: raw)"
    )
    add_limits(action)
    action.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Read guides with a profile and list the rules of its file that never fire. Exit code 1 where there are any."""
    from extract.authoring.rule_usage import merge_usage
    from extract.cli.views import unused_rules_view
    from extract.pull import SUFFIXES

    found = [guide for given in options.guides for guide in files_in(given, SUFFIXES, "PDF and no text file")]
    used = merge_usage([_usage(options, guide) for guide in found])
    for refusal in used.refused:
        complain(UnreadableGuide(refusal))
    if not used.guides:
        return UnreadableGuide.exit_code  # nothing was read, so nothing is known of any rule
    show(unused_rules_view(used))
    return UnreadableGuide.exit_code if used.refused else int(not all(used.fires.values()))


def _usage(options: argparse.Namespace, guide: Path) -> "RuleUsage":
    """Which rules fire in a guide; where it cannot be read in the process that it gets, why."""
    from extract.authoring.rule_usage import RuleUsage, count_usage

    work = partial(count_usage, options.profile, [guide], limits=options.limits)
    start_fork_server(PRELOAD)
    try:
        made: RuleUsage = run_isolated(work, guide=str(guide), limits=options.limits)
    except UnreadableGuide as error:
        return RuleUsage({}, 0, (str(error),))
    return made
