"""Exceptions, each with an exit code. A problem inside a readable guide is a finding instead (model/findings.py)."""

import re
from typing import NamedTuple


class ExtractError(Exception):
    """The base of all errors. The message is one line: the problem, its location, and the remedy."""

    exit_code = 2


class UsageError(ExtractError):
    """An impossible request in a command or call: two outputs in one file, a folder that does not exist."""


class ProfileError(UsageError):
    """An invalid profile; the message names the file, the key and the reason."""


class CorrectionError(UsageError):
    """An invalid corrections file; the message names the file, the line, the value and the reason."""


class UnreadableGuide(ExtractError):
    """An unreadable guide: missing, damaged, without text or without sections."""

    exit_code = 3


class NoSections(UnreadableGuide):
    """A guide with text, in which the profile finds no sections."""


class LimitPassed(UnreadableGuide):
    """A guide exceeds a limit on time, memory or size; the message names the limit."""


class Crashed(UnreadableGuide):
    """The worker process died or raised an unexpected exception."""


class UnreadableRecord(ExtractError):
    """An unreadable record: missing, not JSON, or JSON with another schema."""

    exit_code = 3


class OtherRecord(UnreadableRecord):
    """A file that is not a record, such as the other files that guide-extract writes beside its records."""


class ValidationMessage(NamedTuple):
    """The parts of a message of msgspec: the reason, the location in the data, a key that is `unknown` or `missing`."""

    reason: str
    location: str
    unknown: str | None = None
    missing: str | None = None


_KEY = re.compile(r"Object (?:contains unknown field `(?P<unknown>.+)`|missing required field `(?P<missing>.+)`)")


def parse_validation_error(message: str) -> ValidationMessage:
    """Parse a message of msgspec into its parts.

    >>> parse_validation_error("Expected `str`, got `int` - at `$.labels.funding[0]`")
    ValidationMessage(reason='Expected `str`, got `int`', location='$.labels.funding[0]', unknown=None, missing=None)
    >>> parse_validation_error("Object missing required field `by`")
    ValidationMessage(reason='Object missing required field `by`', location='', unknown=None, missing='by')
    """
    reason, _, location = message.partition(" - at ")
    key = _KEY.fullmatch(reason)
    return ValidationMessage(reason, location.replace("`", ""), **(key.groupdict() if key else {}))
