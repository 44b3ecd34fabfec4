"""The docs are true: every code and key is explained, every command and example runs."""

import doctest
import re
import shlex
import shutil
import textwrap
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from rich.console import Console

from extract import load
from extract.cli import main
from extract.cli.views import summary_view
from extract.model.finding_catalogue import CHECKS, FINDINGS
from extract.model.record import Guide
from extract.model.stages import Role
from extract.profile import schema as profiles
from extract.profile.files import load_profile
from extract.profile.partner_tables import PartnerNames
from tests.end_to_end.test_guide_2017 import PDF, ROOT, from_pdf
from tests.typeset.facsimile import EXTRACTED

DOCS = ROOT / "docs"
READMES = ("README.md", "README.zh-CN.md")


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_every_finding_and_check_is_explained() -> None:
    headings = re.findall(r"^### (\S+)$", read("docs/findings.md"), re.MULTILINE)
    assert sorted(headings) == sorted([*FINDINGS, *CHECKS])


def test_severities_in_the_docs_are_those_of_the_code() -> None:
    told = re.findall(r"^### (\S+)\n\n\*\*(\w+)\*\*", read("docs/findings.md"), re.MULTILINE)
    assert {code: severity for code, severity in told if code in FINDINGS} == {
        code: spec.severity for code, spec in FINDINGS.items()
    }


def keys(kind: type) -> Iterator[str]:
    """The keys of a profile's table and of the tables below it."""
    for field in msgspec.structs.fields(kind):
        yield field.name
        for part in (field.type, *get_args(field.type)):
            if isinstance(part, type) and issubclass(part, msgspec.Struct):
                yield from keys(part)


@pytest.mark.parametrize("table", [profiles.Profile, PartnerNames])
def test_every_key_of_a_profile_is_explained(table: type) -> None:
    told = read("docs/profiles.md")
    assert [key for key in keys(table) if not re.search(rf"`[^`\n]*\b{key}\b[^`\n]*`", told)] == []


def test_every_key_of_the_record_is_explained() -> None:
    told = read("docs/record.md")
    schema = msgspec.json.schema(Guide)["$defs"]
    named = {key for record in schema.values() for key in record.get("properties", {})}
    assert sorted(key for key in named if not re.search(rf"\b{key}\b", told)) == []
    assert [role for role in get_args(Role) if role not in told] == []


def test_every_kind_of_requirement_is_explained_in_its_order() -> None:
    told = re.findall(r"^\| `(\w+)` \| ", read("docs/record.md").partition("| kind | says |")[2], re.MULTILINE)
    assert told == [*load_profile().requirements.kinds, "other"]


def test_the_floor_plan_names_every_file() -> None:
    plan = read("docs/architecture.md").partition("## The floor plan")[2].partition("```\n\n")[0]
    files = [file for file in (ROOT / "extract").rglob("*.py") if file.name not in ("__init__.py", "py.typed")]
    assert [file.name for file in files if not re.search(rf"(?i)\b{file.stem}\b", plan)] == []


def commands(readme: str) -> list[str]:
    """The commands that a README shows in its table of uses."""
    return re.findall(r"^\| `(guide-extract [^`]+)` \|", read(readme), re.MULTILINE)


@pytest.mark.slow
def test_commands_of_the_readme_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    for name in ("raw/guide_2017.pdf", "a.pdf", "b.pdf"):
        (tmp_path / name).write_bytes(PDF.read_bytes())
    (tmp_path / "c.txt").write_bytes(EXTRACTED.read_bytes())
    for name, file in (
        ("d.docx", "v04_autonum.docx"),
        ("e.html", "t01_base.html"),
        ("f.md", "x02_md_headings.txt"),
        ("g.xlsx", "v13_table.xlsx"),
    ):
        (tmp_path / name).write_bytes((ROOT / "tests" / "layout" / "files" / file).read_bytes())
    base = (ROOT / "tests" / "layout" / "files" / "x01_base.txt").read_text("utf-8")
    (tmp_path / "two.txt").write_text(f"{base}\n附件2\n{base}", "utf-8")
    shutil.copytree(DOCS / "example", tmp_path / "docs" / "example")
    monkeypatch.chdir(tmp_path)
    shown = commands(READMES[0])  # the other shows the same: see below
    assert len(shown) >= 5
    for command in shown:
        assert main(arguments(command)) == 0, command
    assert (tmp_path / "output" / "guide_2017.json").is_file()


def arguments(command: str) -> list[str]:
    """What a shell gives to a command."""
    words = shlex.split(command)[1:]
    return [word for one in words for word in (sorted(map(str, Path().glob(one))) if "*" in one else [one])]


@pytest.mark.parametrize("readme", READMES)
@pytest.mark.slow
def test_the_way_from_the_pdf_to_a_record_to_vouch_for_goes_through(
    readme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    base = (ROOT / "tests" / "layout" / "files" / "x01_base.txt").read_text("utf-8")
    (tmp_path / "two.txt").write_text(f"{base}\n附件2\n{base}", "utf-8")
    shutil.copytree(DOCS / "example", tmp_path / "docs" / "example")
    (tmp_path / "output").mkdir()
    shutil.copy(ROOT / "output" / "guide_2017.json", tmp_path / "output")
    monkeypatch.chdir(tmp_path)
    steps = re.findall(r"^\d\. (.*?)(?=^\d\. |^## )", read(readme), re.MULTILINE | re.DOTALL)
    (reading, told), (proving,), (comparing,) = (re.findall(r"`([^`]+)`", steps[step]) for step in (0, 4, 5))
    assert main(arguments(reading)) == 0
    assert " ".join(told.split()) in " ".join(capsys.readouterr().err.split())
    (correction,) = re.findall(r"```toml\n(.*?)```", steps[2], re.DOTALL)
    name = re.findall(r"`(\S+\.corrections\.toml)`", steps[2])[0]
    (tmp_path / "docs" / "example" / name).write_text(textwrap.dedent(correction), "utf-8")
    assert main(arguments(reading)) == 0
    funding = load(tmp_path / "output" / "guide_2018.json").sections[-1].funding
    assert funding.value is not None
    assert funding.corrected is not None
    assert (funding.value.max, funding.corrected.by, funding.corrected.was) == (13_000_000, "王芳", None)
    assert main(arguments(proving)) == 0
    assert main(arguments(comparing)) == 0


def test_the_two_readmes_show_the_same_commands() -> None:
    assert commands(READMES[0]) == commands(READMES[1])
    blocks: list[Any] = [re.findall(r"```bash\n(.*?)```", read(name), re.DOTALL) for name in READMES]
    assert blocks[0] == blocks[1]


@pytest.mark.parametrize("readme", READMES)
def test_the_python_example_of_the_readme_holds(readme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    examples = "\n".join(re.findall(r"```python\n(.*?)```", read(readme), re.DOTALL))
    test = doctest.DocTestParser().get_doctest(examples, {}, readme, readme, 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


@pytest.mark.parametrize("page", [*READMES, "CONTRIBUTING.md", *(f"docs/{page.name}" for page in DOCS.glob("*.md"))])
def test_links_lead_somewhere(page: str) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", read(page))
    assert [link for link in links if not (ROOT / page).parent.joinpath(link).exists()] == []


def test_the_excerpt_in_the_readme_is_from_the_record() -> None:
    record = (ROOT / "output" / "guide_2017.json").read_text("utf-8")
    squeezed = re.sub(r"\s", "", record)
    for readme in READMES:
        (excerpt,) = re.findall(r"```json\n(.*?)```", read(readme), re.DOTALL)
        assert re.sub(r"\s", "", excerpt) in squeezed


@pytest.mark.parametrize("readme", READMES)
def test_the_summary_in_the_readme_is_what_the_command_shows(readme: str) -> None:
    console = Console(width=110, file=StringIO())
    console.print(summary_view(from_pdf()))
    shown = [line.rstrip() for line in console.file.getvalue().split("\n")]  # type: ignore[attr-defined]
    block = re.findall(r"```text\n(.*?)```", read(readme), re.DOTALL)[0]
    assert [line for line in block.split("\n") if line.rstrip() not in shown] == []


def test_the_tests_that_the_table_of_broken_input_names_exist() -> None:
    named = re.findall(r"`((?:\w+/)*test_\w+\.py)::(test_\w+)`", read("docs/broken-input.md"))
    assert len(named) > 20
    assert [(file, test) for file, test in named if f"def {test}(" not in read(f"tests/{file}")] == []
