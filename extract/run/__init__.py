"""Runs over many guides: executors, storage, files and the log of a run."""

PRELOAD = f"{__name__}.preload"  # imported by the fork server alone
