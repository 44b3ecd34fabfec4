"""Load profiles from profiles/*.toml or a user's file. Errors name the file, the key and the reason."""

from functools import lru_cache
from os.path import normpath
from pathlib import Path
from typing import Any

from extract.errors import ProfileError
from extract.profile.schema import Profile
from extract.profile.toml_tables import FOLDER, expand_pieces, merge_tables, parse, table_of
from extract.toml_files import read_limited

ProfileFiles = tuple[tuple[Path, str], ...]  # the file of a profile and those that it extends, with their texts
FAMILY = "intergovernmental"  # the default
_SHARED = ("common", "international", "partners")  # parts of families, not families themselves


@lru_cache(maxsize=8)
def _build(files: ProfileFiles) -> Profile:
    """Build the profile of a file and those that it extends, in this order. Cached, as profiles are keys of caches."""
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
        pieces[name] = expand_pieces(text, pieces, path)  # a piece may use those before it
    trusted = all(file.parent == FOLDER for file, _ in files)  # a test checks the patterns of these
    return table_of(
        expand_pieces(data, pieces, path) | {"pieces": pieces, "file": str(path)}, Profile, path, trusted=trusted
    )


def _without_moved(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Remove from the base the labels that the extending file assigns itself."""
    lists = own.get("labels", {})
    moved = [name for names in lists.values() if isinstance(names, list) for name in names]
    labels = {
        field: [name for name in names if name not in moved] if isinstance(names, list) else names
        for field, names in base.get("labels", {}).items()
    }
    return {**base, "labels": labels}


def families() -> list[str]:
    """List the names of the profiles of the package."""
    return sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem not in _SHARED)


def profile_files(profile: str | Path) -> ProfileFiles:
    """Read the file of a profile (the name of a family, or a path ending in .toml) and those that it extends.

    Raises ProfileError if a file is missing or unreadable, extends itself through others, or extends a file outside its
    folder.
    """
    files: dict[Path, str] = {}
    path: Path | None = _path(str(profile), None)
    while path is not None:
        if path in files:
            raise ProfileError(f"{path}: extends itself, through {', '.join(map(str, files))}")
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
    """The value of `extends` in a profile's file."""
    return parse(text, path).get("extends")


def _extended(name: object, by: Path) -> Path:
    """The path of the profile that a file extends: a family, or a file in its folder. Raises ProfileError."""
    if not isinstance(name, str):
        raise ProfileError(f"{by}: extends: expected `str`, got {name!r}")
    path = _path(name, by)
    if name.endswith(".toml") and not path.resolve().is_relative_to(by.parent.resolve()):
        raise ProfileError(f"{by}: extends: {name!r} leaves the folder of the file; copy that profile beside it")
    return path


def _path(name: str, beside: Path | None) -> Path:
    """The path of a profile: of a family by name, or of a .toml file, relative to the file `beside`."""
    if name.endswith(".toml"):
        return Path(normpath(name if beside is None else beside.parent / name))
    path = FOLDER / f"{name}.toml"
    if name not in families() and not (beside and name in _SHARED[:2]):
        where = "" if beside is None else f"{beside}: extends: "
        known = ", ".join(families())
        raise ProfileError(f"{where}no profile {name!r}; there are: {known}; a file of your own ends in .toml")
    return path


def load_profile(profile: str | Path | ProfileFiles = FAMILY) -> Profile:
    """Load a profile by the name of a family, the path of a TOML file, or files that were read before.

    Raises ProfileError with file, key and reason if it is invalid.
    """
    return _build(profile if isinstance(profile, tuple) else profile_files(profile))
