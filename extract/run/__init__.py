"""Many guides: who reads them, where their files go, and what is noted of them."""

PRELOAD = f"{__name__}.preload"  # the module that a fork server imports first; it is imported nowhere else
