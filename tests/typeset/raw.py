"""PDFs written object by object, for what no library would write: odd fonts, odd page trees, damaged streams."""

from __future__ import annotations

from collections.abc import Sequence

FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def pdf(pages: Sequence[bytes], *, font: bytes = FONT, more: Sequence[bytes] = (), extra: bytes = b"") -> bytes:
    """A PDF with one page for each content stream, all with the font F1.

    The font is object 3, `more` are the objects from 4 on; `extra` goes into every page's dictionary.
    """
    first = 4 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        font,
        *more,
    ]
    box = b"" if b"/MediaBox" in extra else b"/MediaBox [0 0 595 842]"
    for number, content in enumerate(pages):
        resources = b"<< /Font << /F1 3 0 R >> >>"
        contents = first + 2 * number + 1
        objects.append(
            b"<< /Type /Page /Parent 2 0 R %s %s /Resources %s /Contents %d 0 R >>" % (box, extra, resources, contents)
        )
        objects.append(stream(content))
    return assembled(objects)


def stream(content: bytes, head: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(content), content)


def assembled(objects: Sequence[bytes]) -> bytes:
    """Objects, numbered from 1, as a file with its table of cross-references."""
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return out + head + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))


def line(text: str, x: float, y: float, size: float = 16) -> bytes:
    """A line of Latin text in the font F1."""
    return b"BT /F1 %g Tf %g %g Td (%s) Tj ET\n" % (size, x, y, text.encode("latin-1"))


def coded_font(*, own_table: bool = False, width: int = 1000) -> tuple[bytes, list[bytes]]:
    """A font whose codes are Unicode, not embedded, with the objects 4 to 7 that it needs.

    own_table: a stream in the file says what the codes mean, not one of the names that every reader knows. pdfminer
    reads nothing of such text, and says nothing. `width` is that of every glyph, in thousandths of the size.
    """
    codes = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType %d def\n"
        b"1 begincodespacerange <0000> <ffff> endcodespacerange\n%s\nendcmap end end"
    )
    head = b"/Type /CMap /CMapName /Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    to_cid = stream(codes % (1, b"1 begincidrange <0000> <ffff> 0 endcidrange"), head)
    ranges = [b"<%02x00> <%02xff> <%02x00>" % (high, high, high) for high in range(256)]
    blocks = [b"64 beginbfrange %s endbfrange" % b" ".join(ranges[at : at + 64]) for at in range(0, 256, 64)]
    to_unicode = stream(codes % (2, b"\n".join(blocks)))
    system = b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 0 >>"
    descendant = b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Song %s /FontDescriptor 7 0 R /DW %d >>" % (
        system,
        width,
    )
    descriptor = (
        b"<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /Ascent 880 "
        b"/Descent -120 /CapHeight 700 /StemV 80 >>"
    )
    encoding = b"5 0 R" if own_table else b"/Identity-H"
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding %s /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>"
        % encoding
    )
    return font, [descendant, to_cid, to_unicode, descriptor]


def coded(text: str, x: float, y: float, size: float = 16) -> bytes:
    """A line in a font whose codes are Unicode."""
    return b"BT /F1 %g Tf %g %g Td <%s> Tj ET\n" % (size, x, y, text.encode("utf-16-be").hex().encode())


def rebuilt(data: bytes) -> bytes:
    """A file of this module whose objects were edited, with a true table of cross-references."""
    bodies = (data.split(b"\nxref\n")[0] + b"\n").split(b" 0 obj\n")[1:]
    return assembled([body.rpartition(b"\nendobj\n")[0] for body in bodies])
