"""Profiles and corrections from strangers: nothing hangs, nothing leaves its folder, each fault is one clear line."""

import os
import pkgutil
import re
import tomllib
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

import extract
from extract.corrections.files import _MAX_PARSED_CHARACTERS, load_corrections
from extract.errors import CorrectionError, ProfileError
from extract.profile.files import families, load_profile
from extract.profile.regex_safety import find_hazard
from tests.corrections.test_files import GOOD

MINE = 'name = "mine"\nextends = "intergovernmental"\n'
HANG = [
    r"(a+)+$", r"(a|aa|b)*b", r"(.*)*", r"(\w+\s?)*$", r"(a{1,100}){1,100}", r"(a)\1", r"(?:a?b?)*c", r"(x+x+)+y",
    r"(?:(?:a+){1,5}){1,20}", r"(?i:(?:a|Ab?|bA)*)x", r"((a|b)c|bc)*", r"(?=(a+)+$)", r"(?:甲丙?|[一-龥])*乙", r"(?:\d+|\w)*x",
]  # fmt: skip
END = [
    r"(?:甲|乙)+", r"(?:ab|ac)*", r"(?:[^，]+，)*", r"(?:甲+乙)+", r".*.*", r"(?:\d{18})*", r"(?>a+b?|c)*", r"[甲乙]{1,30}",
    r"(?:\w+ )*", r"(?:国家|国际组织|国际机构)*",
]  # fmt: skip


@pytest.mark.parametrize("pattern", HANG)
def test_a_pattern_that_could_hang_is_told_with_file_and_key(pattern: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f"{MINE}introduction.title_end = '{pattern}'", "utf-8")
    with pytest.raises(
        ProfileError, match=r"mine.toml: introduction.title_end: the pattern .* is not taken: .*for ever"
    ):
        load_profile(file)


@pytest.mark.parametrize("pattern", END)
def test_a_pattern_that_ends_is_taken(pattern: str) -> None:
    assert find_hazard(pattern) is None


def patterns() -> Iterator[str]:
    """The patterns that modules of the program hold."""
    for module in pkgutil.walk_packages(extract.__path__, "extract."):
        if not module.name.endswith("__main__"):
            held = vars(import_module(module.name)).values()
            yield from (one.pattern for one in held if isinstance(one, re.Pattern) and isinstance(one.pattern, str))


def test_no_pattern_of_the_program_could_hang() -> None:
    found = {one for one in patterns() if not re.search(r"\\\d|\(\?P=", one)}  # what goes back to a few digits ends
    assert len(found) > 100
    assert [one for one in found if find_hazard(one)] == []


@pytest.mark.parametrize("family", families())
def test_no_shipped_profile_could_hang(family: str, tmp_path: Path) -> None:
    """What a file from outside extends is looked at like the file itself."""
    file = tmp_path / "mine.toml"
    file.write_text(f'name = "mine"\nabout = "mine"\nextends = "{family}"\n', "utf-8")
    assert load_profile(file).name == "mine"


BAD = {
    "too large": ("#" * (1 << 20), "larger than 1,048,576 bytes"),
    "a deep list": ("x = " + "[" * 100_000, "nested too deep"),
    "a deep table": ("x = " + "[" * 30 + "]" * 30, "nested too deep"),
    "a deep key": (".".join("a" * 100_000) + " = 1", "nested too deep: a key of very many parts"),
    "an endless number": ("x = " + "9" * 100_000, "more digits than any number"),
    "a bomb": ("pieces.a = 'xxxxxxxxxx'\n" + "".join(f"pieces.{b} = '{9 * f'«{a}»'}'\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)), "longer than 10,000 characters"),
    "extends no text": ("[extends]\n", "extends: expected `str`"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_a_profile_beyond_all_bounds_is_told(name: str, tmp_path: Path) -> None:
    """Each by the bound that stops it, before any work that grows with what was given."""
    text, reason = BAD[name]
    head = 'name = "mine"\n' if "extends" in text else MINE
    (tmp_path / "mine.toml").write_text(head + text, "utf-8")
    with pytest.raises(ProfileError, match=reason) as error:
        load_profile(tmp_path / "mine.toml")
    assert "\n" not in str(error.value)


def test_a_profile_extends_nothing_outside_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "other.toml").write_text(MINE.replace("mine", "other"), "utf-8")
    (folder / "link.toml").symlink_to(tmp_path / "other.toml")
    for name in ("../other.toml", str(tmp_path / "other.toml"), "link.toml"):
        (folder / "mine.toml").write_text(f'name = "mine"\nextends = "{name}"', "utf-8")
        with pytest.raises(ProfileError, match=f"extends: '{name}' leaves the folder"):
            load_profile(folder / "mine.toml")


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "mine.toml")
    with pytest.raises(ProfileError, match="a pipe and no file"):
        load_profile(tmp_path / "mine.toml")
    with pytest.raises(CorrectionError, match="a pipe and no file"):
        load_corrections(tmp_path / "mine.toml")


CORRECTIONS = {
    "too large": "#" * (1 << 20) + GOOD,
    "an endless number": GOOD.replace("5000000", "9" * 5000),
    "a deep value": GOOD.replace("5000000", "[" * 30 + "]" * 30),
    "many lines before a fault": GOOD.replace("5000000", '"x"') + 'quote = """\n' + "x\n" * 100_000 + '"""',
}


@pytest.mark.parametrize("name", CORRECTIONS)
def test_corrections_beyond_all_bounds_are_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []

    def loads(text: str, loads: Callable[[str], dict[str, object]] = tomllib.loads) -> dict[str, object]:
        parsed.append(len(text))
        return loads(text)

    monkeypatch.setattr(tomllib, "loads", loads)
    file = tmp_path / "guide.corrections.toml"
    file.write_text(CORRECTIONS[name], "utf-8")
    with pytest.raises(CorrectionError) as error:
        load_corrections(file)
    assert str(error.value).startswith(str(file))
    assert len(str(error.value)) < 500
    assert sum(parsed) <= len(CORRECTIONS[name]) + _MAX_PARSED_CHARACTERS
