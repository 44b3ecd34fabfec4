"""profile check: find the rules of a profile that never fire."""

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.cli.options import add_limits, files_in
from extract.cli.screen import Screen, complain, show
from extract.errors import UnreadableGuide
from extract.processes.worker import run_isolated, start_fork_server
from extract.run import PRELOAD

if TYPE_CHECKING:
    from extract.authoring.rule_usage import RuleUsage


def add(commands: Any) -> None:
    """Add the command."""
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

    guides = [guide for given in options.guides for guide in files_in(given, SUFFIXES, "PDF and no text file")]
    usage = merge_usage([_usage(options, guide) for guide in guides])
    for refusal in usage.refused:
        complain(UnreadableGuide(refusal))
    if not usage.guides:
        return UnreadableGuide.exit_code  # without a guide no rule can be judged
    show(unused_rules_view(usage))
    return UnreadableGuide.exit_code if usage.refused else int(not all(usage.fires.values()))


def _usage(options: argparse.Namespace, guide: Path) -> "RuleUsage":
    """Count which rules fire in a guide, or return the reason why it cannot be read."""
    from extract.authoring.rule_usage import RuleUsage, count_usage

    work = partial(count_usage, options.profile, [guide], limits=options.limits)
    start_fork_server(PRELOAD)
    try:
        with Screen(volume=1).bars() as step:
            usage: RuleUsage = run_isolated(work, guide=str(guide), limits=options.limits, step=step)
    except UnreadableGuide as error:
        return RuleUsage({}, 0, (str(error),))
    return usage
