"""Calls whose chapters are the fields, in the families of letters, provinces, the science foundation and cities."""

from tests.drift.calls.call import CALLS, call_text

__all__ = ["CALLS", "call_text"]
