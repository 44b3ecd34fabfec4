"""Check applications against the record of a guide: python check.py guide_2017.json applications.json

A statement of an application is a fact with its value, who it is of (`by`) and, where it needs one, of what (`of`):
{"fact": "enterprises", "by": "chinese_side", "value": 2}. docs/conditions.md has the vocabulary.
"""

import json
import sys
from pathlib import Path

COMPARE = {
    "at_least": lambda said, asked: said >= asked,
    "at_most": lambda said, asked: said <= asked,
    "equals": lambda said, asked: said == asked,
    "one_of": lambda said, asked: said in asked,
    "before": lambda said, asked: said <= asked,
    "after": lambda said, asked: said >= asked,
}


def conditions_of(record, number):
    """The conditions of a section: its own and those of the guide, but for a duration where it has one."""
    section = next(one for one in record["sections"] if one["number"] == number)
    own = section["conditions"]
    has_months = any(one["fact"] == "project_months" for one in own)
    return own + [one for one in record["guide"]["conditions"] if not (has_months and one["fact"] == "project_months")]


def holds(condition, application):
    """True or False; None where the application does not say."""
    said = [
        one["value"]
        for one in application["says"]
        if one["fact"] == condition["fact"]
        and one.get("by") == condition["by"]
        and condition.get("of") in (None, one.get("of"))
    ]
    if condition["fact"] == "manual" or condition.get("when") or condition["value"] in ("guide_deadline", "closed"):
        return None
    if not said:
        return None
    among = condition.get("among")
    values = [
        len([code for code in one if among is None or code in among]) if isinstance(one, list) else one for one in said
    ]
    return all(COMPARE[condition["op"]](value, condition["value"]) for value in values)


def judge(record, application):
    """The verdict on an application, with the conditions that it fails, or that a person has to judge."""
    refused, open_ = [], []
    for condition in conditions_of(record, application["section"]):
        is_other_track = condition.get("track") not in (None, application.get("track"))
        if condition["binding"] in ("info", "prefer") or is_other_track:
            continue
        result = holds(condition, application)
        if result is False and condition["binding"] == "must":
            refused.append(condition)
        elif not result:
            open_.append(condition)
    return ("refused", refused) if refused else ("to be judged", open_) if open_ else ("accepted", [])


def main(record_file, applications_file):
    record = json.loads(Path(record_file).read_text("utf-8"))
    for application in json.loads(Path(applications_file).read_text("utf-8")):
        verdict, conditions = judge(record, application)
        print(f"{application['id']} {verdict}")
        for one in conditions:
            page = one["evidence"][0]["page"] if one["evidence"] else None
            print(f"    {one['fact']}: {one['text']} (page {page})")


if __name__ == "__main__":
    main(*sys.argv[1:])
