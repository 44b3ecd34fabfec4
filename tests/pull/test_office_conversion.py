"""Files of old forms, RTF and OpenDocument files by way of LibreOffice."""

from __future__ import annotations

import shutil
import sys
import threading
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from extract.errors import UnreadableGuide
from extract.limits import Limits
from extract.model.stages import Pulled
from extract.pull import pull
from extract.pull.office import conversion
from extract.repair import repair

FILES = Path(__file__).parents[1] / "layout" / "files"
WORDS = ("1.1中国和美国政府间合作项目", "拟支持项目数：6个项目。")
RTF = rb"{\rtf1\ansi\ansicpg936 " + b"".join(
    "".join(rf"\u{ord(char)}?" for char in words).encode() + rb"\par " for words in WORDS
) + rb"{\v hidden}\strike 3\strike0\par}"  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no soffice")
def test_a_file_of_an_old_form_is_read_by_way_of_libreoffice() -> None:
    pulled = pull(Path("guide.rtf"), data=RTF)
    assert [str(line.text) for line in repair(pulled).lines] == list(WORDS)
    assert (pulled.reader, pulled.sha256) == ("docx", sha256(RTF).hexdigest())
    assert [(one.code, one.args) for one in pulled.findings] == [
        ("file-converted", {"suffix": ".rtf", "made": ".docx"})
    ]


OLD_WORKBOOK = FILES / "v13_table.xls"


@pytest.mark.slow
@pytest.mark.skipif(not list(Path("/usr/lib/libreoffice/program").glob("libsclo.so")), reason="there is no Calc")
def test_an_old_workbook_is_read_by_way_of_calc() -> None:
    assert_read_as_workbook(pull(OLD_WORKBOOK))


def test_an_old_workbook_becomes_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    made = FILES / "v13_table.xlsx"
    program.write_text(
        f"#!{sys.executable}\nimport pathlib, shutil, sys\nassert sys.argv[-4].startswith('xlsx:')\n"
        f"pathlib.Path(sys.argv[-2]).mkdir()\nshutil.copy({str(made)!r}, sys.argv[-2] + '/guide.xlsx')\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(conversion, "_program", lambda: str(program))
    assert_read_as_workbook(pull(OLD_WORKBOOK))


def assert_read_as_workbook(pulled: Pulled) -> None:
    words = [str(line.text) for line in repair(pulled).lines]
    assert words == [str(line.text) for line in repair(pull(FILES / "v13_table.xlsx")).lines]
    assert (pulled.reader, pulled.sha256) == ("xlsx", sha256(OLD_WORKBOOK.read_bytes()).hexdigest())
    assert [(one.code, one.args) for one in pulled.findings] == [
        ("file-converted", {"suffix": ".xls", "made": ".xlsx"})
    ]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="there is no soffice")
def test_nothing_that_a_file_names_is_fetched() -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        pull(Path("guide.odt"), data=linked(f"http://127.0.0.1:{server.server_port}/"))
        server.shutdown()
    assert asked == []


def linked(address: str) -> bytes:
    """An OpenDocument file with a picture and a section at an address."""
    namespaces = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in {"office": "office", "text": "text", "draw": "drawing", "svg": "svg-compatible"}.items()
    )
    content = (
        f'<office:document-content {namespaces} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body>'
        f'<office:text><text:p>项目<draw:frame svg:width="3cm" svg:height="3cm"><draw:image xlink:href="{address}picture.png"'
        ' xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p><text:section text:name="s">'
        f'<text:section-source xlink:href="{address}section.odt"/><text:p>指南</text:p></text:section></office:text>'
        "</office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("work", "want"),
    [("pass", "LibreOffice cannot convert it; save it as .docx"), ("import time; time.sleep(60)", "takes too long")],
)
def test_what_libreoffice_cannot_convert_is_refused(
    work: str, want: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!{sys.executable}\n{work}\n")
    program.chmod(0o755)
    monkeypatch.setattr(conversion, "_program", lambda: str(program))
    with pytest.raises(UnreadableGuide, match=want):
        pull(Path("guide.rtf"), data=RTF, limits=Limits(seconds=1))
