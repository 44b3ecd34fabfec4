"""Names of currencies: none stands for two, and a longer one is tried before a shorter one that it holds."""

from babel import Locale

from extract.language.currencies import _ALIASES, currency_codes
from extract.model.values import Money
from extract.normalise.quantities.money import parse_money
from tests.support.case_tables import text


def test_a_name_has_one_currency() -> None:
    names = currency_codes()
    every: dict[str, set[str]] = {}
    for code, name in Locale("zh").currencies.items():
        every.setdefault(name, set()).add(code)
    assert {name: every[name] for name, code in names.items() if every.get(name, {code}) != {code}} == {}
    assert len(names) > 150
    assert list(names) == sorted(names, key=len, reverse=True)
    assert set(_ALIASES) & set(every) == set()


def test_each_name_is_read_whole() -> None:
    read = {name: parse_money(text(f"500万{name}。")) for name in currency_codes()}
    assert {name: one.value and one.value.currency for name, one in read.items()} == currency_codes()
    assert {one.unread.reason for one in read.values() if one.unread} == {"currency-unclear"}
    words = {name: one.unread.words.printed if one.unread else quote(one.value) for name, one in read.items()}
    assert words == {name: f"500万{name}" for name in currency_codes()}


def quote(value: Money | None) -> str:
    return "".join(line.quote for line in value.evidence) if value else ""


def test_a_name_without_the_country_has_a_currency_if_one_country_has_it() -> None:
    codes = currency_codes()
    assert [codes[name] for name in ("福林", "兹罗提", "坚戈", "里拉", "雷亚尔")] == ["HUF", "PLN", "KZT", "TRY", "BRL"]
    assert {codes[name] for name in ("卢比", "克朗", "比索", "第纳尔", "里亚尔", "先令")} == {None}


def test_names_that_every_guide_may_use() -> None:
    codes = {
        "人民币": "CNY", "欧元": "EUR", "美元": "USD", "英镑": "GBP", "日元": "JPY", "港元": "HKD", "港币": "HKD",
        "澳门元": "MOP", "澳门币": "MOP", "新台币": "TWD", "加拿大元": "CAD", "加元": "CAD", "澳大利亚元": "AUD",
        "澳元": "AUD", "新西兰元": "NZD", "新加坡元": "SGD", "瑞士法郎": "CHF", "韩元": "KRW", "卢布": "RUB",
        "元人民币": "CNY", "谢克尔": "ILS", "兰特": "ZAR", "泰铢": "THB", "巴基斯坦卢比": "PKR", "印度卢比": "INR", "韩币": "KRW",
    }  # fmt: skip
    assert {name: currency_codes().get(name) for name in codes} == codes
