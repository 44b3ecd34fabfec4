"""The scanner of page commands: what is damage, and what is only sloppy."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.processes.worker import run_isolated
from extract.pull.damage.page_commands import scan
from extract.pull.reading import Fault

OPEN = Fault("commands-open")
COUNT = Fault("operands-wrong")
KIND = Fault("operands-kind")
UNSAVED = Fault("state-unsaved")


def unknown(name: str) -> Fault:
    return Fault("command-unknown", repr(name))


ROWS: list[tuple[bytes, tuple[Fault, ...]]] = [
    (b"", ()),
    (b"% a comment alone", ()),
    # text
    (b"BT /F1 12 Tf 1 0 0 1 72 700 Tm (Hello) Tj ET", ()),
    (b"BT/F1 12 Tf(Hello)Tj T*<4e2d>Tj 1 2(x)\"(y)' ET", ()),
    (b"[(a) -12.5 <4e 2d> 3]TJ", ()),
    (b"(a\\)b\\\\(c(d))e) Tj", ()),
    (b"(%d)" % 7 + b" Tj % (comment\n(8) Tj", ()),
    (b"%s Tj" % (b"(" * 16 + b")" * 16), ()),
    (b"(a) Tx", (unknown("Tx"),)),
    (b"(a) Tj\xd4", (unknown("TjÔ"),)),
    (b"(a) Tj\x001 w", (unknown("Tj\x001"), COUNT)),
    (b"(a) Tj \0\0 1 w\n\0", ()),
    (b"Tj", (COUNT,)),
    (b"(a) (b) Tj", (COUNT,)),
    (b"12 Tj", (KIND,)),
    (b"(a) TJ", (KIND,)),
    (b"<4e2g> Tj", (KIND,)),
    (b"[(a) /b] TJ", (KIND,)),
    (b"BT (a) Tj", (OPEN,)),
    (b"(a) Tj ET", (OPEN,)),
    (b"(a Tj 1 2 xx", (OPEN,)),
    (b"[(a) Tj", (OPEN,)),
    (b"[(a)} TJ", (unknown("}"), COUNT)),
    (b"(a) Tj)", (unknown(")"),)),
    (b"<4e2d Tj", (unknown("<"), unknown("4e2d"), COUNT)),
    (b"/F1 12", (OPEN,)),
    # numbers
    (b"-.5 w +3 w 4. w --5 w 007 w", ()),
    (b"1 0 0 1 7s.64 716.73 Tm", (unknown("7s.64"), COUNT)),
    (b"1 0 0 1 73/64 716.73 Tm", (COUNT,)),
    (b"1 0 0 1 73 /64 Tm", (KIND,)),
    (b"1.2.3 w", (unknown("1.2.3"), COUNT)),
    (b"1e5 w", (unknown("1e5"), COUNT)),
    (b"/F1 120Tf", (unknown("120Tf"),)),
    (b"true w", (KIND,)),
    (b"1 2 3 4 5 cm", (COUNT,)),
    (b"1 2 3 4 5 6 7 cm", (COUNT,)),
    # what has operands of any kind
    (b"/Cs1 cs 1 .5 0 .2 .1 scn /P1 scn .5 /P2 SCN 1 sc 1 1 SC", ()),
    (b"/Span << /MCID 0 /ActualText (x) /A [<< /B << /C [1] >> >>] >> BDC EMC /Artifact BMC EMC /T MP /T /P DP", ()),
    (b"[] 0 d [3 2] 1 d", ()),
    (b"[(a)] 0 d", (KIND,)),
    (b"/Span << /MCID 0 BDC", (OPEN,)),
    # states
    (b"q q 1 0 0 1 0 0 cm Q Q", ()),
    (b"q BT ET", ()),
    (b"BT ET Q", ()),
    (b"Q BT ET", (UNSAVED,)),
    (b"q Q Q q BT ET Q", (UNSAVED,)),
    # pictures
    (b"q BI /W 1 /H 1 /D [0 1] ID \x00( EI\nQ", ()),
    (b"BI /W 1 ID \x00 EI \xff\xfe) EI Q", ()),
    (b"BI/F/A85 ID abc~>EI", ()),
    (b"BI ID \x01 EI BI ID \x02 EI (a) Tj", ()),
    (b"BI /W 1 ID \x00\x01\x02", (OPEN,)),
    (b"1 BI /W 1 ID \x00 EI", (COUNT,)),
    (b"ID", (unknown("ID"),)),
    # what only some readers know
    (b"BX (a) shy EX", ()),
    (b"BX BX EX (a) shy EX (a) shy", (unknown("shy"),)),
]  # fmt: skip


@pytest.mark.parametrize(("data", "faults"), ROWS, ids=repr)
def test_what_is_wrong_with_commands(data: bytes, faults: tuple[Fault, ...]) -> None:
    assert scan(data).faults == faults


# PDF 32000-1, Annex A, operator by operator.
EVERY = b"""
0 0 0 0 0 0 c 0 0 0 0 0 0 cm 0 0 0 0 0 0 d1 0 0 0 0 0 0 Tm
0 0 0 0 k 0 0 0 0 K 0 0 0 0 re 0 0 0 0 v 0 0 0 0 y
0 0 0 rg 0 0 0 RG
0 0 d0 0 0 l 0 0 m 0 0 Td 0 0 TD
0 g 0 G 0 i 0 j 0 J 0 M 0 Tc 0 TL 0 Tr 0 Ts 0 Tw 0 Tz 0 w
b B b* B* BT BX EMC ET EX f F f* h n q Q s S T* W W*
/N cs /N CS /N Do /N gs /N ri /N sh /N 0 Tf [0] 0 d
(s) Tj [(s)] TJ (s) ' 0 0 (s) "
/N BMC /N <<>> BDC /N MP /N <<>> DP 0 sc 0 SC 0 scn 0 SCN
BI ID x EI
"""


def test_every_operator_of_pdf_is_known() -> None:
    assert scan(EVERY).faults == ()


OPERATORS = sorted(
    {word for word in EVERY.split() if word[:1].isalpha() or word in (b"'", b'"')} - {b"BI", b"ID", b"x"}
)
LAX = {b"BMC", b"BDC", b"MP", b"DP", b"sc", b"SC", b"scn", b"SCN"}


@pytest.mark.parametrize("operator", OPERATORS, ids=repr)
def test_an_operand_too_many_is_told_of_every_operator(operator: bytes) -> None:
    assert (COUNT in scan(b"0 " * 7 + operator).faults) is (operator not in LAX)


def test_the_names_that_commands_use() -> None:
    found = scan(b"/F1 9 Tf /F#32 9 Tf /\xe5\xae\x8b 9 Tf /X Do /Y gs /Z cs (/A 9 Tf) Tj % /B Do")
    assert sorted(found.fonts) == ["F1", "F2", "宋"]
    assert sorted(found.drawn) == ["X"]


def test_a_stream_of_nothing_but_faults_gives_a_bounded_number() -> None:
    assert len(scan(b" ".join(b"x%d" % n for n in range(10_000))).faults) == 100


PIECES = [
    b"BT ", b"ET ", b"q ", b"Q\n", b"BI ", b"ID ", b" EI ", b"BX ", b"EX ", b"(", b")", b"\\", b"<", b">", b"<<", b">>",
    b"[", b"]", b"{", b"/", b"%", b"\n", b"#", b"1 ", b"-", b".", b"true ", b"Tj ", b"/F1 9 Tf ", b"(a)", b"\0", b"\xff",
]  # fmt: skip


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.binary() | st.lists(st.sampled_from(PIECES)).map(b"".join))
def test_any_bytes_are_scanned(data: bytes) -> None:
    assert scan(data) == scan(data + b"\n")


@pytest.mark.parametrize("piece", PIECES, ids=repr)
def test_no_piece_takes_more_than_linear_work(piece: bytes) -> None:
    """Quadratic work on so many would take hours, and the process in which they are scanned is ended before."""
    for data in (piece * 100_000, (piece + b"1 ") * 50_000):
        assert len(run_isolated(scan, data, guide="a.pdf").faults) <= 100
