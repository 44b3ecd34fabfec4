"""Output of a running command: lines and progress on stderr, coloured on terminals."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from extract.errors import ExtractError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.progress import Progress, TaskID

    from extract.model.record import Guide
    from extract.run.run_log import Entry

T = TypeVar("T")


class Step(Protocol):
    """Report progress: what is counted, how many are done of how many, and a remark."""

    def __call__(self, counted: str, done: int, count: int, besides: str = "") -> None: ...


_MAX_LINE_LENGTH = 2000  # characters; names and messages may have any length


def complain(error: ExtractError | str) -> None:
    """Print an error as one line to stderr."""
    tell(str(error))


def tell(words: str) -> None:
    """Print a line to stderr."""
    print(f"guide-extract: {_line(words)}", file=sys.stderr)


def _line(words: str) -> str:
    """Escape control characters; a line that is too long loses its middle, for its ends name file and reason."""
    from extract.export.escaping import escape_control_characters

    line = escape_control_characters(words)
    return (
        line if len(line) <= _MAX_LINE_LENGTH else f"{line[: _MAX_LINE_LENGTH // 2]} … {line[-_MAX_LINE_LENGTH // 2 :]}"
    )


def show(what: "RenderableType") -> None:
    """Print a renderable to stdout."""
    from rich.console import Console

    Console(highlight=False).print(what)


class Screen:
    """Stderr of a command: lines and summaries, with progress bars below them on a terminal.

    `volume`: 0 errors alone (-q), 1 default, 2 more (-v).
    """

    def __init__(self, volume: int) -> None:
        self.volume = volume
        self._console: Console | None = None
        self._bars: Progress | None = None

    @property
    def console(self) -> "Console":
        """The only console on stderr, so that bars and lines do not mix."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(stderr=True, highlight=False)
        return self._console

    def prepare(self) -> None:
        """Import what summaries need, while a worker starts; not with -q."""
        if self.volume:
            import extract.cli.views  # noqa: F401

    def summarise(self, guide: "Guide") -> None:
        """Show the summary of a guide; not with -q."""
        if self.volume:
            from extract.cli.views import summary_view

            self.console.print(summary_view(guide))

    def overview(self, entries: "Sequence[Entry]", read: int) -> None:
        """Show the outcomes of many guides, `read` of them fresh; not with -q."""
        if self.volume:
            from extract.cli.views import run_view

            self.console.print(run_view(entries, read))

    def tell(self, words: str, *, volume: int = 1) -> None:
        """Print a line from this volume on, unwrapped, so that paths can be copied."""
        if self.volume >= volume:
            self._print(words)

    def complain(self, error: ExtractError | str) -> None:
        """Print an error as one line above the bars."""
        if self._console is None:
            complain(error)
        else:
            self._print(f"guide-extract: {error}")

    def _print(self, words: str) -> None:
        """Print a line as it is: no markup, and no emoji for words between colons (:smile:)."""
        self.console.print(_line(words), markup=False, emoji=False, soft_wrap=True)

    def track(self, things: Iterable[T], count: int, name: str) -> Iterator[T]:
        """Yield things one by one, with a bar that counts them."""
        with self.bars() as step:
            for number, thing in enumerate(things):
                step(name, number, count)
                yield thing

    @contextmanager
    def bars(self) -> Iterator[Step]:
        """Progress bars on terminals, one for each name under which the step function counts."""
        tasks: dict[str, TaskID] = {}

        def step(counted: str, done: int, count: int, besides: str = "") -> None:
            if self.volume and count > 1 and self.console.is_terminal:
                bars = self._started()
                if counted not in tasks:
                    tasks[counted] = bars.add_task(_line(counted), total=count, besides="")
                bars.update(tasks[counted], completed=done, besides=besides)

        try:
            yield step
        finally:
            if self._bars is not None:
                self._bars.refresh()  # bars are drawn ten times a second: the last step may not have been
                for task in tasks.values():
                    self._bars.remove_task(task)
                if not self._bars.tasks:
                    self._bars.stop()

    def _started(self) -> "Progress":
        """The bars, on the same console as the lines."""
        if self._bars is None:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            name = TextColumn("{task.description}", markup=False)  # it may have the name of a guide
            besides = TextColumn("{task.fields[besides]}", style="red")
            columns = (name, BarColumn(), MofNCompleteColumn(), besides, TimeRemainingColumn())
            self._bars = Progress(*columns, console=self.console, transient=True)
        self._bars.start()
        return self._bars
