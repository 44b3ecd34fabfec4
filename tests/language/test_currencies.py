"""Names of currencies: none stands for two, and a longer one is tried before a shorter one that it holds."""

from babel import Locale

from extract.language.currencies import _ALIASES, currency_codes
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
    read = {name: parse_money(text(f"500万{name}。")).value for name in currency_codes()}
    assert {name: value and value.currency for name, value in read.items()} == currency_codes()
    assert all(
        value is not None and "".join(line.quote for line in value.evidence) == f"500万{name}"
        for name, value in read.items()
    )


def test_names_that_every_guide_may_use() -> None:
    codes = {
        "人民币": "CNY", "欧元": "EUR", "美元": "USD", "英镑": "GBP", "日元": "JPY", "港元": "HKD", "港币": "HKD",
        "澳门元": "MOP", "澳门币": "MOP", "新台币": "TWD", "加拿大元": "CAD", "加元": "CAD", "澳大利亚元": "AUD",
        "澳元": "AUD", "新西兰元": "NZD", "新加坡元": "SGD", "瑞士法郎": "CHF", "韩元": "KRW", "卢布": "RUB",
        "元人民币": "CNY", "谢克尔": "ILS", "兰特": "ZAR", "泰铢": "THB", "卢比": "INR",
    }  # fmt: skip
    assert {name: currency_codes().get(name) for name in codes} == codes
