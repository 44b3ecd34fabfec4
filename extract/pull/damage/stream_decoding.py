"""Decode streams for pdfminer with a memory limit, reporting each stream that does not decode fully.

By itself pdfminer turns a damaged stream into an empty page without an error, decodes a stream with a wrong checksum
byte by byte in quadratic time, and inflates without any limit.
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

_MAX_STREAM_SHARE, _MAX_FILE_SHARE = 16, 4  # divisors of the memory limit: 1/16 for a stream, 1/4 for a file
_IMAGE_FILTERS = (
    *pdftypes.LITERALS_CCITTFAX_DECODE,
    *pdftypes.LITERALS_DCT_DECODE,
    *pdftypes.LITERALS_JBIG2_DECODE,
    *pdftypes.LITERALS_JPX_DECODE,
)
_INFLATE_STEP = 1 << 10  # compressed bytes inflated at once: at most these are lost where damage begins


class StreamDecoder:
    """The decoding state of one file: the bytes still allowed, and the fault of each damaged stream."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.memory * MIB // _MAX_FILE_SHARE
        self.max_stream_size = limits.memory * MIB // _MAX_STREAM_SHARE
        self.faults: dict[int | None, Fault] = {}  # by the number of the stream's object, where it has one
        self.reported: set[int | None] = set()  # streams whose fault a page has reported

    def decode(self, stream: Any) -> None:
        """Replace PDFStream.decode. Raises LimitPassed if a stream is too large."""
        data = stream.rawdata
        if stream.decipher:
            data = stream.decipher(stream.objid, stream.genno, data, stream.attrs)
        fault: Fault | None = None
        for name, parameters in stream.get_filters():
            data, filter_fault = self._apply_filter(data, name)
            if name in _IMAGE_FILTERS:  # images hold no text
                break
            data, predictor_fault = _without_predictor(data, pdftypes.resolve1(parameters))
            fault = fault or filter_fault or predictor_fault
        self.left -= len(data)
        if self.left < 0:
            raise_limit_passed("memory", self.limits)
        if fault:
            self.faults[stream.objid] = fault
        stream.data, stream.rawdata = data, None

    def _apply_filter(self, data: bytes, name: Any) -> tuple[bytes, Fault | None]:
        """Apply a filter; return the data and the fault, if any."""
        if name in pdftypes.LITERALS_FLATE_DECODE:
            return self._inflate(data)
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
        return (data, None) if name in _IMAGE_FILTERS else (b"", Fault("filter-unknown", str(name)))

    def _inflate(self, data: bytes) -> tuple[bytes, Fault | None]:
        """Inflate as far as possible. The checksum is compared here, as zlib withholds all data before a wrong one."""
        packer, pieces, size = zlib.decompressobj(-zlib.MAX_WBITS), [], 0
        fault: Fault | None = None
        head, rest = data[:2], data[2:]
        if len(head) < 2 or int.from_bytes(head) % 31 or head[0] & 15 != zlib.DEFLATED:
            fault = Fault("head-wrong")
        try:
            for offset in range(0, len(rest), _INFLATE_STEP):
                step = rest[offset : offset + _INFLATE_STEP]
                while step and not packer.eof:
                    pieces.append(packer.decompress(step, self.max_stream_size + 1))
                    size = self._bounded(size + len(pieces[-1]))
                    step = packer.unconsumed_tail
                if packer.eof:
                    checksum = (packer.unused_data + rest[offset + _INFLATE_STEP :][:4])[:4]
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
        out, offset = bytearray(), 0
        while offset < len(data) and data[offset] != 128:
            length = data[offset]
            if length < 128:
                out += data[offset + 1 : offset + 2 + length]
                offset += 2 + length
            else:
                out += data[offset + 1 : offset + 2] * (257 - length)
                offset += 2
            self._bounded(len(out))
        return bytes(out), None if offset <= len(data) else Fault("ends-early")

    def _bounded(self, size: int) -> int:
        if size > min(self.max_stream_size, self.left):
            raise_limit_passed("memory", self.limits)
        return size


@contextmanager
def bounded_decoding(streams: StreamDecoder) -> Iterator[None]:
    """Patch PDFStream.decode for the duration of the context; pdfminer offers no hook for it."""
    kind: Any = pdftypes.PDFStream
    default = kind.decode
    kind.decode = lambda stream: streams.decode(stream)
    try:
        yield
    finally:
        kind.decode = default


def _without_predictor(data: bytes, parameters: Any) -> tuple[bytes, Fault | None]:
    """Undo the PNG or TIFF predictor, which stores each row as its difference from the row above."""
    if not isinstance(parameters, dict) or pdftypes.int_value(parameters.get("Predictor", 1)) == 1:
        return data, None
    kind = pdftypes.int_value(parameters["Predictor"])
    colours, columns, bits = (
        pdftypes.int_value(parameters.get(name, default))
        for name, default in (("Colors", 1), ("Columns", 1), ("BitsPerComponent", 8))
    )
    if not 0 < colours * columns * bits <= 8 * max(len(data), 1):
        return b"", Fault("row-length-wrong")
    try:
        if kind == 2:
            return apply_tiff_predictor(colours, columns, bits, data), None
        return apply_png_predictor(kind, colours, columns, bits, data), None
    except (ValueError, IndexError, pdftypes.PDFException) as error:
        return b"", Fault("rows-wrong", str(error))
