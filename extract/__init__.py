"""guide-extract: a Chinese research-funding guide as structured data, with evidence for every value.

>>> from extract import extract_guide
>>> guide = extract_guide("raw/guide_2017.pdf")  # doctest: +SKIP
>>> guide.sections[0].funding.value.max  # doctest: +SKIP
180000000
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from extract.errors import CorrectionError, ExtractError, ProfileError, UnreadableGuide, UsageError

if TYPE_CHECKING:
    from extract.export.json import load
    from extract.model.record import Guide
    from extract.pipeline import extract_guide

__version__ = "0.1.0"
__all__ = [
    "CorrectionError",
    "ExtractError",
    "Guide",
    "ProfileError",
    "UnreadableGuide",
    "UsageError",
    "extract_guide",
    "load",
]
_HOMES = {"Guide": "extract.model.record", "extract_guide": "extract.pipeline", "load": "extract.export.json"}


def __getattr__(name: str) -> Any:
    """What takes a while to load is loaded when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
