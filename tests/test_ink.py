"""The record against the ink: quotes come back, numbers keep their digits; a planted fault is caught."""

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

import extract.repair
from extract import Guide, extract_guide
from extract.check import check, check_ink
from extract.check.digits import Cited, Kind, cited, explained
from extract.check.paper import Paper, replay
from extract.handoff import Pulled, Repaired
from extract.pull import pull
from extract.records import Check
from extract.repair import repair
from extract.repair.forms import unified
from extract.values import Evidence
from extract.walk import walk
from tests.tables import rows
from tests.test_cases import READERS, read_row
from tests.test_golden import PDF, from_pdf, from_text
from tests.typeset.facsimile import EXTRACTED


def outcomes(record: Guide) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {check.code: (check.outcome, check.sections) for check in record.checks}


# ── planted faults ────────────────────────────────────────────────────────────────────────────────────


def test_a_repair_that_changes_a_digit_is_caught_by_the_digits_though_it_replays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(extract.repair, "unified", lambda char: "6" if char == "5" else unified(char))
    record = extract_guide(PDF)
    first = record.sections[0].project_count.value
    assert first is not None
    assert first.max == 66  # the guide prints 65
    assert outcomes(record)["quotes-replay"] == ("proved", ())
    outcome, sections = outcomes(record)["numbers-in-ink"]
    assert outcome == "contradicted"
    assert "1.1" in sections


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
        one.code: one for one in check_ink(*ground, record.guide, (spoilt, *record.sections[1:]))
    }
    assert found[code].outcome == "contradicted"
    assert found[code].sections == ("1.1",)
    assert found[code].evidence


def test_a_repair_that_is_not_on_the_record_is_caught(ground: tuple[Pulled, Repaired]) -> None:
    pulled, repaired = ground
    forgotten = replace(repaired, repairs=repaired.repairs[1:])
    assert (repaired.repairs[0].name, len(repaired.repairs[0].became)) == ("fold overprints", 777)
    record = from_pdf()
    quotes = check_ink(pulled, forgotten, record.guide, record.sections)[0]
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
    paper = Paper(pulled, repair(pulled))
    piece = from_text().sections[0].funding.evidence[0]
    assert paper.under(piece) is not None
    assert isinstance(piece.line, int)
    for wrong in ({"line": piece.line + 1}, {"page": piece.page + 1}, {"quote": "19000万元人民币。"}):
        assert paper.under(replace(piece, **wrong)) is None


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
    assert explained(Cited("value", value, kind, (), parts, title="中希"), [ink]) is want


def test_a_number_that_runs_over_a_line_is_seen_whole() -> None:
    assert explained(Cited("max", 180000000, "number", ()), ["拟支持经费：180", "00万元"])


def test_every_number_of_every_case_has_the_digits_of_its_words() -> None:
    odd = []
    seen = 0
    for kind in READERS:
        for row in rows(kind):
            for number in (number for _, record in walk(read_row(kind, row)) for number in cited(record)):
                seen += 1
                if not explained(number, [piece.quote for piece in number.evidence]):
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
def test_a_long_row_of_digits_is_looked_through_in_no_time(ink: str) -> None:
    assert not explained(Cited("max", 7, "number", ()), [ink])
