"""One row, one test: what the notice above a guide says of itself, from tests/cases/notice.toml."""

from pathlib import Path
from typing import Any

import pytest

from extract.model.record import Notice, QuotedWords
from extract.model.text import MAYBE
from extract.normalise.introduction.notice import parse_notice
from extract.pipeline import extract_guide
from extract.profile.files import load_profile
from tests.support.case_tables import SECTIONS, rows, text

GUIDE = [
    "“海岛生态”重点专项2022年度项目申报指南",
    "2022年，本专项拟支持12个项目，每个项目实施周期为3年。",
    *SECTIONS,
]


def words(one: QuotedWords | None) -> str | None:
    return one.text if one else None


def told(notice: Notice | None) -> dict[str, Any]:
    """The values of a notice that are stated, as a row writes them."""
    if notice is None:
        return {}
    period = notice.period
    got = {
        "title": words(notice.title),
        "issuer": [one.text for one in notice.issuer],
        "number": words(notice.number),
        "date": notice.date and notice.date.date,
        "period": period and [period.start or "", period.end or ""],
        "contacts": [one.text for one in notice.contacts],
    }
    return {key: value for key, value in got.items() if value}


@pytest.mark.parametrize(
    ("printed", "contacts"),
    [
        ("现予公布。|六、联系方式\n某某，55550171|（此件公开）", ["某某，55550171"]),
        (
            "科技部2022年4月8日|（联系人：某某，电话：010-|55550171）|（此件公开）",
            ["（联系人：某某，电话：010-55550171）"],
        ),
        ("（联系人：某某，电话：010-55550171）|目 录|1.1中美合作项目", ["（联系人：某某，电话：010-55550171）"]),
        ("2. 联系人：某某，010-55550171|3. 特此通知|附件：指南", ["2.联系人：某某，010-55550171"]),
    ],
)
def test_lines_that_may_start_paragraphs(printed: str, contacts: list[str]) -> None:
    """Where the layout leaves it open, a passage starts by the mark of a list, and where a line is in brackets."""
    notice = parse_notice(text(f"关于发布指南的通知\n{printed}".replace("|", MAYBE)), load_profile(), [])
    assert told(notice).get("contacts", []) == contacts


@pytest.mark.parametrize("row", [pytest.param(row, id=row["why"][:40]) for row in rows("notice")])
def test_notice(row: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "guide.txt"
    file.write_text("\n".join([*row["given"], *GUIDE]), "utf-8")
    record = extract_guide(file)
    assert told(record.guide.document) == row["want"], row["why"]
    unread = [finding.message for finding in record.findings if finding.code == "notice-unread"]
    assert len(unread) == row.get("findings", 0), row["why"]
    assert [check.message for check in record.checks if check.outcome == "contradicted"] == []
    assert record.account.unclaimed == 0
    assert [section.number for section in record.sections] == ["1.1", "1.2"]
