"""Pages are turned upright and straightened before they are read; red seals are taken out, red type is not."""

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw

from extract.model.stages import PageTurn
from extract.pull.ocr_reader.line import Pixels
from extract.pull.ocr_reader.seals import without_seals
from extract.pull.ocr_reader.straightening import slant, straighten, turned

WHITE = (255, 255, 255)


def lines_of_type() -> Image.Image:
    """A page with lines of squares, as Chinese type is from afar."""
    page = Image.new("RGB", (827, 1169), WHITE)
    draw = ImageDraw.Draw(page)
    for top in range(100, 1000, 40):
        for left in range(100, 700, 20):
            draw.rectangle((left, top, left + 15, top + 15), fill="black")
    return page


class Finder:
    """Finds the lines of the page above, however it is turned."""

    def __init__(self, *, upside_down: bool) -> None:
        self.turned = 0
        self.upside_down = upside_down

    def find_lines(self, picture: Image.Image) -> list[Pixels]:
        self.turned += 1
        if picture.width > picture.height:
            return [(top, 100, top + 16, 700) for top in range(100, 1000, 40)]
        return [(100, top, 700, top + 16) for top in range(100, 1000, 40)]

    def count_upside_down(self, picture: Image.Image, boxes: Sequence[Pixels]) -> int:
        return len(boxes) if self.upside_down else 0


@pytest.mark.parametrize("degrees", [0.0, 1.0, -2.3, 4.5])
def test_the_slant_of_a_page_is_measured(degrees: float) -> None:
    page = turned(lines_of_type(), PageTurn(0, degrees))
    assert slant(page) == pytest.approx(-degrees, abs=0.1)


def test_the_slant_is_measured_where_paper_lies_in_shadow() -> None:
    page = turned(lines_of_type(), PageTurn(0, 2.0))
    shade = np.linspace(0.4, 1.0, page.width)[None, :, None]
    shadowed = Image.fromarray((np.asarray(page) * shade).astype("uint8"))
    assert slant(shadowed) == pytest.approx(-2.0, abs=0.1)


@pytest.mark.parametrize(
    ("quarters", "upside_down", "turn"),
    [(0, False, 0), (0, True, 2), (1, False, 1), (1, True, 3)],
)
def test_a_page_is_turned_by_its_lines(quarters: int, upside_down: bool, turn: int) -> None:
    page = turned(lines_of_type(), PageTurn(quarters, 0.0))
    upright, found, boxes = straighten(page, Finder(upside_down=upside_down))
    assert found == PageTurn(turn, 0.0)
    assert upright.size == (827, 1169)
    assert boxes[0] == (100, 100, 700, 116)


def test_a_page_without_lines_stays_as_it_is() -> None:
    class Nothing(Finder):
        def find_lines(self, picture: Image.Image) -> list[Pixels]:
            return []

    page = Image.new("RGB", (827, 1169), WHITE)
    assert straighten(page, Nothing(upside_down=False))[1] == PageTurn(0, 0.0)


def sealed(box: tuple[int, int, int, int]) -> Image.Image:
    """A page with a ring in red over black type."""
    page = lines_of_type()
    over = Image.new("RGB", page.size, WHITE)
    ImageDraw.Draw(over).ellipse(box, outline=(220, 30, 40), width=8)
    return Image.fromarray(np.minimum(np.asarray(page), np.asarray(over)))


def test_a_seal_is_taken_out_and_the_type_under_it_stays() -> None:
    cleaned, seals = without_seals(sealed((300, 300, 450, 450)))
    assert seals == 1
    assert (np.abs(np.asarray(cleaned).astype(int) - np.asarray(lines_of_type())) <= 40).all()


def test_red_type_is_text_and_stays() -> None:
    page = lines_of_type()
    draw = ImageDraw.Draw(page)
    for left in range(150, 650, 60):
        draw.rectangle((left, 20, left + 40, 60), fill=(220, 30, 40))  # the head of an official letter
    cleaned, seals = without_seals(page)
    assert seals == 0
    assert cleaned == page
