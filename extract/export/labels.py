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
    "designated_partner": Label("指定合作方", "designated partner"),
    "lead_unit": Label("牵头单位", "lead unit"),
    "priority": Label("优先支持", "priority"),
    "contact": Label("联系方式", "contact"),
    "other": Label("其他", "other"),
}

ANSWERS = {"true": Label("是", "yes"), "false": Label("否", "no")}

FACTS = {
    "per_department_max": Label("每个推荐部门至多", "per department at most"),
    "min_enterprises": Label("企业至少", "enterprises at least"),
    "cofunding_ratio": Label("自筹与国拨之比", "own money to the grant"),
    "deadline": Label("截止", "deadline"),
    "max_months": Label("执行期至多（月）", "months at most"),
    "min_partner_countries": Label("参与国至少", "partner countries at least"),
    "urls": Label("网址", "web pages"),
    "emails": Label("邮箱", "e-mail"),
    "phones": Label("电话", "telephone"),
}

OF_THE_GUIDE = {
    "title": Label("标题", "title"),
    "programme": Label("专项", "programme"),
    "year": Label("年度", "year"),
    "batch": Label("批次", "batch"),
    "declared.partners": Label("总则：国别和组织数", "declared: partners"),
    "declared.directions": Label("总则：方向数", "declared: directions"),
    "declared.projects": Label("总则：项目数", "declared: projects"),
    "declared.funding": Label("总则：经费", "declared: funding"),
    "declared.duration": Label("总则：执行期", "declared: duration"),
    "previous": Label("上一轮", "earlier round"),
    "basis": Label("编制依据", "basis"),
}

OF_A_SECTION = {"title": Label("标题", "title"), "partners": Label("合作方", "partners"), **FIELDS}

KEYS = {
    **FACTS,
    "documents": Label("文件", "documents"),
    "remarks": Label("附注", "remarks"),
    "title": Label("题名", "title"),
    "number": Label("文号", "number"),
    "kind": Label("类别", "kind"),
    "kinds": Label("类别", "kinds"),
    "lead": Label("引语", "lead"),
    "items": Label("条目", "items"),
    "unrestricted": Label("领域不限", "unrestricted"),
    "open_ended": Label("未穷尽（等）", "open-ended (等)"),
    "marker": Label("序号", "marker"),
    "name": Label("名称", "name"),
    "note": Label("说明", "note"),
    "min": Label("最少", "min"),
    "max": Label("最多", "max"),
    "approximate": Label("约", "approximate"),
    "per": Label("每个…", "for each"),
    "unit": Label("单位", "unit"),
    "tracks": Label("分项", "tracks"),
    "currency": Label("币种", "currency"),
    "per_project": Label("每个项目", "per project"),
    "min_months": Label("最短（月）", "min (months)"),
    "max_months": Label("最长（月）", "max (months)"),
    "start": Label("起", "start"),
    "end": Label("止", "end"),
    "text": Label("文字", "text"),
    "facts": Label("所列事实", "facts"),
    "code": Label("代码", "code"),
    "subdivision": Label("省、州", "province or state"),
    "agency": Label("机构", "agency"),
    "count": Label("数目", "count"),
    "year": Label("年度", "year"),
    "partners": Label("合作方", "partners"),
}

ROLES = {
    "overprint": Label("重复墨迹", "copies"),
    "furniture": Label("页眉页脚", "page furniture"),
    "title": Label("标题", "title"),
    "preamble": Label("总则", "introduction"),
    "heading": Label("节标题", "headings"),
    "label": Label("栏目名", "labels"),
    "value": Label("内容", "values"),
    "space": Label("空白", "space"),
    "unclaimed": Label("无归属", "unclaimed"),
}
