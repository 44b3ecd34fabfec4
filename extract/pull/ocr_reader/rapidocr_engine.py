"""RapidOCR, the engine whose words are read: its models find lines and read them."""

import os
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import UnreadableGuide
from extract.pull.ocr_reader.line import OcrLine, Pixels
from extract.pull.ocr_reader.marks import as_printed

if TYPE_CHECKING:
    from PIL.Image import Image

NAME = "RapidOCR"
_THREADS = 2
_FINDING_SIDE = 1200  # pixels of the picture in which lines are found: half the picture, a quarter of the time
_MARGIN = 0.12  # of a line's height, that is read around it: boxes cut off what hangs out


def is_installed() -> bool:
    """True if the packages of the extra are there; nothing is loaded."""
    return all(find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


class RapidOcr:
    """The engine, loaded. It reads from the files of its package alone: nothing is fetched, and nothing told."""

    def __init__(self) -> None:
        self._engine = _engine()

    def find_lines(self, picture: "Image") -> list[Pixels]:
        """The boxes of lines, from the top."""
        small = picture.copy()
        small.thumbnail((_FINDING_SIDE, _FINDING_SIDE))
        scale = picture.width / small.width
        found = self._engine(_bgr(small), use_det=True, use_cls=False, use_rec=False)
        boxes = [] if found.boxes is None else found.boxes
        return [
            (
                max(0, int(min(x for x, _ in corners) * scale)),
                max(0, int(min(y for _, y in corners) * scale)),
                min(picture.width, int(max(x for x, _ in corners) * scale) + 1),
                min(picture.height, int(max(y for _, y in corners) * scale) + 1),
            )
            for corners in boxes
        ]

    def count_upside_down(self, picture: "Image", boxes: Sequence[Pixels]) -> int:
        """How many of the lines stand upside down."""
        crops = [_bgr(picture.crop(box)) for box in boxes]
        results = [self._engine(crop, use_det=False, use_cls=True, use_rec=False) for crop in crops]
        return sum(result.cls_res[0][0] == "180" for result in results)

    def read_lines(self, picture: "Image", boxes: Sequence[Pixels]) -> list[OcrLine]:
        """Read lines; those in which nothing is read are left out."""
        lines = []
        for box in boxes:
            left, top, right, bottom = _with_margin(box, picture)
            crop = _bgr(picture.crop((left, top, right, bottom)))
            read = self._engine(crop, use_det=False, use_cls=False, use_rec=True, return_word_box=True)
            words = as_printed(read.txts[0].strip())
            if words:
                centres = _centres(words, read.word_results[0], left, right)
                lines.append(OcrLine(box, words, float(read.scores[0]), centres))
        return lines


def _centres(words: str, columns: Any, left: int, right: int) -> tuple[float, ...]:
    """The middles of characters; the engine tells the column of each that is no space."""
    width = (right - left) / columns.line_txt_len
    middles = [left + (column + 0.5) * width for group in columns.word_cols for column in group]
    if len(middles) != sum(not char.isspace() for char in words):
        return ()
    before = [sum(not char.isspace() for char in words[:place]) for place in range(len(words))]
    return tuple(
        (middles[number - 1] + middles[number]) / 2 if char.isspace() else middles[number]
        for char, number in zip(words, before, strict=True)
    )


def _with_margin(box: Pixels, picture: "Image") -> Pixels:
    left, top, right, bottom = box
    margin = round(_MARGIN * (bottom - top))
    return (
        max(0, left - margin),
        max(0, top - margin),
        min(picture.width, right + margin),
        min(picture.height, bottom + margin),
    )


def _bgr(picture: "Image") -> Any:
    import numpy as np

    return np.ascontiguousarray(np.asarray(picture)[:, :, ::-1])


@cache
def _engine() -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime sends reports unless this is set before it is loaded
    from rapidocr import RapidOCR

    params = {
        "Global.log_level": "critical",
        "Global.text_score": 0.0,  # what is read with little certainty is told, not dropped
        "Global.max_side_len": 1 << 16,  # pictures are made smaller here
        "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    # A model without a path would be looked up by its name, and fetched where it is missing.
    return RapidOCR(params=params | {f"{part}.model_path": _model(part.lower()) for part in ("Det", "Cls", "Rec")})


def _model(part: str) -> str:
    """The path of a model in the package of RapidOCR."""
    spec = find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else Path()
    paths = sorted(folder.glob(f"*_{part}_*.onnx"))
    if not paths:
        raise UnreadableGuide(f"the package rapidocr lacks its model {part}; install it again: pip install rapidocr")
    return str(paths[-1])
