"""The notice that issues a guide → Notice: title, issuers, number, date of signing, period of application, contacts.

科技部关于发布…的通知 | 国科发资〔2018〕300号 | 受理时间为：2018年11月1日8:00至12月20日16:00 | 科技部 | 2018年10月10日
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from extract.language import dates
from extract.language.dates import DAY, MOMENT
from extract.language.numerals import ORDINAL
from extract.model.evidence import cite
from extract.model.findings import FindingDraft, finding
from extract.model.record import ApplicationPeriod, Notice, QuotedWords, SigningDate
from extract.model.text import MAYBE, PARAGRAPH, Text
from extract.profile.schema import NoticePatterns, Profile

_FIELD = "document"
_LINE_END = f"[{PARAGRAPH}{MAYBE}]"
_ABOUT = "关于"
_MAX_TITLE_LINES = 6
_SENTENCE_MARK = re.compile("[。；：]")
_BETWEEN_BODIES = re.compile("[ 、]+")
# What may be a date, at the end of its line.
_LETTER_END = re.compile("(?:通知|公告|通告)$")  # also where such a letter is the guide itself
_SIGNING = re.compile(r"(?:\d{4}(?:[-./](?=\d{1,2}[-./])|年)|[二一][^\s，。；：]{3}年)(?!度)[^，。；：]{1,9}$")
_RED_HEAD = re.compile("文件$")
_LIST_MARK = re.compile(r"[（\d一二三四五六七八九十]{1,3}[.、）]|附 *件|[（【]")
_APART_BEFORE, _APART_BEHIND = re.compile("(?:^|[ ：])$"), re.compile(" |$")
_MAX_BODY_LENGTH = 40  # characters of a line that may name who signs
_MAX_HEAD_LENGTH = 20  # characters of the heading of a paragraph: 五、申报时间


def parse_notice(text: Text, profile: Profile, findings: list[FindingDraft]) -> Notice | None:
    """Parse what a notice says of itself; None if it says nothing. What is stated and not understood is reported."""
    lines = [line for piece in text.split(_LINE_END) if (line := piece.strip())]
    title = _title(lines, profile, findings)
    issuer, day = _signature(lines, profile.notice, findings)
    notice = Notice(
        title=None if title is None else _quoted(title),
        issuer=tuple(map(_quoted, issuer or _issuer_above(lines, title, profile.notice))),
        number=_number(lines, profile.notice, findings),
        date=day,
        period=_period(text, profile.notice, findings),
        contacts=tuple(_contacts(text, profile.notice)),
    )
    is_stated = notice.title or notice.number or notice.date or notice.period
    return notice if is_stated else None


def _quoted(words: Text) -> QuotedWords:
    return QuotedWords(text=words.printed, evidence=cite(words))


def _unread(name: str, *words: Text) -> FindingDraft:
    """Report words that state something of the notice and are not understood, or several values."""
    if len(words) == 1:
        return finding("notice-unread", *words, field=_FIELD, variant="words", name=name, words=words[0].printed)
    statements = [text.printed for text in words]
    return finding("notice-unread", *words, field=_FIELD, variant="several", name=name, statements=statements)


# ── title and number ──────────────────────────────────────────────────────────────────────────────────


def _head(lines: Sequence[Text]) -> Sequence[Text]:
    """Return the lines above the first sentence, or those it is addressed to (各有关单位：)."""
    end = next((index for index, line in enumerate(lines) if "。" in line.plain), len(lines))
    return lines[:end]


def _title(lines: Sequence[Text], profile: Profile, findings: list[FindingDraft]) -> Text | None:
    """Return the title, the first lines from 关于 to 通知 without a mark of a sentence."""
    head = _head(lines)
    for end, line in enumerate(head, 1):
        words = "".join(one.plain for one in head[max(0, end - 2) : end])  # …的通 | 知
        is_notice = profile.introduction.notice_end.search(words) is not None
        if not is_notice and not _LETTER_END.search(words):
            continue
        for start in range(end - 1, max(end - 1 - _MAX_TITLE_LINES, -1), -1):
            if _SENTENCE_MARK.search(lines[start].plain):
                break
            if _ABOUT in lines[start].plain:
                return _joined(lines[start:end])
        if is_notice and not _SENTENCE_MARK.search(line.plain):
            findings.append(_unread("title", line))
            return None
    return None


def _joined(lines: Sequence[Text]) -> Text:
    """Join the lines of a title."""
    whole = lines[0]
    for line in lines[1:]:
        whole += line
    return whole


def _number(lines: Sequence[Text], words: NoticePatterns, findings: list[FindingDraft]) -> QuotedWords | None:
    """Return the number of the notice, which stands apart above its sentences, not in brackets."""
    found = [
        line.group(match, "value")
        for line in _head(lines)
        for match in words.number.finditer(line.plain)
        if _APART_BEFORE.search(line.plain[: match.start()]) and _APART_BEHIND.match(line.plain, match.end())
    ]
    numbers = {number.printed: number for number in found if number}
    if len(numbers) > 1:
        findings.append(_unread("number", *numbers.values()))
        return None
    return next((_quoted(number) for number in numbers.values()), None)


# ── who signs it, and when ────────────────────────────────────────────────────────────────────────────


def _signature(
    lines: Sequence[Text], words: NoticePatterns, findings: list[FindingDraft]
) -> tuple[list[Text], SigningDate | None]:
    """Return the bodies that sign, and the date below or behind them; a lone date without any is that of signing."""
    signed: list[tuple[list[Text], Text]] = []
    for index, line in enumerate(lines):
        match = _SIGNING.search(line.plain)
        if match is None:
            continue
        before = line[: match.start()].rstrip()
        bodies = _bodies(before, words) if before else _bodies_above(lines[:index], words)
        if bodies or not before:
            signed.append((bodies, line[match.start() :]))
    signed = [one for one in signed if one[0]] or signed
    days = {words_of_day.printed: words_of_day for _, words_of_day in signed}
    if len(days) > 1:
        findings.append(_unread("date", *days.values()))
        return [], None
    if not signed:
        return [], None
    bodies, words_of_day = signed[0]
    day = _parse_day(words_of_day)
    if day is None:
        findings.append(_unread("date", words_of_day))
        return bodies, None
    return bodies, SigningDate(date=day.isoformat(), evidence=cite(words_of_day))


def _parse_day(words: Text) -> date | None:
    match = DAY.fullmatch(words.plain)
    return dates.parse_day(match) if match else None


def _bodies_above(lines: Sequence[Text], words: NoticePatterns) -> list[Text]:
    """Return the bodies on the lines right above a date."""
    bodies: list[Text] = []
    for line in reversed(lines):
        found = _bodies(line, words)
        if not found:
            break
        bodies = [*found, *bodies]
    return bodies


def _bodies(line: Text, words: NoticePatterns) -> list[Text]:
    """Return the bodies that a line names, and nothing else (科技部 财政部, 科 技 部); none if it is another line."""
    pieces = [piece for piece in line.split(_BETWEEN_BODIES) if piece.strip()]
    if all(len(piece) == 1 for piece in pieces):
        pieces = [line.without(" ")]
    are_bodies = len(line) <= _MAX_BODY_LENGTH and all(words.issuer.fullmatch(piece.plain) for piece in pieces)
    return pieces if are_bodies and not _LIST_MARK.match(line.plain) else []


def _issuer_above(lines: Sequence[Text], title: Text | None, words: NoticePatterns) -> list[Text]:
    """Return the bodies that the title begins with (科技部关于…), else those of the head (科学技术部文件)."""
    if title is not None and (bodies := _bodies(title[: title.plain.index(_ABOUT)].strip(), words)):
        return bodies
    heads = (_bodies(line.without(_RED_HEAD).strip(), words) for line in _head(lines))
    return next((bodies for bodies in heads if bodies), [])


# ── passages below headings ───────────────────────────────────────────────────────────────────────────

# A line that may start a paragraph does so behind the end of a sentence, with the mark of a list, in brackets, over the
# contents.
_MARK = rf"附 *件|{ORDINAL}[.、](?!\d)|（{ORDINAL}）"
_PASSAGE_START = re.compile(rf"(?<=[。；]){MAYBE}|{MAYBE}(?={_MARK}|(?:目 *[录次]|（[^（）]*）)(?:{MAYBE}|$))")
_DATED = re.compile(r"\d *[月日号]|\d{4}[-./]\d")
_TELEPHONE = re.compile(r"(?<!\d)\d{7,8}(?!\d)")


def _passages(text: Text) -> Iterator[tuple[str, Text]]:
    """Yield the passages, each with the heading right above its paragraph or within it; "" without one."""
    last = ""
    for paragraph in text.split(PARAGRAPH):
        heading, last = last, ""
        for piece in paragraph.split(_PASSAGE_START):
            passage = piece.without(MAYBE)
            yield heading, passage
            last = passage.plain if _is_heading(passage) else ""
            heading = last or heading


def _is_heading(passage: Text) -> bool:
    """Return True if a passage is short, and has no date and no telephone number."""
    plain = passage.plain
    return len(plain) <= _MAX_HEAD_LENGTH and not _DATED.search(plain) and not _TELEPHONE.search(plain)


# ── the period of application ─────────────────────────────────────────────────────────────────────────

_UP_TO = re.compile(r" *(?:[之以]?前|[截为]?止)")
_FROM = re.compile(" *(?:起|开始)")
_UP_TO_AHEAD = re.compile("截[止至]|[至到]$")  # 截止时间为…, 自发布之日起至…
_CLAUSE = re.compile("[，；。]")
_MORE = re.compile(r" *[^，。；（）]{0,2}\d")  # figures that go on behind a moment
# What is done up to a date: 前（以寄出时间为准），将推荐函寄送…; 前，登录…系统，按要求填写并提交….
_BY_WAY = "(?:登[录陆]|进入|通过)[^，。；]*，"
_DEED = re.compile(f"(?:{_UP_TO.pattern})?(?:（[^（）]*）)?，?(?:{_BY_WAY})?[^，。；]*")


class _Statement(NamedTuple):
    """A period that is stated, None where it is not understood; and its words."""

    period: ApplicationPeriod | None
    words: Text


def _period(text: Text, words: NoticePatterns, findings: list[FindingDraft]) -> ApplicationPeriod | None:
    """Return the period of application, the only one that is stated: an end alone may be stated once more."""
    stated = list(_statements(text, words))
    unread = [statement.words for statement in stated if statement.period is None]
    if unread:
        findings.append(_unread("period", unread[0]))
        return None
    periods = [statement.period for statement in stated if statement.period]
    for period in periods:
        if all(_is_within(other, period) for other in periods):
            return period
    overlooked = [statement.words for statement in stated] or list(_timed(text, words))
    if overlooked:
        findings.append(_unread("period", *overlooked))
    return None


def _is_within(period: ApplicationPeriod, whole: ApplicationPeriod) -> bool:
    """Return True if a period states nothing else than another one: the same ends, or less of them."""
    ends = ((period.start, whole.start), (period.end, whole.end))
    return all(one is None or (other or "").startswith(one) for one, other in ends)


def _statements(text: Text, words: NoticePatterns) -> Iterator[_Statement]:
    """Yield the statements of the period, sentence by sentence; a heading may announce it: 五、申报时间."""
    for heading, passage in _passages(text):
        for sentence in passage.split("[。；]"):
            yield from _in_sentence(sentence, heading, words)


def _timed(text: Text, words: NoticePatterns) -> Iterator[Text]:
    """Yield the sentences that set a time for what applicants do: 请各单位务必在2022年6月10日17:00完成申报."""
    for _, passage in _passages(text):
        for sentence in passage.split("[。；]"):
            is_timed = any(moment["hour"] for moment in MOMENT.finditer(sentence.plain))
            if is_timed and words.apply.search(sentence.plain) and not words.others.search(sentence.plain):
                yield sentence.strip()


def _in_sentence(sentence: Text, heading: str, words: NoticePatterns) -> Iterator[_Statement]:
    """Yield the statements of a sentence: dates that its words, or its heading, call those of applications."""
    plain = sentence.plain
    end = 0
    for first in MOMENT.finditer(plain):
        if first.start() < end:
            continue  # the second of two
        second = dates.match_second(plain, first)
        before, end = plain[end : first.start()], (second or first).end()
        deed = _DEED.match(plain, end)
        behind = deed[0] if deed else ""
        if _is_of_applications(before, behind, heading, words, is_span=second is not None):
            period = _parse_period(first, second, before, behind, sentence)
            yield _Statement(period, sentence[first.start() : end])
    cue = words.period.search(plain)
    if cue and not end and _DATED.search(plain, cue.end()):
        yield _Statement(None, sentence.strip())


def _is_of_applications(before: str, behind: str, heading: str, words: NoticePatterns, *, is_span: bool) -> bool:
    """Return True if a date is that of applications, by the words before it or what is done then."""
    if words.others.search(before):
        return False
    if words.period.search(_CLAUSE.split(before)[-1]) or words.period.search(heading):
        return True
    is_bound = is_span or _UP_TO.match(behind) is not None
    return is_bound and words.apply.search(behind) is not None and not words.others.search(behind)


def _parse_period(
    first: re.Match[str], second: re.Match[str] | None, before: str, behind: str, sentence: Text
) -> ApplicationPeriod | None:
    """Parse one moment or two; None if one is not certain, words go on, or it is open which end is stated."""
    start = dates.parse_moment(first)
    if start is None or _MORE.match(behind):
        return None
    evidence = cite(sentence[first.start() : (second or first).end()])
    if second:
        end = dates.parse_moment(second, start.day)
        if end is None or (end.day, end.time) < (start.day, start.time if end.time else ""):
            return None
        return ApplicationPeriod(start=str(start), end=str(end), evidence=evidence)
    if _UP_TO.match(behind) or _UP_TO_AHEAD.search(before):
        return ApplicationPeriod(start=None, end=str(start), evidence=evidence)
    if _FROM.match(behind):
        return ApplicationPeriod(start=str(start), end=None, evidence=evidence)
    return None


# ── contacts ──────────────────────────────────────────────────────────────────────────────────────────


def _contacts(text: Text, words: NoticePatterns) -> Iterator[QuotedWords]:
    """Yield the sentences with a name, a telephone number or an address to turn to; what follows a colon is one's.

    Any telephone number is one in what is announced: below a heading (六、联系方式), and behind a contact.
    """
    opened: Text | None = None
    is_behind_contact = False
    for heading, passage in _passages(text):
        is_below_heading = words.contact_heading.search(heading) is not None
        for sentence in filter(len, passage.split("[。；]")):
            whole = opened + sentence if opened else sentence
            opened = None
            is_announced = is_below_heading or is_behind_contact
            is_behind_contact = bool(
                words.contact.search(whole.plain) or (is_announced and _TELEPHONE.search(whole.plain))
            )
            if is_behind_contact and whole.plain.endswith("："):
                opened = whole
            elif is_behind_contact:
                yield _quoted(whole.strip())
