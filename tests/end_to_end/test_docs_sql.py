"""The questions that docs/tables.md asks of many guides, and the answers that it shows."""

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from extract.cli import main
from tests.end_to_end.test_docs import arguments
from tests.end_to_end.test_guide_2017 import ROOT

TOLD = (ROOT / "docs" / "tables.md").read_text("utf-8").partition("\n## Asking questions of many guides\n")[2]
QUESTIONS = re.findall(r"```sql\n(.*?)```\n\n((?:\|[^\n]*\n)*)", TOLD, re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the commands of the docs were given."""
    folder = tmp_path_factory.mktemp("questions")
    shutil.copytree(ROOT / "docs" / "example", folder / "docs" / "example")
    shutil.copytree(ROOT / "output", folder / "output", ignore=lambda _, names: {*names} - {"guide_2017.json"})
    (commands,) = re.findall(r"```sh\n(.*?)```", TOLD, re.DOTALL)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert [main(arguments(command)) for command in commands.splitlines()] == [0, 0, 0]
    return folder


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_the_answers_of_the_docs_are_those_of_the_files(
    question: str, answer: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert answer == answered(question)


def answered(question: str) -> str:
    """What DuckDB answers, as a table of Markdown; what is missing is empty."""
    with duckdb.connect() as database:
        found = database.execute(question)
        columns = [column[0] for column in found.description]
        rows = [columns, ["---"] * len(columns), *found.fetchall()]
    return "".join(f"| {' | '.join('' if cell is None else str(cell) for cell in row)} |\n" for row in rows)


def test_the_docs_ask_questions() -> None:
    assert len(QUESTIONS) >= 3
