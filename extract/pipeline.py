"""Run the stages in order: pull → repair → split → normalise → correct → check."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

from msgspec import UNSET

from extract.check import (
    PrintedGuide,
    absences,
    check,
    check_ink,
    doubtful_title,
    excluded_like_text,
    readers_agree,
)
from extract.check.glyph_account import account, excluded_text
from extract.corrections.apply import apply_corrections, without_corrected, without_settled
from extract.corrections.files import find_corrections
from extract.errors import NoSections, UnreadableGuide
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model.placement import place_findings
from extract.model.record import Guide, Readers, Source
from extract.model.stages import CorrectionEntry, GuideForReview, Pulled, Repaired
from extract.normalise import normalise
from extract.normalise.conditions.derived import with_derived_conditions
from extract.profile.files import FAMILY, ProfileFiles, load_profile
from extract.profile.schema import Profile
from extract.pull import misnomer, pull, read_content
from extract.repair import repair
from extract.split import split


def extract_guide(
    path: str | Path,
    *,
    profile: str | Path = FAMILY,
    reader: Readers = "both",
    corrections: str | Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    password: str | None = None,
    part: int = 1,
) -> Guide:
    """Extract the record of a guide, a PDF or plain text.

    By default two readers read a PDF and confirm each other; `reader` chooses one alone. Plain text has its own reader.
    `profile` is the name of a family of guides or the path of a TOML file. `corrections` is the path of a corrections
    file; the default is NAME.corrections.toml beside the guide, if it exists.
    `limits` bounds the size, pages and glyphs of the guide; its time and memory have to be enforced by the caller.
    `password` opens an encrypted PDF. `part` is the number of the guide in a file that holds several, from 1.
    Raises UnreadableGuide if the file is missing, damaged, without text or without sections; ProfileError or
    CorrectionError if a profile or corrections file is missing or invalid. Problems inside the guide are findings of
    the record, not exceptions.
    """
    return open_guide(
        path, profile=profile, reader=reader, corrections=corrections, limits=limits, password=password, part=part
    ).guide


def open_guide(
    path: str | Path,
    *,
    data: bytes | None = None,
    profile: str | Path | ProfileFiles = FAMILY,
    reader: Readers = "both",
    corrections: str | Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    password: str | None = None,
    part: int = 1,
) -> GuideForReview:
    """Extract a guide like `extract_guide`, and keep the material of its review page.

    `data` is the content of a guide that is not on a disk; `path` is then only its name, and only a
    corrections file that is given is applied.
    """
    local_path = Path(path) if data is None else None
    entries = find_corrections(local_path, given=Path(corrections) if corrections is not None else None, part=part)
    data = read_content(Path(path), limits) if data is None else data
    with _garbage_collection_paused():
        pulled = pull(Path(path), reader, data=data, limits=limits, password=password)
        rules = load_profile(profile)
        repaired = repair(pulled, rules)
        try:
            guide = assemble(pulled, repaired, rules, entries, part)
        except UnreadableGuide as error:
            otherwise = misnomer(Path(path), pulled.reader) if isinstance(error, NoSections) else None
            advice = f"{otherwise}; get the file again if that is wrong; " if otherwise else ""
            raise type(error)(f"{path}: {advice}{error}") from None
    return GuideForReview(
        guide,
        data,
        excluded_text(repaired),
        _lines(pulled),
        tuple(entry.entry for entry in entries),
        password,
        tuple({block.number: block.cell for block in pulled.blocks}.values()),
        pulled.turns,
    )


@contextmanager
def _garbage_collection_paused() -> Iterator[None]:
    """Pause the cyclic garbage collector: reading leaves almost no cycles, and collections cost a sixth of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _lines(pulled: Pulled) -> tuple[str, ...]:
    """The lines of plain text, including empty ones, or the blocks of a document without pages; none for a PDF."""
    if pulled.lines is None:
        return ()
    rows = [""] * max(pulled.lines, default=0)
    for glyph, line in zip(pulled.glyphs, pulled.lines, strict=True):
        rows[line - 1] += glyph.text
    if pulled.blocks:
        numbered = zip(pulled.blocks, rows, strict=True)
        return tuple(" ".join(row for _, row in rows) for _, rows in groupby(numbered, key=lambda pair: pair[0].number))
    return tuple(rows)


def assemble(
    pulled: Pulled, repaired: Repaired, rules: Profile, corrections: Sequence[CorrectionEntry] = (), part: int = 1
) -> Guide:
    """Build the record of a repaired guide. Raises UnreadableGuide if it has no sections, or its file no such part."""
    witnessed = repair(pulled.witness, rules, is_witness=True) if pulled.witness else None
    agreements = [readers_agree(pulled, repaired, witnessed)] if witnessed else []
    split_guide = split(repaired, rules, part)
    values = apply_corrections(normalise(split_guide, rules), corrections)
    roles, unclaimed = account(repaired, split_guide)
    printed = PrintedGuide(repaired, witnessed, split_guide, values.guide, values.sections, rules.labels.fields_by_name)
    findings = [
        *pulled.findings,
        *repaired.findings,
        *(finding for _, differences in agreements for finding in differences),
        *without_settled((*split_guide.findings, *values.findings), values.guide, values.sections),
        *unclaimed,
        *excluded_like_text(repaired, rules.labels.fields_by_name),
        *doubtful_title(values.guide),
        *absences(values.sections, rules.expected, printed.overlooked),
    ]
    return Guide(
        source=Source(
            file=pulled.file,
            sha256=pulled.sha256,
            pages=pulled.pages or None,
            reader=pulled.reader,
            part=part,
            attachments=pulled.attachments or UNSET,
        ),
        guide=values.guide,
        sections=with_derived_conditions(values.guide, values.sections, rules.names),
        checks=(
            *(check for check, _ in agreements),
            *check_ink(
                pulled,
                repaired,
                rules.names,
                values.guide,
                values.sections,
                excluded=roles.excluded,
                extracted=without_corrected(values.guide, values.sections),
            ),
            *printed.checks(),
            *check(values.guide, values.sections, exceptions=values.exceptions, totals_of_tables=values.totals),
        ),
        findings=place_findings(findings, values.sections, repaired.lines),
        account=roles,
    )
