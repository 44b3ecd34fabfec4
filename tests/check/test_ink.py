"""The record against the ink: quotes come back, numbers keep their digits; a planted fault is caught."""

import re
from collections.abc import Callable, Iterator
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from msgspec import UnsetType
from msgspec.structs import replace

import extract.repair
from extract import Guide, extract_guide
from extract.check import check, check_ink
from extract.check.codes import codes_of, is_currency
from extract.check.held_to_ink import HELD, ByFact, Closed, Derived, Held, Kind, Named, Number
from extract.check.numbers import CitedNumber, cited_numbers, is_explained
from extract.check.quote_lookup import QuoteFinder, replay
from extract.check.quotes import quotes_in_section, texts
from extract.model.record import Check, Correction, Status, walk
from extract.model.stages import Pulled, Repaired
from extract.model.values import Evidence, Partner, PartnerKind, Record, Subdivision
from extract.pipeline import assemble
from extract.processes.worker import run_isolated
from extract.profile.files import load_profile
from extract.profile.partner_tables import PartnerName
from extract.pull import pull
from extract.repair import repair
from extract.repair.characters import unify_character
from tests.end_to_end.test_guide_2017 import PDF, from_pdf, from_text
from tests.layout.test_layouts import FILES
from tests.normalise.test_cases import PARSERS, read_row
from tests.support.case_tables import rows
from tests.typeset.facsimile import EXTRACTED


def outcomes(record: Guide) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {check.code: (check.outcome, check.sections) for check in record.checks}


# ── planted faults ────────────────────────────────────────────────────────────────────────────────────


def test_a_repair_that_changes_a_digit_is_caught_by_the_digits_though_it_replays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extract.repair, "unify_character", lambda char: "6" if char == "5" else unify_character(char))
    record = extract_guide(PDF)
    first = record.sections[0].project_count.value
    assert first is not None
    assert first.max == 66  # the guide prints 65
    assert outcomes(record)["quotes-replay"] == ("proved", ())
    outcome, sections = outcomes(record)["numbers-in-ink"]
    assert outcome == "contradicted"
    assert "1.1" in sections


NAMES = load_profile().names

FAULTS: dict[str, tuple[str, str, Callable[[Any], Any]]] = {
    "a quote": ("funding", "quotes-replay", lambda value: changed(value, quote="18000万元")),
    "a box moved by a hair": ("funding", "quotes-replay", lambda value: changed(value, dx=0.05)),
    "a box moved by a character": ("funding", "quotes-replay", lambda value: changed(value, dx=16)),
    "another page": ("funding", "quotes-replay", lambda value: changed(value, page=5)),
    "a digit": ("funding", "numbers-in-ink", lambda value: replace(value, max=18100 * 10**4)),
    "another count": ("project_count", "numbers-in-ink", lambda value: replace(value, min=56)),
    "another duration": ("duration", "numbers-in-ink", lambda value: replace(value, max_months=48)),
}


def changed(value: Any, *, quote: str | None = None, dx: float = 0, page: int | None = None) -> Any:
    first, *rest = value.evidence
    x0, top, x1, bottom = first.bbox
    made = Evidence(page=page or first.page, bbox=(x0 + dx, top, x1 + dx, bottom), quote=quote or first.quote)
    return replace(value, evidence=(made, *rest))


@pytest.fixture(scope="module")
def ground() -> tuple[Pulled, Repaired]:
    pulled = pull(PDF)
    return pulled, repair(pulled)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught(fault: str, ground: tuple[Pulled, Repaired]) -> None:
    name, code, spoil = FAULTS[fault]
    record = from_pdf()
    first = record.sections[0]
    field = getattr(first, name)
    spoilt = replace(first, **{name: replace(field, value=spoil(field.value))})
    found: dict[str, Check] = {
        one.code: one for one in check_ink(*ground, NAMES, record.guide, (spoilt, *record.sections[1:]))
    }
    assert found[code].outcome == "contradicted"
    assert found[code].sections == ("1.1",)
    assert found[code].evidence


def test_a_repair_that_is_not_on_the_record_is_caught(ground: tuple[Pulled, Repaired]) -> None:
    pulled, repaired = ground
    forgotten = replace(repaired, repairs=repaired.repairs[1:])
    assert (repaired.repairs[0].name, len(repaired.repairs[0].became)) == ("fold overprints", 777)
    record = from_pdf()
    quotes = check_ink(pulled, forgotten, NAMES, record.guide, record.sections)[0]
    assert (quotes.outcome, len(quotes.sections)) == ("contradicted", 16)  # every heading is printed four times


def test_replaying_the_repairs_gives_the_text_that_was_read(ground: tuple[Pulled, Repaired]) -> None:
    pulled, repaired = ground
    texts = replay(pulled.glyphs, repaired.repairs)
    for line in repaired.lines:
        number = repaired.ink.lines[line.text.origins[0]]
        row = [
            (glyph.x0, n)
            for n, glyph in enumerate(pulled.glyphs)
            if glyph.page == line.page and repaired.ink.lines[n] == number
        ]
        assert "".join("".join(texts[n] for _, n in sorted(row)).split()) == "".join(line.text.chars.split())


@pytest.mark.parametrize("guide", [from_pdf, from_text])
def test_the_guide_of_2017_is_proved(guide: Callable[[], Guide]) -> None:
    found = outcomes(guide())
    assert found["quotes-replay"] == found["numbers-in-ink"] == ("proved", ())


def test_in_text_a_quote_stands_on_its_line_and_page() -> None:
    pulled = pull(EXTRACTED)
    paper = QuoteFinder(pulled, repair(pulled))
    piece = from_text().sections[0].funding.evidence[0]
    assert paper.under(piece) is not None
    assert isinstance(piece.line, int)
    for wrong in ({"line": piece.line + 1}, {"page": (piece.page or 0) + 1}, {"quote": "19000万元人民币。"}):
        assert paper.under(replace(piece, **wrong)) is None


def test_sections_in_columns_hold_their_own_quotes() -> None:
    """The lower half of a page moved beside the upper one: a quote may stand higher than the heading before it."""
    pulled = pull(FILES / "v01_base.pdf")
    starts = {line.text.plain[:3]: line.text.origins[0] for line in repair(pulled).lines}
    first = pulled.glyphs[starts["1.3"]]
    width, height = 600.0, first.top - pulled.glyphs[starts["1.1"]].top
    moved = [
        replace(
            glyph,
            x0=glyph.x0 + width,
            x1=glyph.x1 + width,
            top=glyph.top - height,
            bottom=glyph.bottom - height,
            baseline=glyph.baseline - height,
        )
        if glyph.page == first.page and glyph.top >= first.top
        else glyph
        for glyph in pulled.glyphs
    ]
    columns = replace(pulled, glyphs=moved, witness=None)
    record = assemble(columns, repair(columns), load_profile())
    second, last = record.sections[1], record.sections[-1]
    heading, before = last.evidence[0].bbox, second.requirements.evidence[0].bbox
    assert heading
    assert before
    assert heading[1] < before[1]
    assert outcomes(record)["quotes-in-section"] == ("proved", ())
    paper = QuoteFinder(columns, repair(columns))
    swapped = (record.sections[0], replace(second, funding=last.funding), last)
    assert quotes_in_section(paper, record.guide, swapped).sections == ("1.2",)


# ── the table of what is held to the ink ──────────────────────────────────────────────────────────────


def subclasses(kind: type[Record]) -> Iterator[type[Record]]:
    for one in kind.__subclasses__():
        yield one
        yield from subclasses(one)


MODULES = ("extract.model.values", "extract.model.conditions", "extract.model.record")
RECORDS = [one for one in subclasses(Record) if one.__module__ in MODULES]


def words_of(annotation: Any) -> tuple[str, ...] | None:
    """The closed list of words that a field's type allows, also in a tuple; None for other types."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    inner = [one for one in get_args(annotation) if one not in (..., type(None))]
    return words_of(inner[0]) if len(inner) == 1 else None


def has_words_or_numbers(annotation: Any) -> bool:
    """Whether a field's type holds a text or a number, however deep: tuple[str, ...] | None, dict[str, Correction]."""
    if annotation in (str, int, float, bool, Any) or get_origin(annotation) is Literal:
        return True
    return any(has_words_or_numbers(one) for one in get_args(annotation))


@pytest.mark.parametrize(
    ("annotation", "want"),
    [
        (str, True), (int | None, True), (float | UnsetType, True), (tuple[str, ...] | UnsetType, True),
        (dict[str, Correction] | UnsetType, True), (tuple[tuple[float, ...], ...] | None, True), (Status, True),
        (Evidence | None, False), (tuple[Evidence, ...], False), (None, False),
    ],
)  # fmt: skip
def test_what_is_a_text_or_a_number(annotation: Any, want: bool) -> None:
    assert has_words_or_numbers(annotation) is want


def test_the_table_has_every_type_of_the_record() -> None:
    assert len(RECORDS) > 25
    assert set(HELD) == set(RECORDS)


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_every_text_and_number_of_the_record_is_held_to_the_ink_or_excused(kind: type[Record]) -> None:
    types = get_type_hints(kind)
    assert set(HELD[kind]) == {name for name in kind.__struct_fields__ if has_words_or_numbers(types[name])}
    for name, held in HELD[kind].items():
        assert (held.words if isinstance(held, Closed) else None) == (
            None if isinstance(held, Named) else words_of(types[name])
        ), name
        assert not isinstance(held, Derived) or held.reason
        if isinstance(held, Number):
            assert has_number(types[name]) or held.kind in ("date", "moment", "label"), name


def has_number(annotation: Any) -> bool:
    return annotation in (int, float) or any(has_number(one) for one in get_args(annotation))


# ── forged records ────────────────────────────────────────────────────────────────────────────────────

GUIDE = """科技部关于发布“政府间国际科技创新合作”重点专项2018年度项目申报指南的通知
国科发资〔2017〕31号
网上填报的受理时间为：2017年11月2日8:00至12月28日17:00。联系电话：010-55550100。
科技部 财政部
2017年10月9日
附件1
“政府间国际科技创新合作”重点专项2018年度第一批项目申报指南
为落实《国家创新驱动发展战略纲要》（国发〔2016〕4号）提出的任务，现发布2018年度指南，拟支持5个项目，总经费4000万元。
2017年度已支持与美国、俄罗斯的联合研究项目。
1.1中国科技部与日本国际协力机构（JICA）合作项目
合作协议：《中日科学技术合作协定》（2017年续签）。
领域方向：双方在以下领域开展合作：1.农业（重点是育种）；2.能源。
拟支持项目数：每个领域1-2个项目，共3个项目。
拟支持经费：300万美元，每个项目不超过100万美元。
其他要求：应符合以下要求：（1）请登录www.jst.go.jp，电话：010-58881341，邮箱a@jst.go.jp。（2）中方企业不少于2家。
联系人：王芳。
1.2中加（魁北克省）政府间合作项目
合作协议：《中加科学技术合作协定》。
领域方向：1.信息通信；2.医药。
拟支持项目数：各1个项目。
拟支持经费：1000万元人民币。
拟支持时间：3年。
其他要求：无。
"""
Read = tuple[Pulled, Repaired, Guide]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Read:
    file = tmp_path_factory.mktemp("made") / "guide.txt"
    file.write_text(GUIDE, "utf-8")
    pulled = pull(file)
    return pulled, repair(pulled), extract_guide(file)


def contradicted(read: Read, record: Guide) -> set[str]:
    found = check_ink(*read[:2], NAMES, record.guide, record.sections)
    return {check.code for check in found if check.outcome == "contradicted"}


def forged(record: Any, place: str, value: Any) -> Any:
    """A record with another value at a place: sections[0].partners[0].name."""
    head, _, rest = place.replace("[", ".").replace("]", "").partition(".")
    if isinstance(record, tuple):
        number = int(head)
        return (*record[:number], forged(record[number], rest, value) if rest else value, *record[number + 1 :])
    return replace(record, **{head: forged(getattr(record, head), rest, value) if rest else value})


def test_the_made_guide_is_proved(made: Read) -> None:
    assert contradicted(made, made[2]) == set()


FORGED: list[tuple[str, Any]] = [
    ("guide.title", "2019年度项目申报指南"),
    ("guide.programme", "战略性国际科技创新合作"),
    ("guide.basis[0].title", "国家中长期科学和技术发展规划纲要"),
    ("guide.basis[0].number", "国发〔2016〕5号"),
    ("guide.document.title.text", "科技部关于发布2019年度项目申报指南的通知"),
    ("guide.document.issuer[1].text", "教育部"),
    ("guide.document.number.text", "国科发资〔2017〕32号"),
    ("guide.document.date.date", "2017-10-19"),
    ("guide.document.period.start", "2017-11-02T09:00"),
    ("guide.document.period.end", "2017-12-28T08:30"),
    ("guide.document.period.end", "2018-12-28T17:00"),
    ("guide.document.contacts[0].text", "联系电话：010-55550101"),
    ("guide.previous.partners[0].code", "FR"),
    ("guide.previous.partners[1].name", "白俄罗斯"),
    ("guide.declared.funding.currency", "USD"),
    ("sections[0].number", "1.3"),
    ("sections[0].partners[0].name", "法国"),
    ("sections[0].partners[0].code", "FR"),
    ("sections[0].partners[0].kind", "group"),
    ("sections[0].partners[0].agency", "日本科学技术振兴机构（JST）"),
    ("sections[1].partners[0].subdivision.name", "安大略省"),
    ("sections[1].partners[0].subdivision.code", "CA-ON"),
    ("sections[1].partners[0].code", "US"),
    ("sections[0].agreement.label", "领域方向"),
    ("sections[0].agreement.text", "《中法科学技术合作协定》"),
    ("sections[0].agreement.value.documents[0].title", "中法科学技术合作协定"),
    ("sections[0].agreement.value.remarks[0]", "2018年续签"),
    ("sections[0].fields.value.lead", "双方不在以下领域开展合作"),
    ("sections[0].fields.value.items[0].marker", "3."),
    ("sections[0].fields.value.items[0].name", "渔业"),
    ("sections[0].fields.value.items[0].note", "重点是灌溉"),
    ("sections[0].fields.value.keywords[0]", "渔业"),
    ("sections[0].project_count.label", "拟支持经费"),
    ("sections[0].project_count.value.per.unit", "国家"),
    ("sections[0].project_count.value.per.max", 3),
    ("sections[0].funding.value.currency", "CNY"),
    ("sections[0].funding.value.per_project.max", 1000001),
    ("sections[0].requirements.label", "联系人"),
    ("sections[0].requirements.value.lead", "不应符合以下要求："),
    ("sections[0].requirements.value.items[1].text", "外方企业不少于2家。"),
    ("sections[0].conditions[0].value", "www.jsps.go.jp"),
    ("sections[0].conditions[0].text", "请登录www.jsps.go.jp"),
    ("sections[0].conditions[1].value[0]", "010-58881342"),
    ("sections[0].conditions[1].value[1]", "b@jst.go.jp"),
    ("sections[0].conditions[2].value", 3),
    ("sections[0].conditions[2].of", "外方"),
    ("sections[1].conditions[0].value", 24),
    ("sections[0].other[0].label", "联络人"),
    ("sections[1].project_count.value.tracks[0].name", "能源"),
    ("sections[1].requirements.label", "其他说明"),
]


@pytest.mark.parametrize(("place", "value"), FORGED, ids=lambda item: str(item)[-30:])
def test_a_forged_value_is_caught(place: str, value: Any, made: Read) -> None:
    record = forged(made[2], place, value)
    assert record != made[2]
    assert contradicted(made, record)


def test_a_partner_that_is_another_country_altogether_is_caught(made: Read) -> None:
    record = made[2]
    partner = replace(record.sections[0].partners[0], name="法国", code="FR")
    assert contradicted(made, forged(record, "sections[0].partners[0]", partner)) == {"words-in-quotes"}


def places(record: Any, place: str = "") -> Iterator[tuple[str, Held, Any]]:
    """Every text and number of a record that is set: its place, how it is held, and its value."""
    for at, one in walk(record, place):
        for name, kind in HELD[type(one)].items():
            value = getattr(one, name)
            held = kind.kinds[one.fact] if isinstance(kind, ByFact) else kind  # type: ignore[attr-defined]
            for number, item in enumerate(value if isinstance(value, tuple) else (value,)):
                if isinstance(item, str | int | float) and not isinstance(item, bool):
                    yield f"{at}.{name}" + f"[{number}]" * isinstance(value, tuple), held, item


def other(value: Any) -> Any:
    """Another value of the same type; another day of a date."""
    if not isinstance(value, str):
        return value + 7
    if re.match(r"\d{4}-\d\d-\d\d", value):
        return value[:-1] + ("1" if value[-1] != "1" else "2")
    return f"{value}9" if value.replace(".", "").isdecimal() else f"{value}伪"


def test_no_text_and_no_number_can_be_another_one(made: Read) -> None:
    seen, silent = 0, []
    record = made[2]
    for place, held, value in [*places(record.guide, "guide"), *places(record.sections, "sections")]:
        if not isinstance(held, Closed | Derived):
            seen += 1
            if not contradicted(made, forged(record, place, other(value))):
                silent.append(place)
    assert seen > 100
    assert silent == []


# ── partners ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "name", "code", "kind", "want"),
    [
        ("美", "美国", "US", "country", True),
        ("俄", "俄罗斯", "RU", "country", True),
        ("美", "英国", "GB", "country", False),
        ("美洲国家", "美洲", "AMERICAS", "region", True),
        ("美洲国家", "美国", "US", "country", False),  # 美 in 美洲 is no 美国
        ("新（西兰）", "新西兰", "NZ", "country", True),
        ("新（西兰）", "新加坡", "SG", "country", False),
        ("印（尼）", "印度尼西亚", "ID", "country", True),
        ("印度尼西亚", "印度", "IN", "country", False),
        ("越南", "南非", "ZA", "country", False),  # 南 alone is 南非
        ("港澳台", "澳门", "MO", "region", True),
        ("港澳台", "澳大利亚", "AU", "country", False),
        ("日本国际协力机构（JICA）", "日本", "JP", "country", True),
        ("日本国际协力机构（JICA）", "法国", "FR", "country", False),
        ("日JST", "日本", "JP", "country", True),
        ("弗兰德研究基金会", "比利时", "BE", "country", True),
        ("欧洲核子研究中心（CERN）", "欧洲核子研究中心", "CERN", "organisation", True),
        ("欧洲核子研究中心（CERN）", "欧盟", "EU", "group", False),
        ("CERN", "欧洲核子研究中心", "CERN", "organisation", True),
        ("安哥拉共和国", "安哥拉", "AO", "country", True),
        ("科索沃", "科索沃", "XK", "country", True),  # CLDR has it, ISO 3166-1 has not
        ("刚果（金）", "刚果（金）", "CD", "country", True),
        ("刚果（金）", "刚果（布）", "CG", "country", False),
        ("美", "美国", "US", "group", False),
        ("美", "美利坚", "US", "country", False),
        ("某某国", "某某国", None, "country", True),
        ("某某国", "某某", "XX", "country", False),
        ("某某国", "他国", None, "country", False),
    ],
)
def test_a_partner_is_what_its_words_stand_for(
    words: str, name: str, code: str | None, kind: PartnerKind, want: bool
) -> None:
    assert (codes_of(NAMES).wrong(Partner(name=name, code=code, kind=kind), words) == []) is want


def test_a_name_of_a_profile_of_ones_own_is_known() -> None:
    own = replace(NAMES, organisation=(PartnerName(code="WMX", name="世界某某组织", aliases=("世某组织",)),))
    partner = Partner(name="世界某某组织", code="WMX", kind="organisation")
    assert codes_of(own).wrong(partner, "世某组织（WMX）") == []
    assert codes_of(NAMES).wrong(partner, "世某组织（WMX）") == ["WMX", "世界某某组织", "organisation"]


@pytest.mark.parametrize(
    ("country", "name", "code", "words", "want"),
    [
        ("CA", "魁北克省", "CA-QC", "加（魁北克省）", True),
        ("CA", "魁北克省", "CA-QC", "加（安大略省）", False),
        ("US", "关岛", "US-GU", "关岛", True),  # its own words in 美国（关岛、…）; a territory of ISO 3166-1 as well
        ("AU", "新南威尔士州", "AU-NSW", "新南威尔士", True),
        ("AU", "新南威尔士州", "AU-VIC", "新南威尔士", False),
        ("US", "魁北克省", "CA-QC", "魁北克省", False),
    ],
)
def test_a_province_is_what_its_words_stand_for(country: str, name: str, code: str, words: str, want: bool) -> None:
    partner = Partner(
        name=NAMES_OF[country], code=country, kind="country", subdivision=Subdivision(name=name, code=code)
    )
    assert (codes_of(NAMES).wrong(partner, words) == []) is want


NAMES_OF = {"CA": "加拿大", "US": "美国", "AU": "澳大利亚"}


@pytest.mark.parametrize(
    ("words", "code", "want"),
    [
        ("18000万元人民币", "CNY", True), ("800万", "CNY", True), ("800万", "USD", False),
        ("300万美元", "USD", True), ("300万美元", "CNY", False), ("300万美元（约2000万元）", "CNY", True),
        ("50万加元", "CAD", True), ("50万加元", "AUD", False), ("1000万新谢克尔", "ILS", True), ("1万元", "XYZ", False),
    ],
)  # fmt: skip
def test_a_currency_is_what_its_words_name(words: str, code: str, want: bool) -> None:
    assert is_currency(code, words) is want


def test_every_text_of_every_case_is_in_its_words() -> None:
    odd, seen = [], 0
    for kind in PARSERS:
        for row in rows(kind):
            value = read_row(kind, row)
            for _, record in walk(value):
                cites: tuple[Evidence, ...] = getattr(record, "evidence", ())
                spread = "".join(row.get("topics", ()))
                told = [*texts(record, cites, codes_of(NAMES), spread, lambda words, cites: True)]
                seen += len(told)
                odd += [(row["given"], one.name, one.text) for one in told if not one.stands]
    assert seen > 2000
    assert odd == []


# ── digits ────────────────────────────────────────────────────────────────────────────────────────────

CASES: list[tuple[Any, Kind, tuple[int, ...], str, bool]] = [
    (180000000, "number", (), "18000万元人民币", True),
    (180000000, "number", (), "１８０００万元", True),
    (180000000, "number", (), "1800万元", False),
    (10, "number", (), "1个项目", False),
    (32000000, "number", (), "2400—3200万元", True),
    (24000000, "number", (), "2400—3200万元", True),
    (25000000, "number", (), "两千五百万元", True),
    (180000000, "number", (), "81000万元", False),
    (257800000, "number", (), "2.578亿元", True),
    (120000000, "number", (), "1亿2千万元", True),
    (120000000, "number", (), "一亿二千万元", True),
    (15000000, "number", (), "1,500万元", True),
    (15000000, "number", (), "1，500万元", True),
    (60, "number", (), "40—60个", True),
    (60, "number", (), "40—50个", False),
    (3, "number", (), "不超过三项", True),
    (2, "number", (), "至少两国", True),
    (23, "number", (), "二十三个", True),
    (12, "number", (), "十二个", True),
    (12, "number", (), "十三个", False),
    (2018, "number", (), "二〇一八年", True),
    (1, "number", (), "第一批", True),
    (11, "sum", (10, 1), "支持10个项目；支持1个项目", True),
    (12, "sum", (10, 1), "支持10个项目；支持1个项目", False),
    (14, "sum", (), "12个国家和2个国际组织", True),
    (36, "months", (), "3年", True),
    (36, "months", (), "36个月", True),
    (30, "months", (), "2.5年", True),
    (18, "months", (), "一年半", True),
    (18, "months", (), "1年6个月", True),
    (6, "months", (), "半年", True),
    (48, "months", (), "2-3年", False),
    ("2018-03-31", "date", (), "2018年3月31日前", True),
    ("2018-03-30", "date", (), "2018年3月31日前", False),
    ("2018-01-01", "date", (), "2018年", True),
    ("2018-04-01", "date", (), "2018年1月", False),
    (1.0, "ratio", (), "等额", True),
    (0.5, "ratio", (), "50%", True),
    (0.5, "ratio", (), "60%", False),
    ("1.10", "label", (), "1.10中希", True),
    ("1.12", "label", (), "1.10中希", False),
    ("1.1", "label", (), "1.10中希", False),
    ("1.1", "label", (), "1.1 中希", True),
    ("1.1", "label", (), "1.1中⻄", True),
    (14, "sum", (), "十二个国家和2个国际组织", True),
    (4, "sum", (), "2个国家和2个国际组织", True),
    (3, "number", (), "②3家以上企业", True),
    ("2019-06-30", "date", (), "①2019年6月30日前", True),
    ("2019-01-31", "date", (), "2019年6月30日前", False),
    (2018, "number", (), "二○一八年度", True),
    (3000000, "number", (), "三百至五百万元", True),
    (10500000, "number", (), "1050万元", True),
    (15000000, "number", (), "1050万元", False),
    (25780000, "number", (), "2.578亿元", False),
    (605, "number", (), "65个项目", False),
    (3, "months", (), "3年", False),
    (27, "months", (), "2-3年", False),
    (30, "months", (), "两年半", True),
]


@pytest.mark.parametrize(("value", "kind", "parts", "ink", "want"), CASES, ids=lambda item: str(item)[:20])
def test_digits(value: Any, kind: Kind, parts: tuple[int, ...], ink: str, want: bool) -> None:
    assert is_explained(CitedNumber("value", value, kind, (), parts, title="中希"), [ink]) is want


def test_a_number_that_runs_over_a_line_is_seen_whole() -> None:
    assert is_explained(CitedNumber("max", 180000000, "number", ()), ["拟支持经费：180", "00万元"])


def test_every_number_of_every_case_has_the_digits_of_its_words() -> None:
    odd = []
    seen = 0
    for kind in PARSERS:
        for row in rows(kind):
            for number in (number for _, record in walk(read_row(kind, row)) for number in cited_numbers(record)):
                seen += 1
                if not is_explained(number, [piece.quote for piece in number.evidence]):
                    odd.append((row["given"], number.name, number.value))
    assert seen > 400
    assert odd == []


# ── tracks ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("total", "parts", "want"),
    [
        ((11, 11), [(10, 10), (1, 1)], "proved"),
        ((None, 11), [(None, 10), (None, 1)], "proved"),
        ((20, 20), [(10, 10), (1, 1)], "consistent"),
        ((None, None), [(10, 10), (1, 1)], "consistent"),
        ((10, 10), [(10, 10), (1, 1)], "contradicted"),
        ((None, 10), [(6, None), (5, 5)], "contradicted"),
    ],
)
def test_tracks_against_their_total(total: tuple[Any, Any], parts: list[tuple[Any, Any]], want: str) -> None:
    record = from_pdf()
    section = next(one for one in record.sections if one.project_count.value and one.project_count.value.tracks)
    value = section.project_count.value
    assert value is not None
    tracks = tuple(replace(value.tracks[0], min=low, max=high) for low, high in parts)
    made = replace(value, min=total[0], max=total[1], tracks=tracks)
    field = replace(section.project_count, value=made)
    found: dict[str, Check] = {
        one.code: one for one in check(record.guide, (replace(section, project_count=field),), exceptions=False)
    }
    assert found["tracks-sum"].outcome == want
    assert found["tracks-sum"].sections == ((section.number,) if want == "contradicted" else ())


@pytest.mark.parametrize("ink", ["1" * 2000 + "个", "一" * 2000, "1," * 1000, "3年" + "9" * 2000])
def test_a_long_row_of_digits_is_cut_in_one_way_alone(ink: str) -> None:
    """In a process of its own, which is ended where this hangs."""
    assert not run_isolated(is_explained, CitedNumber("max", 7, "number", ()), [ink], guide="a.pdf")
