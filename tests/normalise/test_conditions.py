"""What words of requirements ask: the rows of tests/cases/requirements.toml and conditions.toml."""

from typing import Any

import msgspec
import pytest

from extract.model.conditions import Condition
from extract.normalise.conditions.values import FACTS
from extract.normalise.sections import PARSERS, Context
from tests.normalise.test_cases import PROFILE
from tests.support.case_tables import rows, text

ROWS = [row for row in (*rows("requirements"), *rows("conditions")) if row.get("want") != "none"]


def short(condition: Condition) -> dict[str, Any]:
    """A condition without its words and what is usual for its fact."""
    op, unit, _ = FACTS[condition.fact]
    usual = {"op": op, "unit": unit, "binding": "must"}
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(condition))
    kept = {key: value for key, value in plain.items() if key not in ("evidence", "basis", "text")}
    return {key: value for key, value in kept.items() if value not in (None, usual.get(key)) and value is not True}


@pytest.mark.parametrize("row", [pytest.param(row, id=row["given"][:24]) for row in ROWS])
def test_conditions_of_requirements(row: dict[str, Any]) -> None:
    found = PARSERS["requirements"](text(row["given"]), Context(PROFILE)).conditions
    assert [short(condition) for condition in found] == row["conditions"], row["why"]


@pytest.mark.parametrize("row", [pytest.param(row, id=row["given"][:24]) for row in ROWS])
def test_no_point_is_without_condition(row: dict[str, Any]) -> None:
    parsed = PARSERS["requirements"](text(row["given"]), Context(PROFILE))
    assert parsed.value is not None
    for item in parsed.value.items:
        assert any(condition.text in item.text for condition in parsed.conditions), row["given"]
