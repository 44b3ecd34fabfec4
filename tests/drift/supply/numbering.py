"""Section numbers: which number each section has, and which headings stand above them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.drift.supply.seeded_random import Dice


@dataclass(frozen=True)
class Place:
    """Where a section stands: its number, the number of a group that begins before it, a new chapter before it."""

    number: str
    group: str | None = None
    below: bool = False
    chapter: bool = False


def places(dice: Dice, scheme: str, count: int) -> list[Place]:
    """The places of that many sections."""
    return {
        "flat": _flat,
        "none": _counted,
        "rolling": _rolling,
        "chapters": _chapters,
        "third": _third,
        "mixed": _mixed,
    }[scheme](dice, count)


def _flat(_: Dice, count: int) -> list[Place]:
    return [Place(f"1.{number}") for number in range(1, count + 1)]


def _counted(_: Dice, count: int) -> list[Place]:
    return [Place(str(number)) for number in range(1, count + 1)]


def _rolling(_: Dice, count: int) -> list[Place]:
    """1.1 … 1.9, 2.0 … 2.9, 3.0"""
    return [Place(f"{number // 10}.{number % 10}") for number in range(11, 11 + count)]


def _chapters(dice: Dice, count: int) -> list[Place]:
    """1.1 … 1.7, then the next chapter and 2.1"""
    cut = dice.between(2, count - 2)
    first = [Place(f"1.{number}") for number in range(1, cut + 1)]
    second = [Place(f"2.{number}", chapter=number == 1) for number in range(1, count - cut + 1)]
    return [*first, *second]


def _third(dice: Dice, count: int) -> list[Place]:
    """1.1 above 1.1.1 and 1.1.2, 1.2 above 1.2.1"""
    found: list[Place] = []
    group = 0
    while len(found) < count:
        group += 1
        for number in range(1, min(dice.between(2, 6), count - len(found)) + 1):
            found.append(Place(f"1.{group}.{number}", f"1.{group}" if number == 1 else None, below=True))
    return found


def _mixed(dice: Dice, count: int) -> list[Place]:
    """Sections of two levels, and here and there a group of three."""
    found: list[Place] = []
    number = 0
    while len(found) < count:
        number += 1
        left = count - len(found)
        if left >= 2 and dice.chance(0.25):
            for part in range(1, min(dice.between(2, 4), left) + 1):
                found.append(Place(f"1.{number}.{part}", f"1.{number}" if part == 1 else None, below=True))
        else:
            found.append(Place(f"1.{number}"))
    return found
