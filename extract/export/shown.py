"""Words from files as a terminal may show them: nothing in them moves the cursor, hides text or turns it around."""

import unicodedata

_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def shown(words: str) -> str:
    """The words with every control character written out (\\u001b)."""
    return "".join(f"\\u{ord(char):04x}" if unicodedata.category(char) in _UNSEEN else char for char in words)
