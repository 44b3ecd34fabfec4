"""Settle the role and the payer of each figure by its neighbours.

其中 behind a figure of each project names parts of that; 每个项目 at the head of a sentence is said of both sides.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from extract.model.text import Text
from extract.normalise.quantities.payers import Payer, Qualifiers
from extract.normalise.quantities.scope import INSIDE, FigureScope, Role
from extract.normalise.quantities.words import ANY_PROJECT, PROJECT

_ANY_PROJECT = re.compile(ANY_PROJECT)
_EACH: tuple[Role, ...] = ("per_project", "per", "share")


class Figure(Struct, frozen=True):
    """A figure as worded: bounds, None if open, and scope."""

    low: Decimal | None
    high: Decimal | None
    unit: str | None
    named_span: slice  # from the start of its name to the end of the figure
    span: slice  # from the words that bound it
    scope: FigureScope
    role: Role
    names: tuple[Text, ...]
    per: str | None  # of what each
    is_approximate: bool
    between: str  # the words between it and the figure before
    qualifiers: Qualifiers = Qualifiers()
    is_attached: bool = False  # a share of the part right before it: 重点项目1000万元（每项500万元）

    @property
    def payer(self) -> Payer:
        """Who pays it; our side if nothing is said."""
        return self.qualifiers.payer or "ours"

    @property
    def starts_sentence(self) -> bool:
        """True behind 。 and ；."""
        return re.search("[。；\n]", self.between) is not None

    @property
    def closes_bracket(self) -> bool:
        """True if a bracket ends before it that began before the last figure or with it."""
        return self.between.count("）") > self.between.count("（")


# ── one figure in two statements ──────────────────────────────────────────────────────────────────────


def merge_bounds(figures: Sequence[Figure]) -> list[Figure]:
    """Merge two bounds of one figure: 不少于5个，不超过8个 is 5 to 8."""
    merged: list[Figure] = []
    for figure in figures:
        if merged and _is_other_bound(merged[-1], figure):
            last = merged.pop()
            low, high = (last.low, figure.high) if figure.low is None else (figure.low, last.high)
            named_span = slice(last.named_span.start, figure.named_span.stop)
            figure = replace(
                last, low=low, high=high, named_span=named_span, span=slice(last.span.start, figure.span.stop)
            )
        merged.append(figure)
    return merged


def _is_other_bound(last: Figure, figure: Figure) -> bool:
    """Return True if a figure is only the other bound of the one before it."""
    plain = figure.role == "total" and not figure.scope.is_called_total and figure.unit == last.unit
    is_bare = plain and figure.qualifiers.payer is None
    return is_bare and (last.low is None) != (figure.low is None) and (last.high is None) != (figure.high is None)


# ── who pays ──────────────────────────────────────────────────────────────────────────────────────────


def settle_payers(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures of one text with payers by their neighbours; `apart` where the scope of a side's is open.

    1. 意方400万欧元，每个项目不超过40万欧元: the second is the other side's, too.
    2. 每个项目中方不超过300万元，韩方不超过5亿韩元: each project's of both sides.
    3. 中方每个项目不超过200万元，法方不超过100万欧元: for each project or not, is not said.
    """
    settled: list[Figure] = []
    home = _home_unit(figures)
    has_total = any(figure.role in ("total", "part") and figure.payer != "partner" for figure in figures)
    for figure in figures:
        last = settled[-1] if settled and not figure.starts_sentence else None
        if last and _continues(last, figure) and figure.unit != home:
            figure = replace(figure, qualifiers=replace(figure.qualifiers, payer="partner"))
        elif figure.payer == "partner" and figure.role == "total":
            figure = _scoped_by_last(last, figure, has_total=has_total)
        settled.append(figure)
    return settled


def _home_unit(figures: Sequence[Figure]) -> str | None:
    """Return the currency of our side."""
    return next((figure.unit for figure in figures if figure.payer != "partner"), None)


def _continues(last: Figure, figure: Figure) -> bool:
    """Return True if a figure without a payer stands behind the other side's, in the same sentence and currency."""
    return last.payer == "partner" and figure.qualifiers.payer is None and figure.unit == last.unit


def _scoped_by_last(last: Figure | None, figure: Figure, *, has_total: bool) -> Figure:
    """Return the other side's plain figure as each project's, or apart if it may be that or a total."""
    each = last if last and last.role == "per_project" and last.payer != "partner" else None
    if each and each.qualifiers.is_behind_each:
        return replace(figure, role="per_project", per=PROJECT)
    is_open = not has_total or (each is not None and not figure.closes_bracket)
    return replace(figure, role="apart") if is_open and not figure.scope.is_called_total else figure


def figure_of_unclear_side(figures: Sequence[Figure]) -> Figure | None:
    """Return the first figure of which it is open whose money it is.

    1. 500万元，外方出资300万元，每个项目不超过100万元: each project's of either side
    2. 500万元（外方出资300万元）, 500万元，其中外方30万欧元: in the total, or beside it
    """
    home = _home_unit(figures)
    for last, figure in pairwise(figures):
        continues = _continues(last, figure) and not figure.starts_sentence and figure.role != "apart"
        is_inside = figure.payer == "partner" and figure.scope.is_inside
        if (figure.unit == home and (continues or is_inside)) or (is_inside and INSIDE.search(figure.between)):
            return figure
    return None


# ── roles ─────────────────────────────────────────────────────────────────────────────────────────────


def settle_roles(figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the figures of one side with their final roles.

    1. 3个国际合作项目 or 合作项目3个 alone is the total; beside other figures it is a part by name.
    2. 每项 right behind a part, in its sentence, is a share of that part: 重点项目1000万元（每项500万元）.
    3. 每个联合研究项目 beside parts, kinds or units is a share of a kind; alone it is each project.
    4. 其中 behind what each gets names parts of that: 每项5万元（其中2023年拨付2万元）.
    5. Of several units (每个联合实验室…，每个中心…) none has the one key; nor have direct costs beside all costs.
    """
    has_kinds = any(figure.role in ("part", "share", "per") for figure in figures)
    is_only = sum(figure.role in ("total", "part", "each") for figure in figures) <= 1
    several_units = sum(figure.role == "per" for figure in figures) > 1
    has_whole = any(not figure.qualifiers.is_direct for figure in figures)
    behind_part = behind_each = is_of_each = False
    for figure in figures:
        behind_each = behind_each and not figure.starts_sentence and not figure.closes_bracket
        is_alone = figure.role == "part" and is_only and (figure.scope.role == "total" or _is_any_project(figure))
        is_of_each = behind_each and (
            (figure.role in ("part", "share") and (figure.scope.is_inside or is_of_each))
            or (figure.role == "total" and figure.qualifiers.is_direct)
        )
        is_of_part = figure.role in ("per_project", "per") and behind_part and not figure.starts_sentence
        if is_alone and not is_of_each:
            figure = replace(figure, role="total", names=())
        elif is_of_each or is_of_part:
            figure = replace(figure, role="share", is_attached=True)
        elif (
            (figure.role == "per_project" and has_kinds and figure.per != PROJECT)
            or (figure.role == "per" and several_units)
            or (figure.qualifiers.is_direct and has_whole)
        ):
            figure = replace(figure, role="share")
        yield figure
        behind_part = figure.role == "part" or (behind_part and figure.role != "total")
        behind_each = figure.role in _EACH


def _is_any_project(figure: Figure) -> bool:
    return not figure.scope.is_numbered and all(_ANY_PROJECT.fullmatch(name.plain) for name in figure.names)
