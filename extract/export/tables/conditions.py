"""The table of conditions: what an application can be tested by, of the guide and of its sections."""

from collections.abc import Iterator

from msgspec import Struct

from extract.export.labels import BASES, BINDINGS, CONDITION_VALUES, FACTS, OPS, PARTIES, UNITS
from extract.export.tables.columns import (
    FLOAT,
    INT,
    LIST,
    TEXT,
    Column,
    Frame,
    TableRow,
    listed,
    path,
    quote,
    where,
)
from extract.model.conditions import Condition, ConditionValue
from extract.model.fields import Label
from extract.model.record import Guide


class OrderedCondition(Struct, frozen=True):
    """A condition with its place among those of its section, or of the guide."""

    condition: Condition
    order: int


def _conditions(guide: Guide) -> Iterator[TableRow[OrderedCondition]]:
    """Yield the conditions of the guide, then those of its sections."""
    lists = [(None, guide.guide.conditions), *((section.number, section.conditions) for section in guide.sections)]
    for number, conditions in lists:
        for order, condition in enumerate(conditions, 1):
            yield TableRow(guide, number, OrderedCondition(condition, order), condition.evidence)


def value_text(value: ConditionValue) -> str | None:
    """Return a value as text, a list in one cell.

    >>> value_text(1.0), value_text(0.5), value_text(False), value_text(("provided", "promised"))
    ('1', '0.5', 'false', 'provided; promised')
    """
    if isinstance(value, tuple):
        return listed(value)
    return str(value).lower() if isinstance(value, bool) else str(value).removesuffix(".0")


def _number(value: ConditionValue) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


CONDITIONS: Frame[OrderedCondition] = Frame(
    "conditions",
    "可核验条件",
    Label(
        "一行一个可核验条件：先是整份指南的，再是各节的",
        "one row for each thing that an application can be tested by: those of the guide, then those of its sections",
    ),
    (
        *where(),
        Column(
            "order",
            zh=("次序", "在本节（或整份指南）条件中的次序，从 1 起"),
            en="its place among the conditions of the section, or of the guide, from 1",
            dtype=INT,
            read=path("order"),
        ),
        Column(
            "fact",
            zh=("核验事项", "核验什么，见 docs/conditions.md"),
            en="what is tested: see [conditions.md](conditions.md)",
            dtype=TEXT,
            read=path("condition.fact"),
            words=FACTS,
        ),
        Column(
            "op",
            zh=("比较", "不少于、不超过、为、之一、不晚于、不早于；空：需人工判断"),
            en=f"{', '.join(f'`{op}`' for op in OPS)}; empty where a person has to judge",
            dtype=TEXT,
            read=path("condition.op"),
            words=OPS,
        ),
        Column(
            "value",
            zh=("值", f"与之比较的值；多个以“{LIST}”分隔"),
            en=f"with what it is compared, as text; several with `{LIST}` between them",
            dtype=TEXT,
            read=path("condition.value", value_text),
            words=CONDITION_VALUES,
        ),
        Column(
            "value_number",
            zh=("数值", "值为数字时的数值"),
            en="the value where it is a number",
            dtype=FLOAT,
            read=path("condition.value", _number),
        ),
        Column(
            "unit",
            zh=("单位", "数值的单位；空：个数"),
            en=f"{', '.join(f'`{unit}`' for unit in UNITS)}; empty for bare counts",
            dtype=TEXT,
            read=path("condition.unit"),
            words=UNITS,
        ),
        Column(
            "among",
            zh=("限于", f"所计国家限于这些代码，以“{LIST}”分隔"),
            en=f"codes of which the counted countries must be, with `{LIST}` between them",
            dtype=TEXT,
            read=path("condition.among", listed),
        ),
        Column(
            "binding",
            zh=("约束力", "必须、原则上、优先、说明"),
            en=", ".join(f"`{binding}`" for binding in BINDINGS),
            dtype=TEXT,
            read=path("condition.binding"),
            words=BINDINGS,
        ),
        Column(
            "by",
            zh=("主体", "对谁提出，或由谁做"),
            en="who is asked, or acts",
            dtype=TEXT,
            read=path("condition.by"),
            words=PARTIES,
        ),
        Column(
            "of",
            zh=("对象", "原文所称的对象：机构、材料、系统等"),
            en="what it is of or with whom, in the guide's words",
            dtype=TEXT,
            read=path("condition.of"),
        ),
        Column(
            "track",
            zh=("适用分项", "只适用于这一领域或分项"),
            en="the topic or track for which alone it holds",
            dtype=TEXT,
            read=path("condition.track"),
        ),
        Column(
            "when",
            zh=("适用情形", "只在这种情形下适用"),
            en="the case in which alone it holds",
            dtype=TEXT,
            read=path("condition.when"),
        ),
        Column(
            "basis",
            zh=("依据", "由哪一部分读出"),
            en=f"the part that says it: {', '.join(f'`{basis}`' for basis in BASES)}",
            dtype=TEXT,
            read=path("condition.basis"),
            words=BASES,
        ),
        Column(
            "text", zh=("条文", "读出条件的分句"), en="the words that say it", dtype=TEXT, read=path("condition.text")
        ),
        quote(),
    ),
    _conditions,
)
