"""Labels of the record's keys, words and codes in Chinese and English, for tables and pages."""

from typing import Literal

from extract.model.comparison import (
    GUIDE_SUMMARY_VALUES,
    SECTION_SUMMARY_VALUES,
    WHATS,
    Caution,
    ChangedItem,
    Kind,
    Outcome,
)
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, FIELDS, Label
from extract.model.ranges import Trend

Language = Literal["zh", "en"]

STATUSES = {
    "stated": Label("写明", "stated"),
    "none": Label("写无", "none"),
    "absent": Label("未列", "absent"),
    "inherited": Label("沿用", "inherited"),
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

# ── conditions ──

FACTS = {
    "enterprises": Label("企业参与", "enterprises"),
    "research_institutes": Label("科研机构参与", "research institutes"),
    "participants": Label("参与单位数", "participants"),
    "subprojects": Label("下设课题数", "subprojects"),
    "lead_units": Label("牵头单位数", "lead units"),
    "lead_kind": Label("牵头单位类型", "kind of lead unit"),
    "unit_kind": Label("申报单位类型", "kind of applicant"),
    "partner_kind": Label("外方单位类型", "kind of partner"),
    "applications": Label("申报（推荐）限项", "applications"),
    "running_projects": Label("在研项目限项", "running projects"),
    "same_topic_elsewhere": Label("多头（重复）申报", "same topic applied for elsewhere"),
    "partner_countries": Label("合作国家数", "partner countries"),
    "partner_units": Label("外方单位数", "partner units"),
    "cofunding": Label("配套经费", "co-funding"),
    "cofunding_ratio": Label("配套比例", "co-funding ratio"),
    "partner_funding": Label("外方出资", "partner's funding"),
    "requested_funding": Label("申请经费", "requested funding"),
    "applied": Label("外方先行申报", "partner applied first"),
    "parallel_application": Label("双方同步申报", "parallel application"),
    "deadline": Label("截止时间", "deadline"),
    "agreement": Label("合作协议", "agreement"),
    "document": Label("附件材料", "document"),
    "online_form": Label("网上填报", "online form"),
    "designated": Label("指定单位", "designated"),
    "membership": Label("成员资格", "membership"),
    "registered_in": Label("注册地", "registered in"),
    "registered_months": Label("注册时长", "time since registration"),
    "registered": Label("注册日期", "registered"),
    "legal_person": Label("独立法人资格", "legal person"),
    "clean_record": Label("信用良好", "clean record"),
    "age": Label("年龄", "age"),
    "born": Label("出生日期", "born"),
    "qualification": Label("职称学位", "qualification"),
    "working_months": Label("每年工作时间", "working time per year"),
    "topics": Label("领域限制", "topics"),
    "project_months": Label("执行期", "duration"),
    "region": Label("地区", "region"),
    "partner": Label("合作国别", "partner"),
    "partner_region": Label("合作方省（州）", "partner's province"),
    "contact": Label("联系方式", "contact"),
    "manual": Label("需人工判断", "for a person to judge"),
}

OPS = {
    "at_least": Label("不少于", "at least"),
    "at_most": Label("不超过", "at most"),
    "equals": Label("为", "is"),
    "one_of": Label("之一", "one of"),
    "before": Label("不晚于", "not after"),
    "after": Label("不早于", "not before"),
}

UNITS = {
    "months": Label("个月", "months"),
    "years": Label("周岁", "years"),
    "CNY": Label("元", "CNY"),
    "of_grant": Label("倍国拨经费", "times the grant"),
}

BINDINGS = {
    "must": Label("必须", "must"),
    "should": Label("原则上", "should"),
    "prefer": Label("优先", "preferred"),
    "info": Label("说明", "for information"),
}

PARTIES = {
    "applicant": Label("申报单位", "applicant"),
    "chinese_side": Label("中方", "Chinese side"),
    "enterprise": Label("参与企业", "enterprise"),
    "lead_unit": Label("牵头单位", "lead unit"),
    "leader": Label("项目负责人", "project leader"),
    "partner": Label("外方合作单位", "partner"),
    "partner_government": Label("外方主管部门", "partner's government"),
    "both_sides": Label("中外双方", "both sides"),
    "recommender": Label("推荐单位", "recommending body"),
    "consortium": Label("同一联合体的中方单位", "consortium"),
    "project": Label("项目", "project"),
}

BASES = {
    "requirements": Label("其他要求", "requirements"),
    "fields": Label("领域方向", "fields"),
    "duration": Label("执行期", "duration"),
    "common": Label("通用要求", "for all sections"),
    "introduction": Label("总则", "introduction"),
    "other": Label("其他栏目", "other part"),
    "derived": Label("推得", "derived"),
}

# The words of values that are no words of the guide.
CONDITION_VALUES = {
    **ANSWERS,
    "enterprise": Label("企业", "enterprise"),
    "research_institute": Label("科研机构", "research institute"),
    "university": Label("高校", "university"),
    "hospital": Label("医院", "hospital"),
    "institution": Label("其他单位", "other institution"),
    "provided": Label("已出资", "provided"),
    "promised": Label("已承诺出资", "promised"),
    "applied": Label("已提交申请", "applied"),
    "eligible": Label("申请合格", "eligible"),
    "funded": Label("已获立项", "funded"),
    "guide_deadline": Label("本指南截止时间", "deadline of this guide"),
    "closed": Label("限指南所列领域", "those of the guide alone"),
    "any": Label("不限", "any"),
}

# ── keys ──

OF_THE_GUIDE = {name: spec.label for name, spec in CORRECTABLE_GUIDE.items()}
OF_THE_NOTICE = {
    "title": Label("通知", "notice"),
    "number": Label("通知文号", "its number"),
    "date": Label("成文日期", "signed on"),
    "period": Label("申报时间", "applications"),
    "issuer": Label("发文机关", "issued by"),
    "contacts": Label("联系方式", "contacts"),
}
OF_THE_SOURCE = {"attachments": Label("附件", "attachments")}
CONDITIONS = Label("可核验条件", "conditions")
OF_A_SECTION = {name: spec.label for name, spec in CORRECTABLE_SECTION.items()}

KEYS = {
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
    "share": Label("资助比例（%）", "share in %"),
    "of": Label("以…计", "of"),
    "foreign": Label("对方出资", "the other side"),
    "min_months": Label("最短（月）", "min (months)"),
    "max_months": Label("最长（月）", "max (months)"),
    "start": Label("起", "start"),
    "end": Label("止", "end"),
    "text": Label("文字", "text"),
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
    "struck-out": Label("划去的文字", "struck out"),
    "mark": Label("注释标记", "marks of notes"),
    "note": Label("注释", "notes"),
    "title": Label("标题", "title"),
    "preamble": Label("总则", "introduction"),
    "heading": Label("节标题", "headings"),
    "label": Label("栏目名", "labels"),
    "value": Label("内容", "values"),
    "space": Label("空白", "space"),
    "unclaimed": Label("无归属", "unclaimed"),
}


CHECKS = {
    "readers-agree": Label("两个读取器一致", "the readers agree"),
    "copies-fold": Label("重复墨迹与所留者重合", "copies lie on what they copy"),
    "excluded-in-ink": Label("排除的文字与原页墨迹相符", "words set aside are those of the ink"),
    "quotes-replay": Label("引文可由原页重现", "quotes come back from the page"),
    "quotes-in-section": Label("引文都在本节之内", "quotes stand in their section"),
    "words-in-quotes": Label("文字都出自引文", "texts are words of their quotes"),
    "numbers-in-ink": Label("数字与原页墨迹相符", "numbers have the digits of the ink"),
    "labels-accounted": Label("栏目名均有归属", "all labels are held"),
    "headings-accounted": Label("节号均有归属", "all section numbers are held"),
    "numbers-run": Label("节号连续", "section numbers run"),
    "tracks-sum": Label("分项之和", "tracks and their total"),
    "rows-sum": Label("表中各行之和", "rows of a table and their total"),
    "subsections-sum": Label("下级各节之和", "sub-sections and their total"),
    "topics-stated": Label("方向数与本节所述", "topics and their stated number"),
    "partners-declared": Label("合作方数与总则", "partners and the introduction"),
    "projects-declared": Label("项目数与总则", "projects and the introduction"),
    "funding-declared": Label("经费与总则", "funding and the introduction"),
    "duration-declared": Label("执行期与总则", "durations and the introduction"),
}

FINDINGS = {
    "encoding-taken": Label("编码由推断而来", "encoding told by the text"),
    "text-unclaimed": Label("文字无归属", "words that nothing takes"),
    "text-outside": Label("各节之外的文字", "words outside of sections"),
    "text-for-all": Label("适用于各节的文字", "words on all sections"),
    "text-hidden": Label("旋转、页外或看不见的文字", "rotated, outside the page or unseen"),
    "visibility-doubtful": Label("文字可能看不见", "words that may be unseen"),
    "text-struck-out": Label("已划去的文字", "words struck out"),
    "text-watermark": Label("水印", "a watermark"),
    "excluded-like-text": Label("排除的文字似为正文", "words set aside that read like text"),
    "head-doubtful": Label("页眉或正文存疑", "a running head or a line of the text"),
    "page-remark": Label("页面批注", "a remark on the page"),
    "picture-unread": Label("文字间的图片未识读", "a picture among words"),
    "note-missing": Label("注释缺失", "a mark without its note"),
    "note-unreferenced": Label("注释未被引用", "a note without its mark"),
    "glyph-unmapped": Label("字符无法识别", "characters without a code"),
    "glyphs-collide": Label("字符相叠", "characters over one another"),
    "text-garbled": Label("文字乱码", "garbled text"),
    "text-from-ocr": Label("文字来自OCR", "text from OCR"),
    "ocr-read": Label("由OCR识读", "read by OCR"),
    "ocr-unconfirmed": Label("OCR未经核对", "OCR confirmed by nothing"),
    "ocr-unsure": Label("OCR识读存疑", "OCR is not sure"),
    "seal-removed": Label("已去除印章", "a seal taken out"),
    "width-missing": Label("字宽缺失", "width missing"),
    "forms-unified": Label("异体字形已统一", "forms unified"),
    "number-alone": Label("单独成行的数字", "a number alone on its line"),
    "overprint-uneven": Label("重复墨迹不齐", "uneven copies"),
    "columns-mixed": Label("栏目并排", "columns beside one another"),
    "file-damaged": Label("文件损坏", "the file is damaged"),
    "page-wordless": Label("页面无文字", "a page without text"),
    "file-converted": Label("经LibreOffice转换", "converted by LibreOffice"),
    "part-unread": Label("嵌入的文档未读", "another document within, unread"),
    "sheet-unread": Label("工作表未读", "a sheet is not read"),
    "cell-doubtful": Label("单元格存疑", "a cell is doubtful"),
    "page-missing": Label("页码不连续", "page numbers jump"),
    "guide-second": Label("文件含两份指南", "two guides in one file"),
    "guide-part": Label("文件中的另一份指南", "a further guide of the file"),
    "reader-failed": Label("读取器失败", "a reader failed"),
    "page-lost": Label("缺页", "a page is lost"),
    "readers-differ": Label("两个读取器不一致", "the readers differ"),
    "title-unknown": Label("标题不明", "title unknown"),
    "title-doubtful": Label("标题存疑", "the title is doubtful"),
    "notice-unread": Label("通知未读懂", "words of the notice not understood"),
    "text-before-guide": Label("指南之前的文字", "words above the guide"),
    "programme-unknown": Label("专项不明", "programme unknown"),
    "year-unknown": Label("年度不明", "year unknown"),
    "profile-unfit": Label("配置不合本指南", "the profile does not fit"),
    "batch-ambiguous": Label("批次不一", "several batches"),
    "declared-ambiguous": Label("总则数字不一", "several declared values"),
    "declared-unread": Label("总则数字未读懂", "declared value not understood"),
    "common-differs": Label("总则与通用内容不一", "introduction and common part differ"),
    "previous-unread": Label("上一轮未读懂", "earlier round not understood"),
    "heading-missing": Label("缺少节标题", "heading missing"),
    "chapters-missing": Label("没有章节", "no chapters"),
    "heading-style": Label("节标题写法不同", "heading of another style"),
    "heading-unnumbered": Label("节标题无编号", "heading without number"),
    "heading-ambiguous": Label("节标题有歧义", "heading can be read in two ways"),
    "heading-doubtful": Label("节标题存疑", "doubtful heading"),
    "heading-garbled": Label("节标题乱码", "garbled heading"),
    "table-unread": Label("表格未读懂", "a table not understood"),
    "figure-shared": Label("多节合用一格", "one figure for several sections"),
    "row-doubtful": Label("跨页表格行存疑", "row doubtful at the end of a page"),
    "label-unknown": Label("栏目名不明", "unknown label"),
    "label-repeated": Label("栏目名重复", "label repeated"),
    "label-qualified": Label("栏目名旁的说明未入值", "words beside a label"),
    "field-absent": Label("本节未列此栏", "field absent"),
    "field-overlooked": Label("栏目名未被识别", "field overlooked"),
    "field-missing": Label("缺少栏目", "field missing"),
    "value-unread": Label("内容未读懂", "value not understood"),
    "value-elsewhere": Label("内容另见他处", "value elsewhere"),
    "list-headless": Label("列表首项序号未找到", "first mark of a list not found"),
    "figure-unheld": Label("数字无处安放", "a figure without a place"),
    "inherited-doubtful": Label("沿用的值存疑", "inherited value in doubt"),
    "figure-misplaced": Label("数字在别的栏目", "a figure under another label"),
    "partner-unknown": Label("合作方不明", "unknown partner"),
    "agreement-untitled": Label("协议无题名", "agreement without title"),
    "agreement-unclosed": Label("书名号不成对", "title marks do not close"),
    "topics-unclear": Label("领域列表不清", "topics unclear"),
    "requirement-unclear": Label("要求不清", "requirement unclear"),
    "break-ambiguous": Label("换行有歧义", "line break can be read in two ways"),
    "value-corrected": Label("已由人更正", "corrected by a person"),
    "correction-stale": Label("更正已失效", "a correction that no longer fits"),
}

# ── a comparison ──

OUTCOME_NAMES: dict[Outcome, Label] = {
    "new": Label("新增", "new"),
    "gone": Label("取消", "gone"),
    "changed": Label("有变化", "changed"),
    "worded": Label("仅措辞", "wording only"),
    "same": Label("未变", "same"),
}

KIND_NAMES: dict[Kind, Label] = {
    "added": Label("增加", "added"),
    "removed": Label("删除", "removed"),
    "changed": Label("修改", "changed"),
    "corrected": Label("更正后相同", "same once corrected"),
    "worded": Label("措辞", "wording"),
}

TREND_NAMES: dict[Trend, Label] = {
    "up": Label("增", "up"),
    "down": Label("减", "down"),
    "unclear": Label("不能断定", "unclear"),
}
ARROWS: dict[Trend | None, str] = {"up": "↑", "down": "↓", "unclear": "?", None: ""}

_ITEM_NAMES: dict[ChangedItem, Label] = {
    "programme": Label("专项名称", "programme"),
    "title": Label("标题", "title"),
    "declared_partners": Label("总则：合作方数", "introduction: partners"),
    "declared_directions": Label("总则：方向数", "introduction: directions"),
    "declared_projects": Label("总则：项目数", "introduction: projects"),
    "declared_funding": Label("总则：经费", "introduction: funding"),
    "basis": Label("编制依据", "basis"),
    "apply_period": Label("申报时间", "period of application"),
    "previous": Label("前一轮支持", "earlier round"),
    "partner": Label("合作方", "partner"),
    "document": Label("合作协议文件", "document"),
    "remark": Label("合作协议说明", "remark on documents"),
    "topic": Label("领域", "topic"),
    "topic_note": Label("领域说明", "note of a topic"),
    "topic_place": Label("领域层级", "place of a topic"),
    "unrestricted": Label("领域不限", "any field"),
    "open_ended": Label("列举未尽（等）", "list goes on (等)"),
    "content_point": Label("研究内容条目", "point of the content"),
    "indicator": Label("考核指标条目", "indicator"),
    "projects_per": Label("每项名额", "projects for each"),
    "projects_track": Label("分项项目数", "projects of a part"),
    "funding_per_project": Label("单个项目经费", "funding per project"),
    "funding_per": Label("每个单位经费", "funding for each"),
    "funding_share": Label("资助比例", "funding in percent"),
    "funding_foreign": Label("对方经费", "the other side's funding"),
    "funding_foreign_per_project": Label("对方单个项目经费", "the other side's funding per project"),
    "funding_track": Label("分项经费", "funding of a part"),
    "requirement": Label("要求条目", "requirement"),
    "condition": Label("可核验条件", "condition"),
    "other": Label("其他内容", "other part"),
}
WHAT_NAMES = {what: _ITEM_NAMES[what] if what in _ITEM_NAMES else FIELDS[what].label for what in WHATS}

CAUTIONS: dict[Caution, Label] = {
    "same_file": Label("两份记录出自同一份文件。", "Both records were read from the same file."),
    "same_year": Label(
        "两份指南属同一年度：差别是批次之间的，不是年度之间的。",
        "Both guides are of one year: what differs is between batches, not years.",
    ),
    "year_unknown": Label(
        "有一份指南未写明年度，先后顺序以给出的顺序为准。",
        "A guide states no year: earlier and later are as they were given.",
    ),
    "years_reversed": Label(
        "前一份指南晚于后一份：“新增”与“取消”按给出的顺序理解。",
        "The first guide is the later one: new and gone go by the order given.",
    ),
    "programmes_differ": Label(
        "两份指南的专项名称不同：对应的章节可能并非同一项目的延续。",
        "The guides are of differently named programmes: paired sections may not continue one another.",
    ),
    "nothing_paired": Label("没有任何章节能够对应。", "No section of one is like any of the other."),
}

# Correctable values in the summaries of a comparison, by their keys there.
CORRECTED_NAMES = {
    **{key: OF_THE_GUIDE[key] for key in GUIDE_SUMMARY_VALUES},
    **{key: OF_A_SECTION[name] for key, name in SECTION_SUMMARY_VALUES.items()},
}
