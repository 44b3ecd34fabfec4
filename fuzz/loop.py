"""Runs a target on bytes: with atheris, which sees which code they reach, or without it by plain mutation of seeds."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import mkdtemp
from types import FunctionType

Target = Callable[[bytes], None]


def fuzz(target: Target, seeds: Sequence[bytes]) -> None:
    """Never returns with atheris; without it ends after the seconds that are given (60)."""
    try:
        import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        _mutate(target, seeds)
        return
    for module in [one for name, one in sys.modules.items() if name.partition(".")[0] == "extract"]:
        for function in [one for one in vars(module).values() if isinstance(one, FunctionType)]:
            atheris.instrument_func(function)
    folder = Path(mkdtemp())
    for number, seed in enumerate(seeds):
        (folder / str(number)).write_bytes(seed)
    atheris.Setup([*sys.argv, str(folder)], target)
    atheris.Fuzz()


def _mutate(target: Target, seeds: Sequence[bytes]) -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    dice, started, tried = random.Random(1), time.monotonic(), 0
    while time.monotonic() - started < seconds:
        data = _worn(dice, seeds)
        try:
            target(data)
        except Exception:
            print(repr(data), file=sys.stderr)
            raise
        tried += 1
    print(f"{tried} inputs in {seconds:.0f} s, none broke it")


def _worn(dice: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A seed with runs of characters taken out, put elsewhere, repeated, or exchanged with another seed's."""
    text = dice.choice(seeds).decode()
    other = dice.choice(seeds).decode()
    for _ in range(dice.randint(1, 12)):
        start = dice.randrange(len(text) + 1)
        end = min(len(text), start + dice.choice((1, 1, 2, 5, 20, 100)))
        at = dice.randrange(len(other) + 1)
        put = dice.choice(("", other[at : at + 20], text[start:end] * 2, dice.choice("0９亿万（《“：。\n\t、-\u2028")))
        text = text[:start] + put + text[end:]
    return text.encode()
