"""What can be wrong with our own input: one base, a few meanings, each with its exit code.

Trouble inside a guide that could be read is not an exception but a finding (see model/findings.py).
"""

import re
from typing import NamedTuple


class ExtractError(Exception):
    """Anything that stops us. The message is one line: what, where, and what to do."""

    exit_code = 2


class UsageError(ExtractError):
    """The command or the call asks for something that cannot be: two outputs in one file, a folder that is none."""


class ProfileError(UsageError):
    """A profile is wrong; the message names the file, the key and the reason."""


class CorrectionError(UsageError):
    """A corrections file is wrong; the message names the file, the line, the value and the reason."""


class UnreadableGuide(ExtractError):
    """A guide cannot be read: missing, damaged, without text or without sections."""

    exit_code = 3


class NoSections(UnreadableGuide):
    """The guide's text could be read, but the profile finds no sections in it."""


class LimitPassed(UnreadableGuide):
    """A guide asks for more time, memory or pages than it may take; the message names the limit."""


class Crashed(UnreadableGuide):
    """The worker process died or raised an unexpected exception."""


class UnreadableRecord(ExtractError):
    """A record cannot be read: missing, no JSON, or JSON of another shape."""

    exit_code = 3


class OtherRecord(UnreadableRecord):
    """The file is no record but something else, as what guide-extract writes beside its records."""


class ValidationMessage(NamedTuple):
    """A message of msgspec in parts: the reason, where in the data, and a key that is `unknown` or `missing` there."""

    reason: str
    location: str
    unknown: str | None = None
    missing: str | None = None


_KEY = re.compile(r"Object (?:contains unknown field `(?P<unknown>.+)`|missing required field `(?P<missing>.+)`)")


def parse_validation_error(message: str) -> ValidationMessage:
    """Take a message of msgspec apart.

    >>> parse_validation_error("Expected `str`, got `int` - at `$.labels.funding[0]`")
    ValidationMessage(reason='Expected `str`, got `int`', location='$.labels.funding[0]', unknown=None, missing=None)
    >>> parse_validation_error("Object missing required field `by`")
    ValidationMessage(reason='Object missing required field `by`', location='', unknown=None, missing='by')
    """
    reason, _, location = message.partition(" - at ")
    key = _KEY.fullmatch(reason)
    return ValidationMessage(reason, location.replace("`", ""), **(key.groupdict() if key else {}))
