"""Every guide gives the conditions that its golden file says, loses no requirement, and leaves few to a person."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from extract.model.conditions import Condition
from extract.model.record import Field, Guide
from extract.model.values import Requirements
from tests.support.golden import GOLDEN, record

GUIDES = sorted(path.parent.name for path in GOLDEN.glob("*/conditions.json"))
MOST_MANUAL = 0.3


def plain(conditions: tuple[Condition, ...]) -> list[dict[str, Any]]:
    """Conditions as a golden file has them: those that are read, without evidence and keys that are null."""
    rows = json.loads(msgspec.json.encode([one for one in conditions if one.basis != "derived"]))
    return [{key: value for key, value in row.items() if key != "evidence" and value is not None} for row in rows]


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_gives_the_conditions_that_its_readers_signed(name: str) -> None:
    golden = json.loads((GOLDEN / name / "conditions.json").read_text("utf-8"))
    assert golden.pop("read_by").strip()
    guide = record(name)
    found = {section.number: plain(section.conditions) for section in guide.sections}
    assert {
        "sections": found,
        "guide": plain(guide.guide.conditions),
    } == golden


def test_every_golden_guide_has_golden_conditions() -> None:
    assert sorted(path.parent.name for path in GOLDEN.glob("*/expected.json")) == GUIDES


@pytest.mark.parametrize("name", GUIDES)
def test_every_requirement_has_a_condition(name: str) -> None:
    for requirements, conditions in _requirements(record(name)):
        for item in requirements.items:
            assert any(condition.text in item.text for condition in conditions), item.text


def _requirements(guide: Guide) -> Iterator[tuple[Requirements, tuple[Condition, ...]]]:
    common: Field[Requirements] = guide.guide.common.field("requirements")
    fields = [(common, guide.guide.conditions), *((one.requirements, one.conditions) for one in guide.sections)]
    yield from ((field.value, conditions) for field, conditions in fields if field.status == "stated" and field.value)


@pytest.mark.parametrize("name", GUIDES)
def test_few_conditions_are_left_to_a_person(name: str) -> None:
    guide = record(name)
    read = (guide.guide.conditions, *(section.conditions for section in guide.sections))
    asked = [one for conditions in read for one in conditions if one.basis != "derived"]
    left = [one for one in asked if one.fact == "manual" and one.binding != "info"]
    assert len(left) <= MOST_MANUAL * len(asked)
