"""What a reader of a page can see: colours that differ too little, and type that is too small."""

from typing import Literal

Colour = tuple[int, ...]  # red, green, blue, of 255
Sight = Literal["seen", "doubtful", "hidden"]  # from best to worst

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
MIN_DIFFERENCE = 16  # of 255: a smaller difference counts as none
FAINT_DIFFERENCE = 32  # of 255: a smaller one may pass unseen; light grey type that people use has more
BLUE_SHARE = 4  # a difference in blue counts for a quarter of one in red or green: pale yellow on white
MIN_TYPE = 2.0  # points: smaller type is a row of dots
FAINT_TYPE = 3.0  # points: smaller type may pass unseen
_ORDER: tuple[Sight, ...] = ("seen", "doubtful", "hidden")


def sight_of_colour(colour: Colour | None, ground: Colour | None) -> Sight:
    """How type of a colour is seen on a ground; None where it is not known: then pale type is doubtful.

    >>> [sight_of_colour(colour, WHITE) for colour in ((255, 255, 240), (235, 235, 235), (192, 192, 192))]
    ['hidden', 'doubtful', 'seen']
    >>> sight_of_colour(WHITE, (68, 114, 196)), sight_of_colour(WHITE, None), sight_of_colour(None, None)
    ('seen', 'doubtful', 'seen')
    """
    if colour is None:
        return "seen"
    difference = _difference(colour, WHITE if ground is None else ground)
    if ground is not None and difference < MIN_DIFFERENCE:
        return "hidden"
    return "doubtful" if difference < FAINT_DIFFERENCE else "seen"


def sight_of_size(points: float) -> Sight:
    """How type of a size is seen.

    >>> [sight_of_size(points) for points in (0.75, 2, 5)]
    ['hidden', 'doubtful', 'seen']
    """
    if points < MIN_TYPE:
        return "hidden"
    return "doubtful" if points < FAINT_TYPE else "seen"


def worst(*sights: Sight) -> Sight:
    """The worst of several."""
    return max(sights, key=_ORDER.index)


def parse_colour(words: str) -> Colour | None:
    """The colour that words of a page or a drawing name; None for others.

    >>> parse_colour("#4472C4"), parse_colour("white"), parse_colour("rgb(255, 0, 0)"), parse_colour("#auto")
    ((68, 114, 196), (255, 255, 255), (255, 0, 0), None)
    """
    from PIL import ImageColor

    try:
        return ImageColor.getrgb(words.strip())[:3]
    except ValueError:
        return None


def _difference(one: Colour, other: Colour) -> int:
    red, green, blue = (abs(a - b) for a, b in zip(one[:3], other[:3], strict=True))
    return max(red, green, blue // BLUE_SHARE)
