"""What a person sees while a command works: lines and progress on stderr, colours only where they are wanted."""

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
    """Tells a bar how many are done of how many, and what else there is to say."""

    def __call__(self, done_of: tuple[int, int], besides: str = "") -> None: ...


_LONGEST = 2000  # characters of a line: guides, profiles and their names may be of any length


def complain(error: ExtractError | str) -> None:
    """An error as one line on stderr."""
    tell(str(error))


def tell(words: str) -> None:
    """A line on stderr."""
    print(f"guide-extract: {_line(words)}", file=sys.stderr)


def _line(words: str) -> str:
    """Words as one line that a terminal may show, names of files and all; what is too long lacks its middle."""
    from extract.export.escaping import escape_control_characters

    line = escape_control_characters(words)
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"


def show(what: "RenderableType") -> None:
    """Something to look at on stdout."""
    from rich.console import Console

    Console(highlight=False).print(what)


class Screen:
    """Stderr while guides are read: summaries, and below them bars that only a terminal shows.

    `volume` is 0 for errors alone (-q), 1 as usual, 2 for more (-v).
    """

    def __init__(self, volume: int) -> None:
        self.volume = volume
        self._console: Console | None = None
        self._bars: Progress | None = None

    @property
    def console(self) -> "Console":
        """The one console of this run, so that bars and lines do not run into one another."""
        if self._console is None:
            from rich.console import Console

            self._console = Console(stderr=True, highlight=False)
        return self._console

    def prepare(self) -> None:
        """Load what shows summaries, unless quiet is asked for; best while something else is waited for."""
        if self.volume:
            import extract.cli.views  # noqa: F401

    def summarise(self, guide: "Guide") -> None:
        """What was found in a guide, unless quiet is asked for."""
        if self.volume:
            from extract.cli.views import summary_view

            self.console.print(summary_view(guide))

    def overview(self, entries: "Sequence[Entry]", read: int) -> None:
        """What came of many guides, of which so many were read just now, unless quiet is asked for."""
        if self.volume:
            from extract.cli.views import run_view

            self.console.print(run_view(entries, read))

    def tell(self, words: str, *, volume: int = 1) -> None:
        """A line, where this volume is asked for. It is not wrapped, so that a path can be copied."""
        if self.volume >= volume:
            self._print(words)

    def complain(self, error: ExtractError | str) -> None:
        """An error as one line, above the bars."""
        if self._console is None:
            complain(error)
        else:
            self._print(f"guide-extract: {error}")

    def _print(self, words: str) -> None:
        """A line by the console, which would make pictures of what stands between colons (:smile:)."""
        self.console.print(_line(words), markup=False, emoji=False, soft_wrap=True)

    def track(self, things: Iterable[T], count: int, name: str) -> Iterator[T]:
        """Things one by one; a terminal shows a bar that counts them, below the bars of what they are part of."""
        with self.bar(name) as step:
            for number, thing in enumerate(things):
                step((number, count))
                yield thing

    @contextmanager
    def bar(self, name: str) -> Iterator[Step]:
        """A bar that shows, on a terminal, how many are done of how many; it is told with each step."""
        task: TaskID | None = None

        def step(done_of: tuple[int, int], besides: str = "") -> None:
            nonlocal task
            done, count = done_of
            if self.volume and count > 1 and self.console.is_terminal:
                task = self._started().add_task(name, total=count, besides="") if task is None else task
                self._started().update(task, completed=done, besides=besides)

        try:
            yield step
        finally:
            if task is not None and self._bars is not None:
                self._bars.remove_task(task)
                if not self._bars.tasks:
                    self._bars.stop()

    def _started(self) -> "Progress":
        """The bars of this run, drawn on the console that the lines go to."""
        if self._bars is None:
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            name, besides = TextColumn("{task.description}"), TextColumn("{task.fields[besides]}", style="red")
            columns = (name, BarColumn(), MofNCompleteColumn(), besides, TimeRemainingColumn())
            self._bars = Progress(*columns, console=self.console, transient=True)
        self._bars.start()
        return self._bars
