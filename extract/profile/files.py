"""profiles/*.toml, or a file from outside → Profile. Strict: what is wrong stops with file, key and reason."""

from functools import lru_cache
from os.path import normpath
from pathlib import Path
from typing import Any

from extract.errors import ProfileError
from extract.profile.schema import Profile
from extract.profile.toml_tables import FOLDER, expand_pieces, merge_tables, parse, table_of
from extract.toml_files import read_limited

ProfileFiles = tuple[tuple[Path, str], ...]  # a profile's file and those that it extends, with their texts
FAMILY = "intergovernmental"  # the family of guides that is taken where none is named
_SHARED = ("common", "partners")  # what families are made of; no families themselves


@lru_cache(maxsize=8)
def _made(files: ProfileFiles) -> Profile:
    """The profile of files that extend one another, the profile's own first. Made once: it keys other caches."""
    data: dict[str, Any] = {"names": parse((FOLDER / "partners.toml").read_text("utf-8"), FOLDER / "partners.toml")}
    for path, text in reversed(files):
        own = parse(text, path)
        if "name" not in own:
            raise ProfileError(f"{path}: no name; begin with name = {path.stem!r}")
        if own["name"] == data.get("name"):
            raise ProfileError(f"{path}: name: {own['name']!r} is the name of what it extends; give it one of its own")
        data = merge_tables(_without_moved(data, own), own)
    path = files[0][0]
    pieces: dict[str, str] = {}
    for name, text in data.get("pieces", {}).items():
        pieces[name] = expand_pieces(text, pieces, path)  # a piece may be made of those before it
    ours = all(file.parent == FOLDER for file, _ in files)  # a test sees that none of these could hang
    return table_of(expand_pieces(data, pieces, path) | {"pieces": pieces}, Profile, path, trusted=ours)


def _without_moved(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """The base without the labels that the file on top of it gives to a field of its choice."""
    lists = own.get("labels", {})
    chosen = [name for names in lists.values() if isinstance(names, list) for name in names]
    labels = {
        field: [name for name in names if name not in chosen] if isinstance(names, list) else names
        for field, names in base.get("labels", {}).items()
    }
    return {**base, "labels": labels}


def families() -> list[str]:
    """The profiles that are shipped, by name."""
    return sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem not in _SHARED)


def profile_files(profile: str | Path) -> ProfileFiles:
    """A profile's file and those that it extends, with their texts; `profile` is a shipped name, or a path to TOML.

    Raises ProfileError where there is no such file, it cannot be read, files extend one another in a circle, or
    one that is not in their folder.
    """
    files: dict[Path, str] = {}
    path: Path | None = _path(str(profile), None)
    while path is not None:
        if path in files:
            raise ProfileError(f"{path}: extends itself, through {', '.join(str(one) for one in files)}")
        try:
            files[path] = read_limited(path).decode("utf-8-sig").replace("\r\n", "\n")
        except OSError as error:
            asks = f", which {list(files)[-1]} extends" if files else ""
            raise ProfileError(f"{path}{asks}: {error.strerror or error}; check the path of the profile") from None
        except UnicodeDecodeError as error:
            raise ProfileError(f"{path}: not UTF-8 (byte {error.start}); save the profile as UTF-8") from None
        base = _base(files[path], path)
        path = None if base is None else _extended(base, path)
    return tuple(files.items())


@lru_cache(maxsize=16)
def _base(text: str, path: Path) -> object:
    """What a profile's file says that it extends."""
    return parse(text, path).get("extends")


def _extended(name: object, by: Path) -> Path:
    """Where the profile is that a file extends: a family, or in the file's folder. Else raises ProfileError."""
    if not isinstance(name, str):
        raise ProfileError(f"{by}: extends: expected `str`, got {name!r}")
    path = _path(name, by)
    if name.endswith(".toml") and not path.resolve().is_relative_to(by.parent.resolve()):
        raise ProfileError(f"{by}: extends: {name!r} leaves the folder of the file; copy that profile beside it")
    return path


def _path(name: str, beside: Path | None) -> Path:
    """Where a profile is: a name among those shipped, or a file ending in .toml, by its path from the one beside it."""
    if name.endswith(".toml"):
        return Path(normpath(name if beside is None else beside.parent / name))
    path = FOLDER / f"{name}.toml"
    if name not in families() and not (beside and name == "common"):
        where = "" if beside is None else f"{beside}: extends: "
        known = ", ".join(families())
        raise ProfileError(f"{where}no profile {name!r}; there are: {known}; a file of your own ends in .toml")
    return path


def load_profile(profile: str | Path | ProfileFiles = FAMILY) -> Profile:
    """A profile by the name of one that is shipped, by the path of a TOML file, or of files that were read.

    Raises ProfileError with file, key and reason where it is wrong.
    """
    return _made(profile if isinstance(profile, tuple) else profile_files(profile))
