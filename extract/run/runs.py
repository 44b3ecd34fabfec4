"""What run.json holds: what came of each guide of a run."""

from typing import Literal

from msgspec import Struct

Outcome = Literal["read", "look", "refused", "unreadable"]
OUTCOMES: tuple[Outcome, ...] = ("read", "look", "refused", "unreadable")  # by their exit codes


class Entry(Struct, frozen=True, kw_only=True):
    """What came of one guide; `look` says that something in its record is wrong for sure.

    `sha256` is of the guide's file. `depends` is a hash of all else that the outcome depends on: profile, corrections,
    options and program. `settled` says that another try would come to the same. `findings` and `checks` are counted by
    code and by outcome, `seconds` are those of the clock on the wall. `files` are names in the folder of the run.
    """

    input: str
    outcome: Outcome
    seconds: float
    sections: int = 0
    checks: dict[str, int] = {}
    findings: dict[str, int] = {}
    files: tuple[str, ...] = ()
    error: str | None = None
    sha256: str | None = None
    depends: str = ""
    settled: bool = False

    @property
    def exit_code(self) -> int:
        return OUTCOMES.index(self.outcome)


class Run(Struct, frozen=True, kw_only=True):
    """The program's version, and an entry for each guide whose files are in the folder, by input."""

    program: str
    guides: tuple[Entry, ...]
