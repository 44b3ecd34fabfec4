"""Words together with what they mean: what every piece of the generator returns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

Value = dict[str, Any]
_AFTER_MARKER = re.compile(r"(?<=\d\.) ")


@dataclass(frozen=True)
class Said:
    """The paragraphs of a value as a person would type them, without layout space, and the value they state.

    `status` is none where the guide writes 无, and unread where no careful reader could give a value.
    """

    paragraphs: tuple[str, ...]
    value: Any
    status: str = "stated"

    @property
    def text(self) -> str:
        """The words as the record has them: without the layout space behind a marker (2. 能源)."""
        return _AFTER_MARKER.sub("", "".join(self.paragraphs))


def one(words: str, value: Any) -> Said:
    """A value in one paragraph."""
    return Said((words,), value)


def field(label: str, said: Said) -> Value:
    """A field of the record that a label leads to."""
    return {"status": said.status, "label": label, "text": said.text, "value": said.value}


def absent() -> Value:
    """A field that the section lacks."""
    return {"status": "absent", "label": None, "text": None, "value": None}
