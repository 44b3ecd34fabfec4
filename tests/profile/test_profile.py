"""Profiles are strict: what is wrong in one stops with file, key and reason."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from extract.errors import ProfileError
from extract.language.lexicon import lexicon_of
from extract.normalise import partners
from extract.normalise.partners.gazetteer import gazetteer_of, territories
from extract.profile.files import load_profile
from extract.profile.partner_tables import PartnerNames
from tests.support.case_tables import text

MINE = """name = "mine"
extends = "intergovernmental"
"""
WRONG = [
    ("nmae = 1", "nmae: no such key; see docs/profiles.md"),
    ("labels.fudning = []", "labels.fudning: no such key"),
    ("labels.agreement = [1]", r"labels.agreement\[0\]: expected `str`, got `int`"),
    ('labels.agreement = [""]', "labels: agreement: a label without words"),
    ('expected = ["fundng"]', "expected: fundng is no field with a label"),
    ('agreement.kinds.nonsense = ["词"]', "agreement.kinds: invalid enum value 'nonsense'"),
    ("introduction.chapter = '((?P<number>.)'", "does not compile"),
    ("introduction.batch = '第.批'", "has no group named value"),
    ('requirements.kinds.prority = ["优先"]', "invalid enum value 'prority'"),
    ('labels.funding = ["资金"]\nlabels.other = ["资金"]', "资金 stands under funding and under other"),
    ('headings = [{name = "mine", pattern = ".+"}]', "has no group named title"),
    ("headings = [{name = 'mine', pattern = '(?P<number>1)?(?P<title>.+)'}]", "can match without its group number"),
    ("headings = [{name = 'mine', pattern = '(?P<title>一.)|二'}]", "can match without its group title"),
    (
        "headings = [{name = 'mine', pattern = '(?P<number>1)(?P<ordinal>一)(?P<title>.+)'}]",
        "has a number and an ordinal",
    ),
    ("conditions.rules = [{name = 'mine', fact = 'deadline', pattern = '截止'}]", "has no group named value"),
    (
        "conditions.rules = [{name = 'mine', fact = 'age', pattern = '(?P<value>40)?岁'}]",
        "match without its group value",
    ),
    (
        "conditions.rules = [{name = 'mine', fact = 'registered_months', pattern = '满(?P<value>3)年'}]",
        "has no group named unit",
    ),
    (
        "conditions.rules = [{name = 'mine', fact = 'cofunding_ratio', pattern = '自筹(?P<value>2)倍'}]",
        "has no group named unit",
    ),
    ('forms = ["letter"]', "forms"),
    ('names.country = [{short = ["新"]}]', r"names.country\[\d+\].code: is missing"),
    ('names.country = [{code = "??", short = ["新"]}]', r"'\?\?' is no code; ISO 3166-1 has two capital letters: NZ"),
    ('names.group = [{code = "xx", aliases = ["甲"]}]', "'xx' is no code; an acronym or English name in capitals"),
    ("labels = [", "Invalid value .at end of document"),
    ("introduction.batch = '第«nothing»批'", "«nothing»: no such piece; there are: digit, numeral, few"),
]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def to_file(text: str, name: str = "mine.toml") -> Path:
        (tmp_path / name).write_text(text, "utf-8")
        return tmp_path / name

    return to_file


@pytest.mark.parametrize(("line", "reason"), WRONG, ids=[line for line, _ in WRONG])
def test_a_wrong_profile_stops_with_file_and_reason(line: str, reason: str, write: Callable[..., Path]) -> None:
    file = write(MINE + line)
    with pytest.raises(ProfileError, match=reason) as caught:
        load_profile(file)
    assert str(file) in str(caught.value)


UNREADABLE = [
    ('extends = "intergovernmental"', "mine.toml: no name; begin with name = 'mine'"),
    (
        'name = "mine"\nextends = "nobody"',
        "mine.toml: extends: no profile 'nobody'; there are: bilateral, intergovernmental",
    ),
    ('name = "mine"\nextends = "partners"', "mine.toml: extends: no profile 'partners'"),
    ('name = "mine"\nextends = "other.toml"', "other.toml, which .*mine.toml extends: No such file"),
    ('name = "mine"\nextends = "./mine.toml"', "mine.toml: extends itself"),
    ("name = '\udcff'", "mine.toml: not UTF-8"),
    ('name = "intergovernmental"\nextends = "intergovernmental"', "mine.toml: name: 'intergovernmental' is the name"),
    (
        'name = "mine"',
        'labels.project_count: is missing; does the profile extend a family .extends = "intergovernmental"',
    ),
]


@pytest.mark.parametrize(("text", "reason"), UNREADABLE, ids=[reason for _, reason in UNREADABLE])
def test_a_profile_that_cannot_be_read_stops_with_file_and_reason(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ProfileError, match=reason):
        load_profile(tmp_path / "mine.toml")


def test_what_a_profile_says_stands_before_what_it_extends(write: Callable[..., Path]) -> None:
    base = load_profile()
    mine = load_profile(
        write(
            MINE
            + """
            introduction.chapter = '第(?P<number>.)章'
            labels.other = ["甲来源", "支持强度"]
            introduction.projects = ['共(?P<value>.+项)']
            headings = [{name = "mine", pattern = '§(?P<title>.+)'}, {name = "unnumbered", pattern = '※(?P<title>.+)'}]
            requirements.kinds.priority = ["鼓励"]
            names.country = [{code = "DE", short = ["独"], aliases = ["德意志"]}]
            """
        )
    )
    assert mine.introduction.chapter.pattern == "第(?P<number>.)章"
    assert mine.labels.other == ("甲来源", "支持强度", *base.labels.other)
    assert mine.labels.funding == tuple(label for label in base.labels.funding if label != "支持强度")
    assert [p.pattern for p in mine.introduction.projects] == [
        "共(?P<value>.+项)",
        *(p.pattern for p in base.introduction.projects),
    ]
    assert [style.name for style in mine.headings] == ["mine", "unnumbered", "numbered", "ordinal", "named-ordinal"]
    assert mine.headings[1].pattern.pattern == "※(?P<title>.+)"
    assert mine.requirements.kinds["priority"] == ("鼓励", *base.requirements.kinds["priority"])
    assert list(mine.requirements.kinds) == list(base.requirements.kinds)
    (germany,) = (entry for entry in mine.names.country if entry.code == "DE")
    assert germany.short == ("独", "德")
    assert gazetteer_of(mine).full["德意志"] == ("country", "DE")
    assert "德意志" not in gazetteer_of(base).full


def test_pieces_stand_for_parts_of_patterns(write: Callable[..., Path]) -> None:
    mine = load_profile(
        write(
            MINE
            + """
            pieces = { letter = '[甲乙]', letters = '«letter»{2,3}' }
            introduction.batch = '第(?P<value>«letters»)批«numeral»'
            """
        )
    )
    numeral = load_profile().pieces["numeral"]
    assert mine.introduction.batch.pattern == f"第(?P<value>[甲乙]{{2,3}})批{numeral}"


def test_a_profile_may_extend_another_file(write: Callable[..., Path]) -> None:
    write(MINE + 'programmes = ["甲计划"]')
    more = write('name = "more"\nextends = "mine.toml"\nprogrammes = ["乙计划"]', "more.toml")
    assert load_profile(more).programmes == ("乙计划", "甲计划", *load_profile().programmes)
    assert load_profile(more) is load_profile(more)


def test_an_unknown_profile_names_those_there_are() -> None:
    with pytest.raises(ProfileError, match="there are: bilateral, intergovernmental"):
        load_profile("nobody")


def test_no_label_leads_to_two_fields() -> None:
    labels = load_profile().labels
    names_of = [(name, field) for field in labels.known for name in getattr(labels, field)]
    assert len({name for name, _ in names_of}) == len(names_of)


def test_no_name_stands_for_two_partners() -> None:
    table: PartnerNames = load_profile().names
    spelt: dict[str, str] = {}
    for kind in ("country", "region", "group", "organisation"):
        for entry in table.of(kind):
            for form in {gazetteer_of(load_profile()).usual(entry), *entry.aliases, *entry.short}:
                assert spelt.setdefault(form, entry.code) == entry.code, form
    shorts = {form for kind in ("country", "region", "group") for e in table.of(kind) for form in e.short}
    assert shorts.isdisjoint(entry.char for entry in table.ambiguous)


def organisations() -> list[tuple[str, str]]:
    table = load_profile().names
    known = [(gazetteer_of(load_profile()).usual(e), e.code) for e in table.organisation]
    return known + [(agency.name, agency.stands_for) for agency in table.agency]


@pytest.mark.parametrize(("name", "code"), organisations(), ids=[name for name, _ in organisations()])
def test_every_organisation_is_found_in_a_heading(name: str, code: str) -> None:
    found = partners.parse_partners(text(f"中国科技部与{name}联合资助项目"), load_profile()).value or ()
    assert [partner.code for partner in found] == [code]


@pytest.mark.parametrize(("code", "name"), sorted(territories().items()), ids=sorted(territories()))
def test_every_country_is_found_in_a_heading(code: str, name: str) -> None:
    found = partners.parse_partners(text(f"中国与{name}联合研究项目"), load_profile()).value or ()
    assert [(partner.code, partner.kind) for partner in found] == [(code, "country")]


def test_every_word_pattern_matches_its_own_words() -> None:
    words = lexicon_of(load_profile())
    for kind, patterns in load_profile().requirements.kinds.items():
        for pattern in patterns:
            example = "".join("" if part == "…" else part.split("|")[0] for part in pattern.split())
            assert kind in words.requirement_kinds(text(f"项目{example}。")), pattern


def test_patterns_that_the_code_reads_have_their_groups() -> None:
    profile = load_profile()
    for heading in profile.headings:
        assert "title" in heading.pattern.groupindex
    groups = {"batch": "value", "chapter": "number", "document_number": "value"}
    for key, group in groups.items():
        pattern: re.Pattern[str] = getattr(profile.introduction, key)
        assert group in pattern.groupindex, key
    for key in ("partners", "directions", "projects", "funding", "duration"):
        assert all("value" in pattern.groupindex for pattern in getattr(profile.introduction, key)), key
