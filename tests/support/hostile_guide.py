"""A guide whose words would do harm on a page that took them for anything but words, with something of every kind."""

from __future__ import annotations

import json
from pathlib import Path

from msgspec.structs import replace

from extract.model.record import Correction
from extract.model.stages import GuideForReview
from extract.model.values import Count
from extract.pipeline import open_guide

HARM = (
    '<script>document.title="gone"</script>',
    "</script><img src=x onerror=\"document.title='gone'\">",
    '"><b onmouseover=alert(1)>',
    "' onfocus='alert(1)",
    "<!--",
    "{{ 7 * 7 }}",
    "https://example.org/a.js",
    "url(https://example.org/b.png)",
    "\u202e倒\u202c",
    "\u001b[31m",
    "&lt;i&gt;",
    "\\",
)
GUIDE = f"""“政府间国际科技创新合作”重点专项2024年度项目申报指南
根据《{HARM[1]}》，拟支持项目约20项{HARM[8]}，执行期2-3年。
1.1中美{HARM[0]}合作项目
合作协议：《中美{HARM[0]}协定》、《{HARM[1]}议定书》。
领域方向：一、农业{HARM[2]}
1、育种{HARM[3]}；2、{HARM[4]}
二、能源{HARM[5]}
拟支持项目数：若干个{HARM[0]}。
拟支持经费：18000万元人民币。
其他要求：1）请登录{HARM[6]}填报{HARM[9]}。2）{HARM[7]}{HARM[10]}{HARM[11]}。
1.2中国与{HARM[1]}合作项目
合作协议：无
领域方向：{HARM[11]}材料
拟支持项目数：6个
{HARM[1]}：乙
1.3中德合作项目
合作协议：《中德科技合作协定》。
领域方向：智能制造、电动汽车。
拟支持项目数：6个
拟支持经费：1000万元
"""


def hostile() -> GuideForReview:
    """The guide as plain text, read; title and number of projects of its first section are corrected with harm, too."""
    opened = open_guide(Path("hostile<b>.txt"), data=GUIDE.encode())
    correction = Correction(was="unread", by=HARM[1], why=HARM[0] + HARM[8])
    first, *others = opened.guide.sections
    count = replace(first.project_count, status="stated", value=Count(min=None, max=6), corrected=correction)
    corrected = replace(
        first, project_count=count, corrected={"title": Correction(was=json.dumps(HARM[1]), by="王", why="x")}
    )
    guide = replace(opened.guide, sections=(corrected, *others))
    value = {"section": "1.1", "field": "project_count", "value": {"max": 6}, "was": "unread"}
    return GuideForReview(guide, opened.data, opened.asides, opened.lines, ({**value, "by": HARM[1], "why": HARM[0]},))
