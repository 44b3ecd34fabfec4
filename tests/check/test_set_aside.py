"""Words that were set aside: they are printed where they are cited, and those that read like text are told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from extract.check import check_ink, excluded_like_text
from extract.model.record import Excluded, ExcludedReason
from extract.model.stages import ExcludedText, Repair, Repaired
from extract.model.values import Evidence
from extract.pipeline import extract_guide
from extract.profile.files import load_profile
from extract.pull import pull
from extract.repair import repair
from tests.check.test_accounted import read_lines, set_aside
from tests.layout.test_layouts import FILES, read

PROFILE = load_profile()
NAMES = ["u01_webprint.pdf", "v06_tracked.pdf", "v07_linenum.pdf", "v29_sup_values.pdf", "w3b_ocg_digit.pdf"]


def outcome(name: str, excluded: tuple[Excluded, ...], forge: Callable[[Repaired], Repaired] | None = None) -> str:
    pulled, guide = pull(FILES / name), read(name)
    repaired = repair(pulled)
    repaired = forge(repaired) if forge else repaired
    checks = check_ink(pulled, repaired, PROFILE.names, guide.guide, guide.sections, excluded=excluded)
    return next(check.outcome for check in checks if check.code == "excluded-in-ink")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_set_aside_is_printed(name: str) -> None:
    assert outcome(name, read(name).account.excluded) == "proved"


def changed(excluded: tuple[Excluded, ...], index: int, change: Callable[[Evidence], Evidence]) -> tuple[Excluded, ...]:
    piece = excluded[index]
    forged = replace(piece, evidence=(change(piece.evidence[0]), *piece.evidence[1:]))
    return (*excluded[:index], forged, *excluded[index + 1 :])


def moved(piece: Evidence, dx: float) -> Evidence:
    assert piece.bbox is not None
    left, top, right, bottom = piece.bbox
    return replace(piece, bbox=(left + dx, top, right + dx, bottom))


FORGED: dict[str, tuple[str, Callable[[Evidence], Evidence]]] = {
    "another digit": ("v29_sup_values.pdf", lambda piece: replace(piece, quote="⁵")),
    "another figure": ("v06_tracked.pdf", lambda piece: replace(piece, quote="8")),
    "another page": ("v06_tracked.pdf", lambda piece: replace(piece, page=(piece.page or 0) + 1)),
    "other words": ("u01_webprint.pdf", lambda piece: replace(piece, quote=piece.quote.replace("通知", "通告"))),
    "words without their end": ("u01_webprint.pdf", lambda piece: replace(piece, quote=piece.quote[:-2])),
    "a box beside": ("v07_linenum.pdf", lambda piece: moved(piece, 20)),
    "a box moved by a hair": ("v07_linenum.pdf", lambda piece: moved(piece, 0.05)),
}


@pytest.mark.parametrize("fault", FORGED)
def test_a_forged_quote_is_caught(fault: str) -> None:
    name, change = FORGED[fault]
    assert outcome(name, changed(read(name).account.excluded, 0, change)) == "contradicted"


def test_words_of_the_text_are_not_set_aside() -> None:
    """A quote of the text itself, which no repair took out."""
    guide = read("v06_tracked.pdf")
    words = Excluded(reason="struck-out", evidence=guide.sections[1].funding.evidence)
    assert outcome("v06_tracked.pdf", (*guide.account.excluded, words)) == "contradicted"


def test_a_repair_that_changes_a_digit_that_is_set_aside_is_caught() -> None:
    def forge(repaired: Repaired) -> Repaired:
        struck = next(one for one in repaired.repairs if one.name == "set struck-out text aside")
        return replace(repaired, repairs=(Repair("unify forms", dict.fromkeys(struck.became, "8")), struck))

    excluded = changed(read("v06_tracked.pdf").account.excluded, 0, lambda piece: replace(piece, quote="8"))
    assert outcome("v06_tracked.pdf", excluded, forge) == "contradicted"


def test_plain_text_has_lines_in_place_of_boxes(tmp_path: Path) -> None:
    def checked(excluded: tuple[Excluded, ...]) -> str:
        checks = check_ink(pulled, repair(pulled), PROFILE.names, guide.guide, guide.sections, excluded=excluded)
        return next(check.outcome for check in checks if check.code == "excluded-in-ink")

    path = tmp_path / "guide.txt"
    text = (FILES / "x01_base.txt").read_text("utf-8")
    path.write_text(text.replace("1.2 ", "- 1 -\n1.2 ").replace("1.4 ", "- 2 -\n1.4 "), "utf-8")
    guide, pulled = extract_guide(path), pull(path)
    assert [one.evidence[0].quote for one in guide.account.excluded] == ["- 1 -", "- 2 -"]
    assert checked(guide.account.excluded) == "proved"
    later = changed(guide.account.excluded, 0, lambda piece: replace(piece, line=int(str(piece.line)) + 1))
    assert checked(later) == "contradicted"


# ── words that read like text ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "reason", "told"),
    [
        ("拟支持经费：900万元人民币。", "running-head", True),
        ("拟支持项目数：3个项目。", "page-number", True),
        ("1）项目执行期为3年。", "watermark", True),
        ("对应安排如下。", "running-head", True),
        ("1.2 中国和德国政府间合作项目", "running-head", False),
        ("拟支持经费：900万元人民币。", "struck-out", False),  # told as struck out
        ("拟支持经费：900万元人民币。", "hidden", False),
    ],
)
def test_words_like_text(words: str, reason: ExcludedReason, told: bool) -> None:
    repaired = set_aside(read_lines(), words, reason)
    findings = excluded_like_text(repaired, PROFILE.labels.fields_by_name)
    assert [one.code for one in findings] == ["excluded-like-text"] * told
    assert all(words in str(one.args["words"]) for one in findings)


def test_words_that_come_again_are_told_once() -> None:
    repaired = set_aside(read_lines(), "拟支持经费：900万元", "running-head")
    again = [ExcludedText("running-head", line.text) for line in repaired.lines if "拟支持经费" in line.text.plain]
    repaired = replace(repaired, excluded=(*repaired.excluded, *again))
    assert len(repaired.excluded) == 4
    assert len(excluded_like_text(repaired, PROFILE.labels.fields_by_name)) == 1


@pytest.mark.parametrize("name", [*NAMES, "furniture.pdf"])
def test_no_alarm_on_heads_feet_and_marks(name: str) -> None:
    assert "excluded-like-text" not in {one.code for one in read(name).findings}
