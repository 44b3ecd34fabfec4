"""The registry of fields against the record and against each table that a stage keeps by field name."""

from collections.abc import Iterable
from typing import get_args, get_type_hints

import pytest
from msgspec import UnsetType

from extract.compare.corrected import VALUES
from extract.compare.sections import COMPARERS
from extract.export.html import _templates
from extract.export.labels import WHAT_NAMES
from extract.export.tables.field_columns import COLUMNS
from extract.export.tables.sections import SECTIONS
from extract.model.comparison import WHATS
from extract.model.fields import CORRECTABLE_GUIDE, CORRECTABLE_SECTION, FIELDS, is_field
from extract.model.record import Common, Field, Section
from extract.normalise.sections import PARSERS
from extract.profile.schema import Labels
from tests.normalise.test_cases import OF_FIELDS


def macros() -> set[str]:
    """The fields for which the review page has a macro."""
    module = _templates().get_template("review/review_values.html.j2").module
    return {name.removeprefix("value_") for name in vars(module) if name.startswith("value_")}


def label_keys() -> set[str]:
    """The keys of a profile's [labels] that lead to a field."""
    return set(Labels.__struct_fields__) - {"per_project", "other", "unknown", "topics_too", "figure"}


TABLES: dict[str, Iterable[str]] = {
    "profile.schema.Labels": label_keys(),
    "normalise.sections.PARSERS": PARSERS,
    "compare.sections.COMPARERS": COMPARERS,
    "export.tables.sections.COLUMNS": COLUMNS,
    "review_values.html.j2": macros(),
    "model.comparison.ChangedItem": set(WHATS) & set(FIELDS),
    "export.labels.WHAT_NAMES": set(WHAT_NAMES) & set(FIELDS),
    "tests.normalise.test_cases.OF_FIELDS": OF_FIELDS,
}


@pytest.mark.parametrize("table", TABLES)
def test_a_table_by_field_name_has_exactly_the_fields_of_the_registry(table: str) -> None:
    names = set(TABLES[table])
    assert (sorted(set(FIELDS) - names), sorted(names - set(FIELDS))) == ([], []), f"{table}: lacking, unknown"


def test_the_fields_of_a_section_are_those_of_the_registry_in_its_order() -> None:
    hints = get_type_hints(Section)
    kinds = {name: hints[name] for name in Section.__struct_fields__ if getattr(hints[name], "__origin__", 0) is Field}
    assert {name: get_args(kind)[0] for name, kind in kinds.items()} == {
        name: spec.type for name, spec in FIELDS.items()
    }
    assert list(kinds) == list(FIELDS)


def test_the_fields_of_all_sections_are_those_of_a_section() -> None:
    sections, common = get_type_hints(Section), get_type_hints(Common)
    assert list(common) == [*FIELDS, "other"]
    assert {name: common[name] for name in FIELDS} == {name: sections[name] | UnsetType for name in FIELDS}
    assert [name for name in CORRECTABLE_GUIDE if is_field(name)] == [f"common.{name}" for name in FIELDS]


def test_a_column_belongs_to_the_field_under_which_it_is_declared() -> None:
    fields = {column.key: column.field for column in SECTIONS.columns}
    for name, columns in COLUMNS.items():
        assert columns
        keys = [f"{name}_status", *(column.key for column in columns), f"{name}_page", f"{name}_text"]
        assert {fields[key] for key in keys} == {name}


def test_names_are_keys_and_every_correctable_value_is_an_item_of_a_comparison() -> None:
    for table in (FIELDS, CORRECTABLE_SECTION, CORRECTABLE_GUIDE):
        assert [spec.name for spec in table.values()] == list(table)
    of_guide = {name for name in CORRECTABLE_GUIDE if not is_field(name)}  # a common field has the items of a section's
    compared = (set(CORRECTABLE_SECTION) | of_guide) - {"year", "batch"}
    assert set(VALUES.values()) == compared


def test_what_stands_where_a_value_is_taken_out() -> None:
    empty = {name: spec.empty for name, spec in {**CORRECTABLE_GUIDE, **CORRECTABLE_SECTION}.items()}
    assert {name: value for name, value in empty.items() if value is not None} == {
        "title": "",
        "partners": (),
        "basis": (),
    }
