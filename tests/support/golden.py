"""Golden files: what a guide has to give. Drafted by the program; in force once a person has read it and signed.

tests/golden/NAME/ holds expected.json; the guide is raw/NAME.pdf, or is drawn from guide.txt beside it (see
tests/typeset/source.py). profile.toml, where there is one, is the profile that it is read with.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from extract import Guide, extract_guide
from extract.model.fields import FIELDS
from extract.profile.files import FAMILY
from tests.typeset.source import draw_source

ROOT = Path(__file__).parents[2]
GOLDEN, RAW = ROOT / "tests" / "golden", ROOT / "raw"
_UNREAD = ("corrected", "keywords", "conditions")  # what no person reads a guide for; conditions.json has the last


def names() -> list[str]:
    """Every guide that has, or should have, a golden file."""
    return sorted({path.stem for path in RAW.glob("*.pdf")} | {path.name for path in GOLDEN.iterdir()})


@cache
def record(name: str) -> Guide:
    """What the program makes of a guide."""
    own = GOLDEN / name / "profile.toml"
    profile = own if own.is_file() else FAMILY
    if (RAW / f"{name}.pdf").is_file():
        return extract_guide(RAW / f"{name}.pdf", profile=profile)
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.pdf"
        file.write_bytes(draw_source(GOLDEN / name / "guide.txt"))
        return extract_guide(file, profile=profile)


def told(guide: Guide) -> dict[str, Any]:
    """A record as a person reads it: values, each with page and words; what is to be looked at; what was checked."""
    plain: dict[str, Any] = msgspec.to_builtins(guide)
    return {
        "guide": _values(plain["guide"]),
        "sections": _values(plain["sections"]),
        "findings": [f"{one.section or 'guide'}: {one.code}" for one in guide.findings],
        "checks": {check.code: check.outcome for check in guide.checks},
    }


def _values(value: Any) -> Any:
    if isinstance(value, dict):
        if "quote" in value:
            return f"page {value['page']}: {value['quote']}"
        return {key: _values(item) for key, item in value.items() if key not in _UNREAD}
    return [_values(item) for item in value] if isinstance(value, list | tuple) else value


class Unsigned(AssertionError):
    """A golden file that nobody has put a name to, or that is missing."""


def expected(path: Path) -> dict[str, Any]:
    """A golden file without its signature. Raises Unsigned where it has none."""
    if not path.is_file():
        raise Unsigned(f"{path} is missing: pytest --bless drafts it")
    golden: dict[str, Any] = json.loads(path.read_text("utf-8"))
    if not str(golden.pop("read_by", "")).strip():
        raise Unsigned(
            f"{path} is not signed: read it against the guide, put right what is wrong, then fill in read_by"
        )
    return golden | {"sections": [_with_absent_fields(section) for section in golden.get("sections", ())]}


def _with_absent_fields(section: dict[str, Any]) -> dict[str, Any]:
    """A signed section with the fields that its file does not name, which are absent."""
    absent: dict[str, Any] = {"status": "absent", "label": None, "text": None, "value": None, "evidence": []}
    return dict.fromkeys(FIELDS, absent) | section


def bless(path: Path, got: dict[str, Any]) -> None:
    """Write a draft. Raises Unsigned, for a draft is no golden file; one that is signed is never overwritten."""
    try:
        signed = expected(path)
    except Unsigned:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = json.dumps({"read_by": "", **got}, ensure_ascii=False, indent=1)
        path.write_text(draft + "\n", "utf-8")
        raise Unsigned(f"{path} is a draft now: read it against the guide, then put your name in read_by") from None
    if signed != got:
        raise AssertionError(f"{path} is signed and says otherwise: --bless does not overwrite it; change it by hand")
