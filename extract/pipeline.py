"""The stages in order, nothing else: pull → repair → split → normalise → correct → check."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from extract.check import absences, check, check_ink, readers_agree
from extract.check.glyph_account import account, excluded_text
from extract.corrections.apply import apply_corrections, without_corrected, without_settled
from extract.corrections.files import find_corrections
from extract.errors import UnreadableGuide
from extract.limits import DEFAULT_LIMITS, Limits
from extract.model.placement import place_findings
from extract.model.record import Guide, Readers, Source
from extract.model.stages import CorrectionEntry, GuideForReview, Pulled, Repaired
from extract.normalise import normalise
from extract.profile.files import FAMILY, ProfileFiles, load_profile
from extract.profile.schema import Profile
from extract.pull import pull, read_content
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
) -> Guide:
    """Read a guide, a PDF or plain text, into its record.

    By default two readers read a PDF and confirm one another; `reader` names one to use alone. Plain text has its own.
    `profile` is the name of a family of guides or the path of a TOML file. `corrections` is the path of a file with a
    person's corrections; by default it is NAME.corrections.toml beside the guide, where there is one.
    `limits` is what the guide may take (size, pages, glyphs; time and memory are for the caller to hold), `password`
    opens a PDF that is encrypted.
    Raises UnreadableGuide where the file is missing, damaged, without text or without sections, and ProfileError or
    CorrectionError where there is no such profile or file, or it is wrong. Trouble inside the guide does not raise: it
    is in the record's findings.
    """
    return open_guide(
        path, profile=profile, reader=reader, corrections=corrections, limits=limits, password=password
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
) -> GuideForReview:
    """Read a guide like `extract_guide`, and keep what its review page shows beside the record.

    `data` is what the guide's file holds where it does not lie on a disk; `path` then only gives it a name, and only
    corrections that are named are taken.
    """
    beside = Path(path) if data is None else None
    amendments = find_corrections(beside, given=Path(corrections) if corrections is not None else None)
    data = read_content(Path(path), limits) if data is None else data
    with _uncollected():
        pulled = pull(Path(path), reader, data=data, limits=limits, password=password)
        repaired = repair(pulled)
        try:
            guide = assemble(pulled, repaired, load_profile(profile), amendments)
        except UnreadableGuide as error:
            raise type(error)(f"{path}: {error}") from None
    return GuideForReview(
        guide, data, excluded_text(repaired), _lines(pulled), tuple(one.entry for one in amendments), password
    )


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage is looked for meanwhile: a guide leaves next to none that goes in circles, and the collector would
    look through all that is loaded, which takes a sixth of the time.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _lines(pulled: Pulled) -> tuple[str, ...]:
    """The lines of plain text, empty ones too."""
    if pulled.lines is None:
        return ()
    rows = [""] * max(pulled.lines, default=0)
    for glyph, line in zip(pulled.glyphs, pulled.lines, strict=True):
        rows[line - 1] += glyph.text
    return tuple(rows)


def assemble(pulled: Pulled, repaired: Repaired, rules: Profile, corrections: Sequence[CorrectionEntry] = ()) -> Guide:
    """The record of a guide that was pulled and repaired. Raises UnreadableGuide where it has no sections."""
    agreed = [readers_agree(pulled, repaired, repair(pulled.witness))] if pulled.witness else []
    cut = split(repaired, rules)
    values = apply_corrections(normalise(cut, rules), corrections)
    roles, unclaimed = account(repaired, cut)
    findings = [
        *pulled.findings,
        *repaired.findings,
        *(finding for _, differences in agreed for finding in differences),
        *without_settled((*cut.findings, *values.findings), values.guide, values.sections),
        *unclaimed,
        *absences(values.sections, rules.labels.known),
    ]
    return Guide(
        source=Source(file=pulled.file, sha256=pulled.sha256, pages=pulled.pages, reader=pulled.reader),
        guide=values.guide,
        sections=values.sections,
        checks=(
            *(check for check, _ in agreed),
            *check_ink(
                pulled,
                repaired,
                rules.names,
                values.guide,
                values.sections,
                without_corrected(values.guide, values.sections),
            ),
            *check(values.guide, values.sections, exceptions=values.exceptions),
        ),
        findings=place_findings(findings, values.sections),
        account=roles,
    )
