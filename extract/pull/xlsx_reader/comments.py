"""The comments of a sheet by their cells: notes, and the threads that newer programs write beside them."""

from extract.pull.office.package import OfficePackage
from extract.pull.xlsx_reader.colours import Colours
from extract.pull.xlsx_reader.spreadsheetml import THREADED, Place, children, path, place_of
from extract.pull.xlsx_reader.strings import plain, rich_text


def read_comments(package: OfficePackage, sheet: str) -> dict[Place, str]:
    """The words of comments on a sheet. A thread stands in a note, too, for programs that know none."""
    comments = {**_notes(package, sheet), **_threads(package, sheet)}
    return {place: words for place, words in sorted(comments.items()) if words}


def _notes(package: OfficePackage, sheet: str) -> dict[Place, str]:
    notes: dict[Place, str] = {}
    for part in package.related_to(sheet, "comments"):
        for comment in children(path(package.tree(part), "commentList"), "comment"):
            place, text = place_of(comment.get("ref")), path(comment, "text")
            if place is not None and text is not None:
                notes[place] = _on_one_line(plain(rich_text(text, Colours())))
    return notes


def _threads(package: OfficePackage, sheet: str) -> dict[Place, str]:
    """The words of each thread, one comment after the other."""
    threads: dict[Place, str] = {}
    for part in package.related_to(sheet, "threadedComment"):
        root = package.tree(part)
        for comment in () if root is None else root.iterchildren(f"{THREADED}threadedComment"):
            place, words = place_of(comment.get("ref")), comment.findtext(f"{THREADED}text")
            if place is not None and words:
                threads[place] = f"{threads.get(place, '')} {_on_one_line(words)}".strip()
    return threads


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
