"""What people read in place of the record's keys and words: Chinese and English, for tables and pages."""

from typing import Literal, NamedTuple

Language = Literal["zh", "en"]


class Label(NamedTuple):
    """One key or word of the record as people call it."""

    zh: str
    en: str


FIELDS = {
    "agreement": Label("合作协议", "agreement"),
    "fields": Label("领域方向", "fields"),
    "project_count": Label("拟支持项目数", "projects"),
    "funding": Label("拟支持经费", "funding"),
    "duration": Label("执行期", "duration"),
    "requirements": Label("其他要求", "requirements"),
}

STATUSES = {
    "stated": Label("写明", "stated"),
    "none": Label("写无", "none"),
    "absent": Label("未列", "absent"),
    "inherited": Label("从总则", "inherited"),
    "unread": Label("未读懂", "unread"),
}

OUTCOMES = {
    "proved": Label("得证", "proved"),
    "consistent": Label("不矛盾", "consistent"),
    "contradicted": Label("矛盾", "contradicted"),
}

SEVERITIES = {
    "info": Label("提示", "info"),
    "warning": Label("注意", "warning"),
    "error": Label("错误", "error"),
}

DOCUMENT_KINDS = {
    "agreement": Label("协定", "agreement"),
    "protocol": Label("议定书", "protocol"),
    "statement": Label("声明", "statement"),
    "memorandum": Label("备忘录", "memorandum"),
    "minutes": Label("纪要", "minutes"),
    "plan": Label("计划", "plan"),
    "consensus": Label("共识", "consensus"),
    "other": Label("其他", "other"),
}

PARTNER_KINDS = {
    "country": Label("国家", "country"),
    "region": Label("地区", "region"),
    "organisation": Label("组织", "organisation"),
    "group": Label("国家集团", "group"),
}

REQUIREMENT_KINDS = {
    "partner_applied_first": Label("外方先行申报", "partner applied first"),
    "partner_funding": Label("外方经费", "partner's funding"),
    "parallel_application": Label("双方同时申报", "parallel application"),
    "department_quota": Label("推荐名额", "department quota"),
    "membership": Label("成员资格", "membership"),
    "enterprise_participation": Label("企业参与", "enterprise participation"),
    "cofunding": Label("配套经费", "co-funding"),
    "duration": Label("执行期", "duration"),
    "deadline": Label("截止日期", "deadline"),
    "document": Label("所附材料", "document"),
    "online_form": Label("网上填报", "online form"),
    "multilateral_partners": Label("多国参与", "multilateral partners"),
    "designated_partner": Label("指定伙伴", "designated partner"),
    "lead_unit": Label("牵头单位", "lead unit"),
    "priority": Label("优先支持", "priority"),
    "contact": Label("联系方式", "contact"),
    "other": Label("其他", "other"),
}

ANSWERS = {"true": Label("是", "yes"), "false": Label("否", "no")}
