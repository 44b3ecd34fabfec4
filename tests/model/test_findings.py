"""The catalogue of findings: every message follows from a code and its parts, and every entry is used and explained."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
import pytest

import extract
from extract.model.finding_catalogue import FINDINGS, ITEMS, PHRASES
from extract.model.findings import finding, format_message
from extract.model.record import Guide
from extract.pipeline import extract_guide
from tests.support.records import message_from_parts

ROOT = Path(__file__).parents[2]
PART = re.compile(r"\{(\w+)[^}]*\}")


def templates(code: str) -> dict[str, str]:
    """The templates of a code by variant."""
    template = FINDINGS[code].template
    return {"": template} if isinstance(template, str) else dict(template)


def parts(template: str) -> set[str]:
    """The parts of a template, without those that only some phrase in it has."""
    return set(PART.findall(template))


@cache
def trees() -> dict[str, ast.Module]:
    package = Path(extract.__file__).parent
    return {file.relative_to(package).as_posix(): ast.parse(file.read_text("utf-8")) for file in package.rglob("*.py")}


def calls(name: str) -> Iterator[tuple[str, ast.Call]]:
    """The calls of a function, each with the file that it stands in."""
    for file, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name:
                yield file, node


def literals() -> set[object]:
    """The literals of the package outside of the catalogue and of the names that pages show."""
    apart = ("model/finding_catalogue.py", "export/labels.py")
    return {
        node.value
        for file, tree in trees().items()
        if file not in apart
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
    }


def test_findings_are_made_by_their_constructor_alone() -> None:
    assert {file for file, _ in calls("FindingDraft")} == {"model/findings.py"}


def test_every_entry_of_the_catalogue_is_used() -> None:
    known = {*FINDINGS, *(variant for code in FINDINGS for variant in templates(code))}
    known |= {word for words in PHRASES.values() for word in words}
    assert known - {""} - literals() == set()


def test_every_phrase_and_item_belongs_to_a_part() -> None:
    named = {part for code in FINDINGS for template in templates(code).values() for part in parts(template)}
    assert {*PHRASES, *ITEMS} <= named


def test_calls_give_the_parts_that_the_message_shows() -> None:
    seen = 0
    for file, call in calls("finding"):
        code = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        variant = given.pop("variant", None)
        if code is None or None in given or not (variant is None or isinstance(variant, ast.Constant)):
            continue
        shown = templates(str(code))[str(variant.value) if variant else ""]
        phrased = {part for part in parts(shown) if part in PHRASES}
        mine = given.keys() - {"section", "field", "evidence"}
        assert mine == parts(shown) if not phrased else mine >= parts(shown), f"{file}:{call.lineno}"
        seen += 1
    assert seen > 30


def guides() -> list[Path]:
    return sorted([ROOT / "raw/guide_2017.pdf", *(ROOT / "tests/golden").glob("*/guide.txt")])


@cache
def record(file: Path) -> Guide:
    profile = file.parent / "profile.toml"
    return extract_guide(file, profile=profile) if profile.exists() else extract_guide(file)


@pytest.mark.parametrize("file", guides(), ids=lambda file: file.parent.name)
def test_messages_of_records_follow_from_their_parts(file: Path) -> None:
    for one in record(file).findings:
        plain = msgspec.json.decode(msgspec.json.encode(one.args))
        assert message_from_parts(one.code, plain) == one.message


@pytest.mark.parametrize(
    ("code", "args", "message"),
    [
        ("text-hidden", {"variant": "page", "reason": "hidden", "page": 2, "words": "甲"}, "text that cannot be seen on page 2, set aside: 甲"),
        ("file-damaged", {"variant": "stream", "pages": [2], "stream": "form", "stream_name": "Fm1", "fault": "ends-early"},
         "page 2: the form Fm1: it ends too early; words may be lost or wrong"),
        ("file-damaged", {"variant": "unlisted", "count": 6, "objects": [3, 5, "…"]},
         "the file holds 6 page(s) that it does not list (objects 3, 5, …); words may be lost or wrong"),
        ("reader-failed", {"reader": "pdfium", "refusal": "damaged", "file": "a.pdf", "detail": "odd"},
         "only pdfium reads this file, so nothing confirms it; the other reader: a.pdf: damaged PDF (odd); download the"
         " guide again"),
        ("glyphs-collide", {"collisions": [{"one": "三", "other": "农"}, {"one": "甲", "other": "乙"}]},
         "三 and 农, 甲 and 乙 are printed over one another; what was meant is not known"),
        ("heading-ambiguous", {"words": "甲", "readings": ["乙", "丙", "丁"]}, "甲 can be read as 乙 or 丙 or 丁"),
        ("value-unread", {"variant": "nothing", "label": "经费"}, "经费: not understood: (nothing)"),
        ("label-unknown", {"label": "{words}"}, "{words} looks like a label that the profile does not know; kept under other"),
    ],
)  # fmt: skip
def test_messages(code: str, args: dict[str, object], message: str) -> None:
    assert message_from_parts(code, args) == message


def test_a_finding_without_a_part_of_its_message_cannot_be_made() -> None:
    with pytest.raises(KeyError, match="label"):
        finding("label-unknown")
    with pytest.raises(KeyError, match="never"):
        finding("partner-unknown", variant="never", words="甲")
    with pytest.raises(KeyError, match="no-code"):
        format_message("no-code", {})


def test_the_docs_name_the_parts_of_every_message() -> None:
    told = (ROOT / "docs/findings.md").read_text("utf-8")
    pages = dict(re.findall(r"^### (\S+)\n(.*?)(?=^###? |\Z)", told, re.MULTILINE | re.DOTALL))
    for code in FINDINGS:
        every = {part for template in templates(code).values() for part in parts(template)}
        every |= {
            part for name in every & PHRASES.keys() for phrase in PHRASES[name].values() for part in parts(phrase)
        }
        variants = templates(code).keys() - {""}
        line = re.search(r"^Parts: (.*?)\.$", pages[code], re.MULTILINE | re.DOTALL)
        explained = set(re.findall("`([^`]+)`", line[1] if line else ""))
        assert {*every, *(["variant"] if variants else []), *variants} == explained, code
