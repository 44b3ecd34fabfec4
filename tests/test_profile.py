"""Profiles are strict: what is wrong in one stops with file, key and reason."""

import re
from pathlib import Path

import pytest

from extract import profile as profiles
from extract.errors import ProfileError
from extract.normalise import names, partners
from extract.partner_names import PartnerNames, load_partner_names
from extract.profile import Profile, load_profile
from extract.tables import read_table
from extract.words import words_of
from tests.tables import text

SHIPPED = Path(profiles.__file__).parent / "profiles" / "intergovernmental.toml"
WRONG = [
    ('name = "intergovernmental"', "nmae = 1", "unknown field `nmae`"),
    (
        'agreement = ["合作协议"',
        'agreement = [1, "合作协议"',
        r"Expected `str`, got `int` - at `\$.labels.agreement\[0\]`",
    ),
    ('consensus = ["共识"]', 'consensus = ["共识"]\nnonsense = ["词"]', "Invalid enum value 'nonsense'"),
    ("chapter = '(?P<number>", "chapter = '((?P<number>", "does not compile"),
    ('priority = ["优先支持', 'prority = ["优先支持', "Invalid enum value 'prority'"),
    ("[labels]", "[labels", "at line"),
]


@pytest.mark.parametrize(("old", "new", "reason"), WRONG, ids=[new for _, new, _ in WRONG])
def test_a_wrong_profile_stops_with_file_and_reason(old: str, new: str, reason: str, tmp_path: Path) -> None:
    whole = SHIPPED.read_text("utf-8")
    assert old in whole
    file = tmp_path / "wrong.toml"
    file.write_text(whole.replace(old, new, 1), "utf-8")
    with pytest.raises(ProfileError, match=reason) as caught:
        read_table(file, Profile)
    assert str(file) in str(caught.value)


def test_an_unknown_profile_names_those_there_are() -> None:
    with pytest.raises(ProfileError, match="there are: intergovernmental"):
        load_profile("nobody")


def test_no_label_leads_to_two_fields() -> None:
    labels = load_profile().labels
    fields = [f for f in labels.__struct_fields__ if f not in ("unknown", "topics_too")]
    names_of = [(name, field) for field in fields for name in getattr(labels, field)]
    assert len({name for name, _ in names_of}) == len(names_of)


def test_no_name_stands_for_two_partners() -> None:
    table: PartnerNames = load_partner_names()
    spelt: dict[str, str] = {}
    for kind in ("country", "region", "group", "organisation"):
        for entry in table.of(kind):
            for form in {names.name_of(entry), *entry.aliases, *entry.short}:
                assert spelt.setdefault(form, entry.code) == entry.code, form
    shorts = {form for kind in ("country", "region", "group") for e in table.of(kind) for form in e.short}
    assert shorts.isdisjoint(entry.char for entry in table.ambiguous)


def organisations() -> list[tuple[str, str]]:
    table = load_partner_names()
    known = [(names.name_of(e), e.code) for e in table.organisation]
    return known + [(agency.name, agency.stands_for) for agency in table.agency]


@pytest.mark.parametrize(("name", "code"), organisations(), ids=[name for name, _ in organisations()])
def test_every_organisation_is_found_in_a_heading(name: str, code: str) -> None:
    found = partners.read(text(f"中国科技部与{name}联合资助项目"), load_profile()).value or ()
    assert [partner.code for partner in found] == [code]


@pytest.mark.parametrize(("code", "name"), sorted(names.territories().items()), ids=sorted(names.territories()))
def test_every_country_is_found_in_a_heading(code: str, name: str) -> None:
    found = partners.read(text(f"中国与{name}联合研究项目"), load_profile()).value or ()
    assert [(partner.code, partner.kind) for partner in found] == [(code, "country")]


def test_every_word_pattern_matches_its_own_words() -> None:
    words = words_of(load_profile())
    for kind, patterns in load_profile().requirements.kinds.items():
        for pattern in patterns:
            example = "".join("" if part == "…" else part.split("|")[0] for part in pattern.split())
            assert kind in words.requirement_kinds(text(f"项目{example}。")), pattern


def test_patterns_that_the_code_reads_have_their_groups() -> None:
    profile = load_profile()
    for heading in profile.headings:
        assert "title" in heading.pattern.groupindex
    groups = {"batch": "value", "chapter": "number", "document_number": "value", "past": "year"}
    for key, group in groups.items():
        pattern: re.Pattern[str] = getattr(profile.introduction, key)
        assert group in pattern.groupindex, key
    for key in ("partners", "directions", "projects", "funding", "duration"):
        assert all("value" in pattern.groupindex for pattern in getattr(profile.introduction, key)), key
