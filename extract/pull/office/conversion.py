"""Files of old forms, WPS, RTF and OpenDocument files, made into .docx or .xlsx by LibreOffice where it is installed.

LibreOffice runs in a profile folder of its own, without macros and links, and in a process group of its own, which is
ended when its time is over.
"""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from extract.errors import UnreadableGuide
from extract.limits import MIB, Limits

_PROGRAMS = ("soffice", "libreoffice")
_SHARE = 0.8  # of the seconds that a guide may take: the rest is for reading
_MEMORY = 4096  # MiB of address space: LibreOffice maps far more than it uses
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML"}
# No macros, no links to files or addresses outside.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop>
<prop oor:name="Field" oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def has_converter() -> bool:
    """True if LibreOffice is installed."""
    return _program() is not None


def convert(data: bytes, suffix: str, made: str, name: str, limits: Limits) -> bytes:
    """Make a .docx or .xlsx of a file with this suffix.

    Raises UnreadableGuide if LibreOffice cannot, or takes too long.
    """
    program = _program()
    assert program is not None
    with TemporaryDirectory(prefix="guide-extract-") as temporary:
        folder = Path(temporary)
        source, profile = folder / f"guide{suffix}", folder / "profile"
        source.write_bytes(data)
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
        options = ["--headless", "--norestore", "--nologo", "--convert-to", _FILTERS[made], "--outdir"]
        command = [program, f"-env:UserInstallation={profile.as_uri()}", *options, str(folder / "made"), str(source)]
        if not _run(command, folder, limits):
            raise UnreadableGuide(f"{name}: LibreOffice takes too long to convert it; save it as .{made}")
        try:
            return (folder / "made" / f"guide.{made}").read_bytes()
        except OSError:
            raise UnreadableGuide(f"{name}: LibreOffice cannot convert it; save it as .{made}") from None


def _program() -> str | None:
    return next((found for program in _PROGRAMS if (found := shutil.which(program))), None)


def _run(command: list[str], folder: Path, limits: Limits) -> bool:
    """Run a program with limits of its own. Return False if its time is over."""
    if os.name == "posix":
        blocks = limits.size * MIB // 512
        command = ["sh", "-c", f'ulimit -S -v {_MEMORY * 1024}; ulimit -f {blocks}; exec "$@"', "sh", *command]
    # HOME is the folder, so that nothing of the user's own LibreOffice is read.
    kept = {key: value for key, value in os.environ.items() if key in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")}
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**kept, "HOME": str(folder), "TMPDIR": str(folder)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(_SHARE * limits.seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        _end(process)
    return True


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End what a program left running."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
