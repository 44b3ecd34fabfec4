"""What people read in place of a comparison's keys and words: Chinese and English; figures and pages in words."""

from collections.abc import Sequence

from extract.export.labels import FIELDS, OF_A_SECTION, OF_THE_GUIDE, REQUIREMENT_KINDS, STATUSES, Label
from extract.export.number_format import span_in
from extract.model.comparison import Caution, FactChange, Kind, Outcome, Range, Sum, Trend, What
from extract.model.record import Correction
from extract.model.values import Evidence

OUTCOME_NAMES: dict[Outcome, Label] = {
    "new": Label("新增", "new"),
    "gone": Label("取消", "gone"),
    "changed": Label("有变化", "changed"),
    "worded": Label("仅措辞", "wording only"),
    "same": Label("未变", "same"),
}

KIND_NAMES: dict[Kind, Label] = {
    "added": Label("增加", "added"),
    "removed": Label("删除", "removed"),
    "changed": Label("修改", "changed"),
    "corrected": Label("更正后相同", "same once corrected"),
    "worded": Label("措辞", "wording"),
}

TREND_NAMES: dict[Trend, Label] = {
    "up": Label("增", "up"),
    "down": Label("减", "down"),
    "unclear": Label("不能断定", "unclear"),
}
ARROWS: dict[Trend | None, str] = {"up": "↑", "down": "↓", "unclear": "?", None: ""}

WHAT_NAMES: dict[What, Label] = {
    "programme": Label("专项名称", "programme"),
    "title": Label("标题", "title"),
    "declared_partners": Label("总则：合作方数", "introduction: partners"),
    "declared_directions": Label("总则：方向数", "introduction: directions"),
    "declared_projects": Label("总则：项目数", "introduction: projects"),
    "declared_funding": Label("总则：经费", "introduction: funding"),
    "declared_duration": Label("总则：执行期", "introduction: duration"),
    "basis": Label("编制依据", "basis"),
    "previous": Label("前一轮支持", "earlier round"),
    "partner": Label("合作方", "partner"),
    "agreement": FIELDS["agreement"],
    "document": Label("合作协议文件", "document"),
    "remark": Label("合作协议说明", "remark on documents"),
    "fields": FIELDS["fields"],
    "topic": Label("领域", "topic"),
    "topic_note": Label("领域说明", "note of a topic"),
    "topic_place": Label("领域层级", "place of a topic"),
    "unrestricted": Label("领域不限", "any field"),
    "open_ended": Label("列举未尽（等）", "list goes on (等)"),
    "project_count": FIELDS["project_count"],
    "projects_per": Label("每项名额", "projects for each"),
    "projects_track": Label("分项项目数", "projects of a part"),
    "funding": FIELDS["funding"],
    "funding_per_project": Label("单个项目经费", "funding per project"),
    "funding_track": Label("分项经费", "funding of a part"),
    "duration": FIELDS["duration"],
    "requirements": FIELDS["requirements"],
    "requirement": Label("要求条目", "requirement"),
    "other": Label("其他内容", "other part"),
}

CAUTIONS: dict[Caution, Label] = {
    "same_file": Label("两份记录出自同一份文件。", "Both records were read from the same file."),
    "same_year": Label(
        "两份指南属同一年度：差别是批次之间的，不是年度之间的。",
        "Both guides are of one year: what differs is between batches, not years.",
    ),
    "year_unknown": Label(
        "有一份指南未写明年度，先后顺序以给出的顺序为准。",
        "A guide states no year: earlier and later are as they were given.",
    ),
    "years_reversed": Label(
        "前一份指南晚于后一份：“新增”与“取消”按给出的顺序理解。",
        "The first guide is the later one: new and gone go by the order given.",
    ),
    "programmes_differ": Label(
        "两份指南的专项名称不同：对应的章节可能并非同一项目的延续。",
        "The guides are of differently named programmes: paired sections may not continue one another.",
    ),
    "nothing_paired": Label("没有任何章节能够对应。", "No section of one is like any of the other."),
}

FACT_NAMES = {
    "kinds": Label("类别", "kinds"),
    "per_department_max": Label("每个推荐部门名额", "projects per department"),
    "min_enterprises": Label("企业数下限", "enterprises at least"),
    "cofunding_ratio": Label("配套比例", "co-funding ratio"),
    "deadline": Label("截止日期", "deadline"),
    "max_months": Label("最长月数", "months at most"),
    "min_partner_countries": Label("外方国家数下限", "partner countries at least"),
    "urls": Label("网址", "web addresses"),
    "emails": Label("邮箱", "e-mail"),
    "phones": Label("电话", "telephone"),
}

# What heads and guides show that a person may have corrected, by their keys.
CORRECTABLE = {
    **{key: OF_THE_GUIDE[key] for key in ("title", "programme", "year", "batch")},
    "partners": OF_A_SECTION["partners"],
    "projects": OF_A_SECTION["project_count"],
    "funding": OF_A_SECTION["funding"],
}

_UNITS = {
    "projects": Label(" 项", " projects"),
    "partners": Label(" 个合作方", " partners"),
    "directions": Label(" 个方向", " directions"),
    "months": Label(" 个月", " months"),
    "CNY": Label(" 万元", " million CNY"),
}
_COUNTED = ("projects", "partners", "directions", "months")


def figure(value: Range | Sum | None, unit: str = "") -> Label:
    """A figure in words: 20–25 项, ≤6 项, 约 100 项, 18,000 万元; a dash where there is none."""
    name = _unit(value, unit)
    return Label(*(f"{_number(value, unit, language)}{name[language] if value else ''}" for language in (0, 1)))


def figures(sides: tuple[Range | Sum | None, Range | Sum | None], way: Trend | None, unit: str = "") -> Label:
    """Two figures in words, once where they are the same, and a unit once where it is one: 65 → 60 项 ↓."""
    before, after = (figure(side, unit) for side in sides)
    if before == after:
        return after
    if sides[1] and _unit(sides[0], unit) == _unit(sides[1], unit):
        before = Label(*(_number(sides[0], unit, language) for language in (0, 1)))
    return Label(*(f"{one} → {other} {ARROWS[way]}".rstrip() for one, other in zip(before, after, strict=True)))


def _unit(value: Range | Sum | None, unit: str) -> Label:
    name = value.unit if isinstance(value, Range) else unit
    return _UNITS.get(name, Label(f" 万 {name}", f" million {name}"))


def _number(value: Range | Sum | None, unit: str, language: int) -> str:
    """A figure without its unit: money in 万 or in millions."""
    if value is None:
        return "—"
    name = value.unit if isinstance(value, Range) else unit
    scale = 1 if name in _COUNTED else (10_000, 1_000_000)[language]
    told = span_in(value.min, value.max, scale)
    return f"{('约 ', 'about ')[language] if value.approximate else ''}{told}"


def places(evidence: Sequence[Evidence]) -> Label:
    """Where words stand: pages; for plain text, which has none to look at, lines."""
    lines = [one.line for one in evidence if isinstance(one.line, int)]
    told = _run(lines) if lines else _run([one.page for one in evidence])
    if not told:
        return Label("", "")
    return Label(f"第 {told} 行", f"line {told}") if lines else Label(f"第 {told} 页", f"p. {told}")


def _run(numbers: Sequence[int]) -> str:
    if not numbers:
        return ""
    low, high = min(numbers), max(numbers)
    return str(low) if low == high else f"{low}–{high}"


def was(correction: Correction) -> Label:
    """What was extracted before a person corrected it: a value as JSON, a status, or nothing."""
    if correction.was is None:
        return Label("无值", "no value")
    return STATUSES.get(correction.was, Label(correction.was, correction.was))


def fact(change: FactChange) -> Label:
    """A fact that changed, with both sides: 截止日期 2016-08-31 → 2017-08-31."""
    name = FACT_NAMES.get(change.fact, Label(change.fact, change.fact))
    sides = [[_value(side, change.fact, language) for side in (change.before, change.after)] for language in (0, 1)]
    return Label(f"{name.zh} {' → '.join(sides[0])}", f"{name.en} {' → '.join(sides[1])}")


def _value(side: object, name: str, language: int) -> str:
    if side is None:
        return "—"
    if not isinstance(side, tuple):
        return str(side)
    words = [REQUIREMENT_KINDS[one][language] if name == "kinds" and one in REQUIREMENT_KINDS else one for one in side]
    return ("、", ", ")[language].join(words)
