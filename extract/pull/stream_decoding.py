"""How pdfminer decodes the streams of a file: whole or with a fault that is told, and never beyond a bound.

Left to itself pdfminer makes an empty page of a damaged stream and says nothing, goes through one with a wrong
checksum byte by byte in quadratic time, and unpacks whatever a file asks for.
"""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pdfminer import pdftypes
from pdfminer.ascii85 import ascii85decode, asciihexdecode
from pdfminer.lzw import LZWDecoder
from pdfminer.utils import apply_png_predictor, apply_tiff_predictor

from extract.limits import MIB, Limits, raise_limit_passed
from extract.pull.reading import Fault

_PART, _SHARE = 16, 4  # one stream may fill a sixteenth of the memory that reading may take, all of them a quarter
_PICTURES = (
    *pdftypes.LITERALS_CCITTFAX_DECODE,
    *pdftypes.LITERALS_DCT_DECODE,
    *pdftypes.LITERALS_JBIG2_DECODE,
    *pdftypes.LITERALS_JPX_DECODE,
)
_STEP = 1 << 10  # bytes that are unpacked at once: what is lost where damage begins, at the most


class StreamDecoder:
    """What has been decoded of one file: how many bytes may still be, and the fault of each stream that has one."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.memory * MIB // _SHARE
        self.most = limits.memory * MIB // _PART
        self.faults: dict[int | None, Fault] = {}  # by the number of the stream's object, where it has one
        self.told: set[int | None] = set()  # those that a page was told of

    def decode(self, stream: Any) -> None:
        """Do what PDFStream.decode does. Raises LimitPassed where a stream is larger than it may be."""
        data = stream.rawdata
        if stream.decipher:
            data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
        fault: Fault | None = None
        for name, parameters in stream.get_filters():
            data, odd = self._unpacked(data, name)
            if name in _PICTURES:  # nothing that is read stands in a picture
                break
            data, uneven = _without_predictor(data, pdftypes.resolve1(parameters))
            fault = fault or odd or uneven
        self.left -= len(data)
        if self.left < 0:
            raise_limit_passed("memory", self.limits)
        if fault:
            self.faults[stream.objid] = fault
        stream.data, stream.rawdata = data, None

    def _unpacked(self, data: bytes, name: Any) -> tuple[bytes, Fault | None]:
        """What a filter makes of the data, and what is wrong with it."""
        if name in pdftypes.LITERALS_FLATE_DECODE:
            return self._inflated(data)
        if name in pdftypes.LITERALS_LZW_DECODE:
            return self._lzw(data)
        if name in pdftypes.LITERALS_RUNLENGTH_DECODE:
            return self._runs(data)
        if name in pdftypes.LITERALS_ASCII85_DECODE or name in pdftypes.LITERALS_ASCIIHEX_DECODE:
            plain = ascii85decode if name in pdftypes.LITERALS_ASCII85_DECODE else asciihexdecode
            try:
                return plain(data), None
            except (ValueError, TypeError):
                return b"", Fault("characters-wrong")
        return (data, None) if name in _PICTURES else (b"", Fault("filter-unknown", str(name)))

    def _inflated(self, data: bytes) -> tuple[bytes, Fault | None]:
        """Flate: as far as it goes. Its checksum is compared here, for zlib keeps back all that a wrong one follows."""
        packer, pieces, size = zlib.decompressobj(-zlib.MAX_WBITS), [], 0
        fault: Fault | None = None
        head, rest = data[:2], data[2:]
        if len(head) < 2 or int.from_bytes(head) % 31 or head[0] & 15 != zlib.DEFLATED:
            fault = Fault("head-wrong")
        try:
            for place in range(0, len(rest), _STEP):
                step = rest[place : place + _STEP]
                while step and not packer.eof:
                    pieces.append(packer.decompress(step, self.most + 1))
                    size = self._bounded(size + len(pieces[-1]))
                    step = packer.unconsumed_tail
                if packer.eof:
                    checksum = (packer.unused_data + rest[place + _STEP :][:4])[:4]
                    unpacked = b"".join(pieces)
                    wrong = len(checksum) == 4 and int.from_bytes(checksum) != zlib.adler32(unpacked)
                    return unpacked, fault or (Fault("checksum-wrong") if wrong else None)
        except zlib.error as error:
            return b"".join(pieces), Fault("not-whole-for", str(error).rpartition(": ")[2])
        return b"".join(pieces), Fault("ends-early") if data else None

    def _lzw(self, data: bytes) -> tuple[bytes, Fault | None]:
        pieces, size = [], 0
        try:
            for piece in LZWDecoder(BytesIO(data)).run():
                pieces.append(piece)
                size = self._bounded(size + len(piece))
        except (IndexError, TypeError):
            return b"".join(pieces), Fault("not-whole")
        return b"".join(pieces), None

    def _runs(self, data: bytes) -> tuple[bytes, Fault | None]:
        out, place = bytearray(), 0
        while place < len(data) and data[place] != 128:
            length = data[place]
            if length < 128:
                out += data[place + 1 : place + 2 + length]
                place += 2 + length
            else:
                out += data[place + 1 : place + 2] * (257 - length)
                place += 2
            self._bounded(len(out))
        return bytes(out), None if place <= len(data) else Fault("ends-early")

    def _bounded(self, size: int) -> int:
        if size > min(self.most, self.left):
            raise_limit_passed("memory", self.limits)
        return size


@contextmanager
def bounded_decoding(streams: StreamDecoder) -> Iterator[None]:
    """While this lasts pdfminer decodes streams by ours; PDFStream has no other way to be told how."""
    kind: Any = pdftypes.PDFStream
    usual = kind.decode
    kind.decode = lambda stream: streams.decode(stream)
    try:
        yield
    finally:
        kind.decode = usual


def _without_predictor(data: bytes, parameters: Any) -> tuple[bytes, Fault | None]:
    """The data as it was before each row was written as its difference from the row above."""
    if not isinstance(parameters, dict) or pdftypes.int_value(parameters.get("Predictor", 1)) == 1:
        return data, None
    kind = pdftypes.int_value(parameters["Predictor"])
    colours, columns, bits = (
        pdftypes.int_value(parameters.get(name, usual))
        for name, usual in (("Colors", 1), ("Columns", 1), ("BitsPerComponent", 8))
    )
    if not 0 < colours * columns * bits <= 8 * max(len(data), 1):
        return b"", Fault("row-length-wrong")
    try:
        if kind == 2:
            return apply_tiff_predictor(colours, columns, bits, data), None
        return apply_png_predictor(kind, colours, columns, bits, data), None
    except (ValueError, IndexError, pdftypes.PDFException) as error:
        return b"", Fault("rows-wrong", str(error))
