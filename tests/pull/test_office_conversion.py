"""Old Word files, RTF and OpenDocument files by way of LibreOffice."""

from __future__ import annotations

import shutil
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from extract.errors import UnreadableGuide
from extract.limits import Limits
from extract.pull import office_conversion, pull
from extract.repair import repair

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
    assert [(one.code, one.args) for one in pulled.findings] == [("file-converted", {"suffix": ".rtf"})]


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
    monkeypatch.setattr(office_conversion, "_program", lambda: str(program))
    with pytest.raises(UnreadableGuide, match=want):
        pull(Path("guide.rtf"), data=RTF, limits=Limits(seconds=1))
