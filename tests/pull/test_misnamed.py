"""Files whose name says one form and whose content is another: what is certain is read, all else refused in a line."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from extract.errors import NoSections, UnreadableGuide
from extract.pipeline import open_guide

FILES = Path(__file__).parents[1] / "layout" / "files"
PROFILE_ADVICE = "no sections found: no heading that the profile intergovernmental knows "


def picture(form: str) -> bytes:
    made = BytesIO()
    Image.new("L", (20, 20), 255).save(made, form)
    return made.getvalue()


def archive(**parts: str) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        for name, content in parts.items():
            target.writestr(name.replace("_xml", ".xml").replace("Types", "[Content_Types]"), content)
    return made.getvalue()


def word_xml(namespace: str) -> bytes:
    return f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:a xmlns:w="{namespace}"/>'.encode()


CONTENTS = {
    "nothing": b"",
    "spaces": b" \n\t\n",
    "text": (FILES / "x01_base.txt").read_bytes(),
    "other text": b"version https://git-lfs.github.com/spec/v1\n",
    "text in GB18030": (FILES / "x01_base.txt").read_text("utf-8").encode("gb18030"),
    "Markdown": (FILES / "x02_md_headings.txt").read_bytes(),
    "a web page": (FILES / "t01_base.html").read_bytes(),
    "a web archive": (FILES / "t02_site.mhtml").read_bytes(),
    "tags without a head": (FILES / "x01_base.txt").read_text("utf-8").replace("\n", "<br>\n<font>").encode(),
    "an error page": b"<html><body><h1>404 Not Found</h1></body></html>",
    "a PDF": (FILES / "v01_base.pdf").read_bytes(),
    "a Word file": (FILES / "v04_autonum.docx").read_bytes(),
    "half a Word file": (FILES / "v04_autonum.docx").read_bytes()[:3000],
    "an Excel file": archive(Types_xml="spreadsheetml"),
    "an archive": archive(guide="1.1"),
    "Word's XML": word_xml("http://schemas.microsoft.com/office/word/2003/wordml"),
    "Word's later XML": word_xml("http://schemas.microsoft.com/office/2006/xmlPackage"),
    "other XML": b"\xef\xbb\xbf <?xml version='1.0'?><svg/>",
    "GIF": picture("GIF"),
    "WebP": picture("WEBP"),
    "rubbish": bytes(range(256)) * 4,
}
PDF, WORD, EXCEL, PICTURE = "not a PDF", "not a Word file", "not an Excel file", "not a picture"
TEXT_AS = "{}, as its name says, but text; get the file again, or, if this text is the guide, name it .txt"
MARKDOWN_AS = "{}, as its name says, but Markdown; get the file again, or, if this text is the guide, name it .md"
PAGE_AS = "{}, as its name says, but a web page; get the file again if that is wrong; " + PROFILE_ADVICE
NEITHER = "{}, as its name says, nor text; get the file again"
EMPTY = "the file is empty; get it again"
ALL = ".pdf .docx .doc .wps .rtf .odt .xlsx .xls .pptx .zip .png .jpg .ofd .html .md .txt .text"
NAMED = {
    ".pdf": PDF, ".docx": WORD, ".doc": WORD, ".wps": WORD, ".rtf": WORD, ".odt": WORD, ".xlsx": EXCEL, ".xls": EXCEL,
    ".pptx": "not a PowerPoint file", ".zip": "not an archive", ".png": PICTURE, ".jpg": PICTURE, ".ofd": "not an OFD file",
}  # fmt: skip
# Content, suffixes, and the reader of its four sections or the refusal; {} is what the name says that it is not.
ROWS: list[tuple[str, str, str]] = [
    ("nothing", ALL, EMPTY),
    ("spaces", ALL, EMPTY),
    ("text", ".txt .html .text .csv", "text"),
    ("text", ".md", "markdown"),
    ("text", " ".join(NAMED), TEXT_AS),
    ("text", ".DOCX", TEXT_AS),
    ("other text", ".pdf .docx", TEXT_AS),
    ("other text", ".txt .html .md", PROFILE_ADVICE),
    ("text in GB18030", ".txt", "text"),
    ("text in GB18030", ".doc", TEXT_AS),
    ("Markdown", ".md .txt .html .text", "markdown"),
    ("Markdown", " ".join(NAMED), MARKDOWN_AS),
    ("a web page", ALL, "html"),
    ("a web archive", ALL, "html"),
    ("tags without a head", ".html .htm", "html"),
    ("tags without a head", ".docx", TEXT_AS),
    ("an error page", " ".join(NAMED), PAGE_AS),
    ("an error page", ".html .txt .text", PROFILE_ADVICE),
    ("a PDF", ALL, "pdfplumber"),
    ("a Word file", ALL, "docx"),
    ("half a Word file", ALL, "a damaged ZIP archive, perhaps a Word file that was cut off; get the file again"),
    ("an Excel file", ALL, "an Excel file without a workbook; save it as .xlsx"),
    ("an archive", ALL, "an archive (.zip); unpack it and name the guide in it"),
    (
        "Word's XML",
        ".doc .xml .html .md",
        "a Word file as XML; install LibreOffice, which converts it, or save it as .docx",
    ),
    ("Word's later XML", ".doc .xml", "a Word file as XML; save it as .docx"),
    ("other XML", ".docx .xml .md", "an XML file; save it as PDF or .docx"),
    ("GIF", ".gif .png .txt .md", "a picture (.gif); save it as PNG, JPEG or PDF"),
    ("WebP", ".webp .jpg .pdf", "a picture (.webp); save it as PNG, JPEG or PDF"),
    ("rubbish", " ".join(NAMED), NEITHER),
    (
        "rubbish",
        ".txt .html .md",
        "neither a PDF nor text (it holds NUL characters, and is no UTF-16); save it as UTF-8",
    ),
]


@pytest.mark.parametrize(
    ("content", "suffix", "want"),
    [(content, suffix, want) for content, names, want in ROWS for suffix in names.split()],
)
def test_what_a_file_is_counts_more_than_its_name(
    content: str, suffix: str, want: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.pull.office.conversion.has_converter", lambda: False)
    path = Path(f"guide{suffix}")
    if " " not in want:
        guide = open_guide(path, data=CONTENTS[content]).guide
        assert (guide.source.reader, len(guide.sections)) == (want, 4)
        return
    with pytest.raises(UnreadableGuide) as refused:
        open_guide(path, data=CONTENTS[content])
    message = f"{path}: {want.format(NAMED.get(suffix.lower()))}"
    assert str(refused.value).startswith(message)
    assert isinstance(refused.value, NoSections) == (PROFILE_ADVICE in message)
    assert isinstance(refused.value, NoSections) or str(refused.value) == message
