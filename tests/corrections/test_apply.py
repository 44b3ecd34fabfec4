"""A person's corrections: applied where they are in force, followed by checks, proved by verify."""

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET
from msgspec.structs import replace

from extract import Guide, extract_guide
from extract.check import check
from extract.check.quote_lookup import QuoteFinder
from extract.check.quotes import quotes_in_section
from extract.cli import main
from extract.corrections.apply import apply_corrections, without_settled
from extract.corrections.files import corrections_path, load_corrections
from extract.corrections.plain_values import as_one_line, from_plain, to_plain
from extract.export.json import dumps, load
from extract.model.conditions import Condition
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, FIELDS, held_value, is_field
from extract.model.findings import FindingDraft
from extract.model.record import GuideFacts, Section, walk
from extract.model.stages import Normalised
from extract.model.values import Count, Duration, Money, Partner, Per, PerProject, Topic, Topics, Track
from extract.pipeline import open_guide
from extract.profile.files import load_profile
from extract.pull import pull
from extract.repair import repair
from extract.verify import SecondReading, proofs, read_again, verify
from tests.corrections.test_files import GOOD, entry, loaded
from tests.end_to_end.test_guide_2017 import PDF, ROOT, from_pdf
from tests.support import golden
from tests.typeset.facsimile import EXTRACTED

DOC = (ROOT / "docs" / "corrections.md").read_text("utf-8")
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", DOC, re.DOTALL)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "guide.corrections.toml"


def values(guide: Guide) -> Normalised:
    return Normalised(guide.guide, guide.sections, False, ())


def corrected(file: Path, text: str) -> Normalised:
    """The values of 2017 with corrections."""
    return apply_corrections(values(from_pdf()), loaded(file, text))


def section(of: Normalised, number: str) -> Section:
    return next(one for one in of.sections if one.number == number)


# ── in force, or stale ────────────────────────────────────────────────────────────────────────────────

IN_FORCE = [
    entry("funding", "{ max = 1 }", was="{ min = 30000000, max = 30000000 }"),
    entry("funding", "{ max = 1 }", quote="3000万元人民币。"),
    entry("funding", "{ max = 1 }", quote="3000 万元\n人民币。"),
    entry("funding", "{ max = 1 }", was='"unread"', quote="3000万元人民币。"),
    entry("funding", "{ max = 1 }", was="{ max = 30000000, min = 30000000 }", quote="4000万元人民币。"),
    entry("funding", "{ max = 1 }", was='{ min = 30000000, max = 30000000, currency = "CNY", tracks = [] }'),
    entry("funding", "{ max = 1 }", "1.2", was='"absent"'),
    entry("duration", "{ max_months = 1 }", was="{ min_months = 24, max_months = 36 }"),
    entry("duration", "{ max_months = 1 }", quote="2-3年"),
    entry("title", '"甲"', was='"中希（腊）政府间合作项目"'),
    entry("title", '"甲"', quote="1.10中希（腊）政府间合作项目"),
    entry("partners", "[]", was='[{ name = "希腊", code = "GR", kind = "country" }]'),
    entry("partners", "[]", quote="1.10中希（腊）政府间合作项目"),
    entry("year", "2018", None, was="2017"),
    entry("declared.funding", "{ max = 1 }", None, was='"absent"'),
    entry("declared.partners", "{ count = 1 }", None, quote="14"),
]  # fmt: skip
STALE = [
    entry("funding", "{ max = 1 }", was="{ max = 30000000 }"),
    entry("funding", "{ max = 1 }", was='"unread"'),
    entry("funding", "{ max = 1 }", quote="3000万元"),
    entry("funding", "{ max = 1 }", was='{ min = 30000000, max = 30000000, currency = "USD" }', quote="3000"),
    entry("funding", "{ max = 1 }", "1.2", was='"unread"'),
    entry("funding", "{ max = 1 }", "1.2", was='"none"', quote="无"),
    entry("title", '"甲"', was='"absent"'),
    entry("year", "2018", None, was="2016"),
    entry("batch", '"absent"', None, was='"absent"'),
    entry("declared.funding", "{ max = 1 }", None, was="{ max = 2 }"),
]


@pytest.mark.parametrize("text", IN_FORCE)
def test_a_correction_is_in_force_while_value_or_words_are_the_same(text: str, file: Path) -> None:
    made = corrected(file, text)
    (one,) = load_corrections(file)
    assert [finding.code for finding in made.findings] == ["value-corrected"]
    held = held_value(section(made, one.section) if one.section else made.guide, one.field)
    assert as_one_line(held.value if is_field(one.field) else held) == as_one_line(one.value)


@pytest.mark.parametrize("text", STALE)
def test_a_correction_is_stale_once_both_have_changed(text: str, file: Path) -> None:
    made = corrected(file, text)
    (finding,) = made.findings
    (one,) = load_corrections(file)
    assert (finding.code, finding.section, finding.field) == ("correction-stale", one.section, one.field)
    assert "王芳" in finding.message
    assert (made.guide, made.sections) == (from_pdf().guide, from_pdf().sections)


def test_what_was_extracted_may_be_what_no_person_may_write(file: Path) -> None:
    once = values(from_pdf())
    odd = replace(section(once, "1.10").funding, value=Money(min=9, max=2, currency="??"))
    turned = replace(section(once, "1.10"), funding=odd)
    (one,) = loaded(file, entry("funding", "{ max = 9 }", was='{ min = 9, max = 2, currency = "??" }'))
    made = apply_corrections(replace(once, sections=(turned,)), (one,))
    assert [finding.code for finding in made.findings] == ["value-corrected"]


def test_a_section_that_is_not_there_or_there_twice_makes_a_correction_stale(file: Path) -> None:
    missing, double = loaded(file, GOOD.replace("1.10", "9.9") + GOOD)
    once = values(from_pdf())
    twice = replace(once, sections=(*once.sections, section(once, "1.10")))
    made = apply_corrections(twice, (missing, double))
    assert made.sections == twice.sections
    assert [(one.code, one.section) for one in made.findings] == [
        ("correction-stale", None),
        ("correction-stale", "1.10"),
    ]
    assert "there is no section 9.9" in made.findings[0].message
    assert "there are 2 sections 1.10" in made.findings[1].message


# ── what a correction does ────────────────────────────────────────────────────────────────────────────


def shown() -> list[tuple[str, str | None, str]]:
    """The rows of the docs' tables of values: field, section, value."""
    rows: list[tuple[str, str | None, str]] = []
    tables = re.findall(r"\| field \| value \|\n\|---\|---\|\n(.*?)\n\n", DOC, re.DOTALL)
    for whose, table in zip(("1.10", None), tables, strict=True):
        for field, value in re.findall(r"^\| (?:`([\w.]+)` )?\| `(.+)` \|$", table, re.MULTILINE):
            rows.append((field or rows[-1][0], whose, value))
    return rows


ROWS = shown()


def test_the_docs_show_every_value() -> None:
    assert list(dict.fromkeys(field for field, whose, _ in ROWS if whose)) == list(CORRECTABLE_SECTION)
    assert list(dict.fromkeys(field for field, whose, _ in ROWS if not whose)) == list(CORRECTABLE_GUIDE)


@pytest.mark.parametrize(("field", "whose", "value"), ROWS)
def test_every_value_of_the_docs_is_one_and_is_put_in(field: str, whose: str | None, value: str, file: Path) -> None:
    before = from_pdf().guide if whose is None else section(values(from_pdf()), whose)
    old = held_value(before, field)
    was = to_plain(old.value if is_field(field) else old)
    made = corrected(file, entry(field, value, whose, was=inline("absent" if was is None else was)))
    holder = section(made, whose) if whose else made.guide
    new = held_value(holder, field)
    status = tomllib.loads(f"value = {value}")["value"] if value in ('"none"', '"absent"') else "stated"
    if is_field(field):
        assert (new.status, new.text, new.label, new.evidence) == (status, old.text, old.label, old.evidence)
        mark, new = new.corrected, new.value
    else:
        assert isinstance(holder.corrected, dict)
        assert list(holder.corrected) == [field]
        mark = holder.corrected[field]
    assert (mark.by, mark.why) == ("王芳", "见原文")
    assert mark.was == (None if was is None else json.dumps(was, ensure_ascii=False, separators=(",", ":")))
    assert to_plain(new) == (tomllib.loads(f"value = {value}")["value"] if status == "stated" else None)


def test_what_is_unchanged_in_a_value_keeps_its_own_evidence(file: Path) -> None:
    old = section(values(from_pdf()), "1.12").project_count
    tracks = '[{ name = "中蒙政府间联合研究项目", min = 10, max = 10 }, { name = "其他", max = 2 }]'
    text = entry("project_count", f"{{ min = 10, max = 12, tracks = {tracks} }}", "1.12", quote=old.text or "")
    new = section(corrected(file, text), "1.12").project_count.value
    assert new is not None
    assert old.value is not None
    assert new.evidence == new.tracks[1].evidence == old.evidence
    assert new.tracks[0] == old.value.tracks[0]
    assert new.tracks[0].evidence != old.evidence


def test_a_field_that_was_absent_cites_nothing(file: Path) -> None:
    made = section(corrected(file, entry("funding", "{ max = 1 }", "1.2", '"absent"')), "1.2").funding
    assert (made.status, made.value, made.evidence) == ("stated", Money(min=None, max=1), ())


ASKED = '{ items = [{ text = "须有企业参与。", kinds = ["enterprise_participation"] }, { text = "另附材料。", kinds = ["document"] }] }'


def told(conditions: Sequence[Condition]) -> list[tuple[str, ...]]:
    return [(str(one.fact), str(one.op), str(one.value), one.binding, str(one.by), one.basis) for one in conditions]


def test_a_person_judges_each_requirement_that_a_person_states(file: Path) -> None:
    old = section(values(from_pdf()), "1.10")
    made = section(corrected(file, entry("requirements", ASKED, quote=old.requirements.text or "")), "1.10")
    assert {one.basis for one in old.conditions} == {"requirements", "derived"}
    judged = [one for one in made.conditions if one.basis != "derived"]
    assert told(judged) == [("manual", "None", "None", "must", "None", "requirements")] * 2
    assert [one.text for one in judged] == ["须有企业参与。", "另附材料。"]
    assert {one.evidence for one in judged} == {old.requirements.evidence}


def test_conditions_on_other_parts_stay_where_requirements_are_corrected(file: Path) -> None:
    old = section(values(from_pdf()), "1.9")
    made = section(corrected(file, entry("requirements", '"none"', "1.9", quote=old.requirements.text or "")), "1.9")
    assert made.conditions == tuple(one for one in old.conditions if one.basis != "requirements") != ()


def test_requirements_that_are_confirmed_keep_their_conditions(file: Path) -> None:
    old = section(values(from_pdf()), "1.10")
    same = inline(to_plain(old.requirements.value))
    made = section(corrected(file, entry("requirements", same, was=same)), "1.10")
    assert made.requirements.corrected is not None
    assert made.conditions == old.conditions


@pytest.mark.parametrize(
    ("value", "bounds"),
    [
        ("{ max_months = 48 }", [("at_most", "48")]),
        ("{ min_months = 12, max_months = 48 }", [("at_least", "12"), ("at_most", "48")]),
        ("{ min_months = 36, max_months = 36 }", [("equals", "36")]),
        ('{ start = "2018-01-01", end = "2018-12-31" }', [("equals", "12")]),
        ('"absent"', []),
    ],
)
def test_the_bounds_of_a_corrected_duration_are_conditions(
    value: str, bounds: list[tuple[str, str]], file: Path
) -> None:
    old = section(values(from_pdf()), "1.9")
    of_section = section(corrected(file, entry("duration", value, "1.9", quote=old.duration.text or "")), "1.9")
    own = [one for one in of_section.conditions if one.basis == "duration"]
    assert told(own) == [("project_months", *bound, "must", "project", "duration") for bound in bounds]
    assert {one.evidence for one in own} <= {old.duration.evidence}
    assert len(of_section.conditions) - len(own) == sum(one.basis != "duration" for one in old.conditions) > 0
    common = entry("common.duration", value, None, "{ min_months = 24, max_months = 36 }")
    of_guide = corrected(file, common).guide.conditions
    assert told(of_guide) == [("project_months", *bound, "must", "project", "common") for bound in bounds]


def test_requirements_for_all_sections_that_a_person_states_are_judged_by_one(file: Path) -> None:
    facts = from_pdf().guide
    (months, *_) = facts.conditions
    read = replace(months, fact="legal_person", op="equals", value=True, unit=None, basis="common")
    asking = replace(facts, conditions=(replace(months, basis="common"), read))
    (one,) = loaded(file, entry("common.requirements", ASKED, None, '"absent"'))
    made = apply_corrections(replace(values(from_pdf()), guide=asking), (one,)).guide
    assert [one.fact for one in made.conditions] == ["project_months", "manual", "manual"]
    assert {one.basis for one in made.conditions} == {"common"}


def test_year_and_batch_make_new_ids(file: Path) -> None:
    made = corrected(file, entry("year", "2018", None, "2017") + entry("batch", '"absent"', None, "1"))
    assert [one.id for one in made.sections[:2]] == ["2018/1.1", "2018/1.2"]
    assert from_pdf().sections[0].id == "2017-1/1.1"


def test_sections_follow_the_common_duration_but_for_their_own(file: Path) -> None:
    declared = entry("common.duration", "{ max_months = 48 }", None, "{ min_months = 24, max_months = 36 }")
    own = entry("duration", "{ max_months = 12 }", "1.3", "{ min_months = 24, max_months = 36 }")
    seen = entry("duration", "{ max_months = 18 }", "1.4", "{ max_months = 48 }")  # made when the first was in force
    made = corrected(file, declared + own + seen)
    for one, before in zip(made.sections, from_pdf().sections, strict=True):
        want = {"1.3": 12, "1.4": 18}.get(one.number, 48)
        assert one.duration.value is not None
        if before.duration.status == "stated":
            assert one.duration == before.duration
        else:
            assert one.duration.value.max_months == want
            assert one.duration.status == ("inherited" if want == 48 else "stated")
            assert one.duration.evidence == before.duration.evidence
    pulled = pull(PDF)
    # what is no longer inherited still cites the introduction
    assert quotes_in_section(QuoteFinder(pulled, repair(pulled)), made.guide, made.sections).outcome == "proved"
    assert section(made, "1.3").duration.corrected.was == '{"min_months":24,"max_months":36}'  # type: ignore[union-attr]
    gone = corrected(file, entry("common.duration", '"absent"', None, "{ min_months = 24, max_months = 36 }"))
    assert {one.duration.status for one in gone.sections} == {"absent", "stated"}
    back = apply_corrections(gone, loaded(file, entry("common.duration", "{ max_months = 48 }", None, '"absent"')))
    assert {one.duration.status for one in back.sections} == {"inherited", "stated"}


BELOW = """“政府间国际科技创新合作”重点专项2018年度项目申报指南
1.1中国—东盟科技合作项目
合作协议：《中国—东盟科技合作谅解备忘录》。
执行期：2年。
1.1.1海洋环境联合研究
领域方向：海洋。
1.1.2遥感应用联合研究
领域方向：遥感。
"""


def test_sections_follow_what_is_corrected_in_the_one_above(tmp_path: Path) -> None:
    guide = tmp_path / "guide.txt"
    guide.write_text(BELOW, "utf-8")
    own = entry("partners", "[]", "1.1.2", quote="1.1.2遥感应用联合研究")
    text = entry("duration", "{ max_months = 12 }", "1.1", quote="2年。") + own
    corrections_path(guide).write_text(text, "utf-8")
    record = extract_guide(guide)
    assert [one.duration.value.max_months for one in record.sections if one.duration.value] == [12, 12, 12]
    assert [one.duration.status for one in record.sections] == ["stated", "inherited", "inherited"]
    assert [[one.code for one in section.partners] for section in record.sections] == [["ASEAN"], ["ASEAN"], []]
    assert {one.outcome for one in record.checks} == {"proved"}


def test_the_order_of_the_file_makes_no_difference(file: Path) -> None:
    entries = [entry("year", "2018", None, "2017"), entry("title", '"甲"', None, quote="x"), GOOD, *IN_FORCE[6:8]]
    entries += [
        entry("partners", "[]", quote="1.10中希（腊）政府间合作项目"),
        entry("title", '"乙"', quote="1.10中希（腊）政府间合作项目"),
    ]
    one, other = (corrected(file, "\n".join(some)) for some in (entries, entries[::-1]))
    assert msgspec.json.encode((one.guide, one.sections)) == msgspec.json.encode((other.guide, other.sections))
    assert one.findings == other.findings


def doubt(code: str, section: str | None, field: str | None) -> FindingDraft:
    return FindingDraft(code, {}, "", section, (), field)


def test_doubts_of_a_corrected_value_are_settled_and_no_others(file: Path) -> None:
    made = corrected(
        file,
        IN_FORCE[0]
        + entry("year", "2018", None, "2017")
        + entry("title", '"甲"', quote=from_pdf().sections[9].evidence[0].quote),
    )
    kept = [
        doubt("value-unread", "1.10", "duration"),
        doubt("value-unread", "1.9", "funding"),
        doubt("text-unclaimed", "1.10", None),
        doubt("figure-unheld", "1.10", "funding"),
        doubt("batch-ambiguous", None, "batch"),
        doubt("value-corrected", "1.10", "funding"),
    ]
    gone = [
        doubt("value-unread", "1.10", "funding"),
        doubt("figure-misplaced", "1.10", "funding"),
        doubt("year-unknown", None, "year"),
        doubt("partner-unknown", "1.10", "title"),
    ]
    assert without_settled([*gone, *kept], made.guide, made.sections) == kept


UNREAD = """“政府间国际科技创新合作”重点专项2018年度项目申报指南
1.1中德政府间合作项目
合作协议：中德科学技术合作协定，待签署。
领域方向：农业。
拟支持项目数：5个项目，每项支持经费不超过300万元。
拟支持经费：1000万元。
"""
DOUBTS = {
    "value-unread": entry("agreement", '{ documents = [{ title = "中德科学技术合作协定", kind = "agreement" }] }', "1.1", '"unread"'),
    "figure-misplaced": entry("funding", "{ min = 10000000, max = 10000000, per_project = { max = 3000000 } }", "1.1", quote="1000万元。"),
}  # fmt: skip


def test_doubts_of_a_guide_are_gone_one_by_one(tmp_path: Path) -> None:
    guide = tmp_path / "guide.txt"
    guide.write_text(UNREAD, "utf-8")
    text = ""
    left = {"agreement-untitled", "value-unread", "figure-misplaced"}
    assert {one.code for one in extract_guide(guide).findings} == left
    for code, correction in DOUBTS.items():
        text += correction
        corrections_path(guide).write_text(text, "utf-8")
        left = (left - {code, "value-unread"}) | {"value-corrected"}
        record = extract_guide(guide)
        assert {one.code for one in record.findings} == left
        assert {one.outcome for one in record.checks} == {"proved"}


# ── any value ─────────────────────────────────────────────────────────────────────────────────────────


def inline(data: Any) -> str:
    """Plain data as TOML on one line."""
    if isinstance(data, dict):
        return f"{{ {', '.join(f'{key} = {inline(item)}' for key, item in data.items())} }}"
    if isinstance(data, list):
        return f"[{', '.join(map(inline, data))}]"
    return json.dumps(data, ensure_ascii=False).replace("\x7f", "\\u007f")


@pytest.mark.parametrize("name", ["guide_2017", "made_2018", "made_2019", "key_special"])
def test_a_value_as_it_is_changes_nothing_but_the_marks(name: str, file: Path) -> None:
    record = golden.record(name)
    texts = []
    holders: list[tuple[str | None, Section | GuideFacts]] = [(None, record.guide)]
    for whose, holder in [*holders, *((one.number, one) for one in record.sections)]:
        for field in CORRECTABLE_SECTION if whose else CORRECTABLE_GUIDE:
            held = held_value(holder, field)
            value, status = (held.value, held.status) if is_field(field) else (held, "absent")
            if value is None and status == "unread":
                continue
            told = inline(status if value is None else to_plain(value))
            texts.append(entry(field, told, whose, was=told))
    amendments = loaded(file, "\n".join(texts))
    made = apply_corrections(values(record), amendments)
    assert [one.code for one in made.findings] == ["value-corrected"] * len(texts)
    marked = replace(record, guide=made.guide, sections=made.sections)
    file.with_suffix(".json").write_bytes(dumps(marked))
    assert load(file.with_suffix(".json")) == marked
    assert unmarked(marked) == unmarked(record)
    assert dumps(marked).count(b'"why":') == len(texts)


def unmarked(record: Guide) -> Any:
    """A record as plain data without marks of corrections; a corrected duration is no longer inherited."""
    common = record.guide.common
    silent = [name for name in FIELDS if common.field(name).status == "absent"]
    record = replace(record, guide=replace(record.guide, common=replace(common, **dict.fromkeys(silent, UNSET))))

    def without(data: Any) -> Any:
        if isinstance(data, dict):
            left = {key: without(item) for key, item in data.items() if key != "corrected"}
            return left | ({"status": "stated"} if left.get("status") == "inherited" else {})
        return [without(item) for item in data] if isinstance(data, list) else data

    return without(json.loads(dumps(record)))


TEXT = st.text(st.characters(codec="utf-8"), min_size=1).filter(str.strip)
NUMBER = st.none() | st.integers(0, 10**12)


def bounds(draw: st.DrawFn) -> dict[str, Any]:
    low, high = draw(NUMBER), draw(NUMBER)
    return (
        {"min": min(low, high), "max": max(low, high)}
        if low is not None and high is not None
        else {"min": low, "max": high}
    )


@st.composite
def any_value(draw: st.DrawFn) -> Any:
    """A value of some kind, without evidence."""
    tracks = tuple(Track(name=draw(TEXT), **bounds(draw)) for _ in range(draw(st.integers(0, 3))))
    note = draw(st.none() | TEXT)
    topic = Topic(marker=draw(st.none() | TEXT), name=draw(TEXT), note=note)
    return draw(
        st.sampled_from(
            [
                Money(currency=draw(st.sampled_from(["CNY", "EUR"])), tracks=tracks, per_project=PerProject(**bounds(draw)), **bounds(draw)),
                Count(approximate=draw(st.booleans()), tracks=tracks, per=Per(unit=draw(TEXT), **bounds(draw)), **bounds(draw)),
                Topics(lead=note, items=(topic, Topic(name=draw(TEXT), items=(topic,))), open_ended=draw(st.booleans())),
                Duration(min_months=None, max_months=draw(st.integers(0, 99))),
                Duration(start="2018-01-01", end="2020-12-31"),
                Duration(min_months=None, max_months=36, start="2018-01-01", end="2020-12-31"),
                Duration(min_months=36, max_months=36, start="2018-01-01"),
            ]
        )
    )  # fmt: skip


@given(any_value())
def test_a_value_survives_being_written_and_read(value: Any) -> None:
    data = tomllib.loads(f"value = {inline(to_plain(value))}")["value"]
    assert from_plain(data, type(value)) == value


def test_short_forms_mean_the_whole_value() -> None:
    assert from_plain({"max": 5000000}, Money) == Money(min=None, max=5000000)
    assert from_plain({"max_months": 36}, Duration) == Duration(min_months=None, max_months=36)
    assert from_plain({"start": "2018-01-01", "end": "2018-12-31"}, Duration).min_months is UNSET
    assert from_plain({"max_months": 36, "start": "2018-01-01"}, Duration).min_months is None
    assert from_plain([{"name": "某国", "kind": "country"}], tuple[Partner, ...]) == (
        Partner(name="某国", code=None, kind="country"),
    )


# ── end to end ────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the guide of 2017 with the corrections of the docs beside it, and its record."""
    made = tmp_path_factory.mktemp("corrected")
    (made / "guide_2017.pdf").write_bytes(PDF.read_bytes())
    (made / "guide_2017.corrections.toml").write_text(EXAMPLE, "utf-8")
    assert main(["run", "-q", str(made / "guide_2017.pdf"), "-o", str(made)]) == 0
    return made


@pytest.fixture(scope="module")
def opened_again(folder: Path) -> SecondReading:
    corrections = load_corrections(folder / "guide_2017.corrections.toml")
    return read_again(folder / "guide_2017.pdf", "both", load_profile(), corrections)


def test_the_example_of_the_docs_gives_what_they_show(folder: Path) -> None:
    record = load(folder / "guide_2017.json")
    text = (folder / "guide_2017.json").read_text("utf-8")
    (mark,) = re.findall(r"```json\n(.*?)```", DOC, re.DOTALL)
    assert re.sub(r"\s", "", mark) in re.sub(r"\s", "", text)
    told = [f"{one.section}: {one.message}" for one in record.findings if one.code == "value-corrected"]
    shown = re.findall(r"```text\n(.*?)```", DOC, re.DOTALL)
    assert "\n".join(told) == shown[0].strip()
    before = {one.code: one for one in from_pdf().checks}
    after = {one.code: one for one in record.checks}
    assert (before["projects-declared"].outcome, after["projects-declared"].outcome) == ("consistent", "proved")
    assert after["projects-declared"].message == shown[1].strip()
    assert "field-absent" not in {one.code for one in record.findings}


def test_the_checks_of_ink_leave_out_what_a_person_says_and_count_honestly(folder: Path) -> None:
    before = {
        one.code: int(one.message.split()[0])
        for one in from_pdf().checks
        if one.code in ("words-in-quotes", "numbers-in-ink")
    }
    after = {one.code: one for one in load(folder / "guide_2017.json").checks}
    assert {after[code].outcome for code in before} == {"proved"}
    counts = {code: int(after[code].message.split()[0]) for code in before}
    assert counts == {"words-in-quotes": before["words-in-quotes"], "numbers-in-ink": before["numbers-in-ink"] - 2}


def test_the_marks_are_the_only_new_keys_and_uncorrected_sections_keep_their_bytes(folder: Path) -> None:
    record = load(folder / "guide_2017.json")
    changed = {one.number for one, was in zip(record.sections, from_pdf().sections, strict=True) if one != was}
    assert changed == {"1.2", "1.8"}
    assert record.guide == from_pdf().guide
    assert b'"corrected": {' not in dumps(from_pdf())


def test_command_and_api_give_the_same_record(folder: Path) -> None:
    opened = open_guide(folder / "guide_2017.pdf")
    assert dumps(opened.guide) == (folder / "guide_2017.json").read_bytes()
    assert list(opened.corrections) == tomllib.loads(EXAMPLE)["correction"]


def test_a_guide_that_is_no_file_takes_only_the_corrections_that_are_named(folder: Path, tmp_path: Path) -> None:
    named = tmp_path / "mine.toml"
    named.write_text(EXAMPLE, "utf-8")
    path = folder / "guide_2017.pdf"
    corrections_path(tmp_path / "guide.txt").write_text("x = 1\n", "utf-8")  # wrong, and not asked for
    plain = open_guide(tmp_path / "guide.txt", data=EXTRACTED.read_bytes())
    assert plain.corrections == ()
    given = open_guide(tmp_path / "guide.txt", data=EXTRACTED.read_bytes(), corrections=named)
    assert len(given.corrections) == 2
    assert bare_values(given.guide.sections) == bare_values(load(path.with_suffix(".json")).sections)


def bare_values(sections: Sequence[Section]) -> list[str]:
    return [as_one_line(getattr(one, name).value) for one in sections for name in FIELDS]


def test_nothing_that_a_person_says_contradicts_the_ink(file: Path) -> None:
    """Every value of the docs' tables at once, none of which the guide prints like that."""
    wanted = {(field, whose): value for field, whose, value in ROWS} | {("requirements", "1.10"): ASKED}
    text = ""
    for (field, whose), value in wanted.items():
        held = held_value(section(values(from_pdf()), whose) if whose else from_pdf().guide, field)
        was = to_plain(held.value if is_field(field) else held)
        text += entry(field, value, whose, was=inline("absent" if was is None else was))
    text = text.replace("value = 2017", "value = 2019").replace("max_months = 36 }\nwas", "max_months = 77 }\nwas")
    file.write_text(text, "utf-8")
    record = extract_guide(EXTRACTED, corrections=file)
    assert [one.code for one in record.findings].count("value-corrected") == len(wanted)
    ink = ("quotes-replay", "quotes-in-section", "words-in-quotes", "numbers-in-ink")
    assert [one.outcome for one in record.checks if one.code in ink] == ["proved"] * 4


def test_every_quote_of_a_corrected_record_replays(folder: Path) -> None:
    record = load(folder / "guide_2017.json")
    outcomes = {one.code: one.outcome for one in record.checks}
    assert "contradicted" not in outcomes.values()
    value = section(values(record), "1.8").project_count.value
    assert [one.quote for _, one in walk(value) if hasattr(one, "quote")] == ["40—60个。"]


def test_a_corrected_record_is_proved_with_its_corrections(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = folder / "guide_2017.json"
    assert main(["verify", str(record), str(folder / "guide_2017.pdf")]) == 0
    lines = capsys.readouterr().out.strip().split("\n")
    assert len(lines) == 6
    assert "✓ proved      every correction is one of the corrections file" in lines
    given = verify(record, PDF, corrections=folder / "guide_2017.corrections.toml")
    assert [one for one in given if one.failures] == []


def test_without_its_corrections_a_corrected_record_is_not_proved_and_says_why(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(folder / "guide_2017.json"), str(PDF)]) == 1
    printed = capsys.readouterr().out
    assert re.findall(r"```text\n(✗.*?)\n```", DOC, re.DOTALL)[0] in printed
    squeezed = "".join(printed.split())
    assert "sections[1.2].funding.corr" in squeezed
    assert "nocorrectionsfile" in squeezed


def test_a_record_that_lacks_a_correction_is_not_proved(opened_again: SecondReading) -> None:
    failed = {one.question: one.failures for one in proofs(dumps(from_pdf()), opened_again) if one.failures}
    places = [one.place for one in failed["every correction is one of the corrections file"]]
    assert places == ["sections[1.2].funding.corrected", "sections[1.8].project_count.corrected"]


TAMPERED = {
    "by": lambda record: record["sections"][1]["funding"]["corrected"].update(by="李明"),
    "was": lambda record: record["sections"][7]["project_count"]["corrected"].update(was=None),
    "a mark gone": lambda record: record["sections"][1]["funding"].update(corrected=None),
    "a mark too many": lambda record: record["sections"][2]["funding"].update(
        corrected={"was": None, "by": "王芳", "why": "x"}
    ),
    "a mark of the title": lambda record: record["sections"][2].update(
        corrected={"title": {"was": None, "by": "王芳", "why": "x"}}
    ),
    "a corrected value": lambda record: record["sections"][7]["project_count"]["value"].update(max=47),
    "another value": lambda record: record["sections"][3]["funding"]["value"].update(max=5500001),
    "a finding gone": lambda record: record["findings"].pop(),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_mark_or_a_value_that_is_in_no_correction_is_caught(
    name: str, folder: Path, opened_again: SecondReading
) -> None:
    record = json.loads((folder / "guide_2017.json").read_bytes())
    assert [one for one in proofs(json.dumps(record).encode(), opened_again) if one.failures] == []
    TAMPERED[name](record)
    failed = {one.question for one in proofs(json.dumps(record).encode(), opened_again) if one.failures}
    assert "read again, the guide gives the same record to the last leaf" in failed
    assert ("every correction is one of the corrections file" in failed) == (name in ("by", "was") or "mark" in name)
    assert ("pdfium reads the same values" in failed) == (name != "a finding gone")


def test_stale_corrections_are_findings_of_a_record_that_is_else_the_same(file: Path) -> None:
    made = corrected(file, GOOD + entry("fields", '"none"', "1.9", '"unread"'))
    assert made.sections == from_pdf().sections
    assert [(one.code, one.section) for one in made.findings] == [
        ("correction-stale", "1.9"),
        ("correction-stale", "1.10"),
    ]


def test_a_corrected_count_can_contradict_what_is_declared(file: Path) -> None:
    made = corrected(file, entry("project_count", "{ min = 300, max = 300 }", quote="20-25个项目。"))
    (sums,) = [one for one in check(made.guide, made.sections, exceptions=False) if one.code == "projects-declared"]
    assert sums.outcome == "contradicted"


def test_keywords_that_no_longer_stand_in_the_topics_go(file: Path) -> None:
    before = from_pdf().sections[9].fields
    assert before.value is not None
    assert {"环境", "海洋"} <= set(before.value.keywords)
    topics = inline({"items": [{"name": name} for name in ("环境", "量子计算")]})
    after = section(corrected(file, entry("fields", topics, quote=before.text or "")), "1.10").fields.value
    assert after is not None
    assert after.keywords == ("环境",)
