"""The option --bless: draft golden files for guides that have none."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="draft golden files that are missing or not signed yet")
