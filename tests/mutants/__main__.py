"""Plant faults in copies of the program, one at a time, and print which of them the tests notice: `make mutants`."""

import argparse
import ast
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
STAGES = ("pull", "repair", "split", "normalise", "check", "verify")
GOLDEN = "tests/end_to_end/test_golden_files.py"
TESTS = {stage: ["-m", "not slow", f"tests/{stage}", GOLDEN] for stage in STAGES}
TESTS["verify"] = ["tests/test_verify.py"]  # all of them are slow
HANGS_AFTER_SECONDS = 600

COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
CALLS = {"any": "all", "all": "any", "min": "max", "max": "min", "startswith": "endswith", "endswith": "startswith"}
# What no result hangs on: words for people, and settings of speed and bounds.
UNTOUCHED_CALLS = ("Error", "Warning", "Unreadable", "cache", "log", "warn", "overload", "cast")
UNTOUCHED_NAMES = ("MAX", "LIMIT", "BOUND", "SECONDS", "BYTES", "CACHE")


class Fault(NamedTuple):
    """What stands in the place of one node of a module."""

    file: Path
    position: int  # of the node, among those that `touched` yields
    node: ast.AST
    planted: ast.AST

    @property
    def stage(self) -> str:
        return self.file.parts[1].removesuffix(".py")

    def __str__(self) -> str:
        old, new = (" ".join(ast.unparse(node).split())[:120] for node in (self.node, self.planted))
        return f"{self.file}:{getattr(self.node, 'lineno', '')}: {old} → {new}"


def touched(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below that a result may hang on: no annotation, docstring, message, decorator, bound or f-string."""
    match node:
        case ast.Raise() | ast.Assert() | ast.JoinedStr() | ast.AnnAssign(value=None) | ast.Expr(value=ast.Constant()):
            return
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name.endswith(UNTOUCHED_CALLS):
            return
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)) if any(
            word in name for word in UNTOUCHED_NAMES
        ):
            return
        case ast.keyword(arg="strict" | "maxsize" | "frozen" | "key" | "flags"):
            return
    yield node
    for field, value in ast.iter_fields(node):
        if field not in ("annotation", "returns", "decorator_list", "bases"):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from touched(child)


def faults(node: ast.AST) -> Iterator[ast.AST]:
    """The node with one fault in it, in each way there is."""
    match node:
        case ast.Compare(left, [operator], right):
            yield ast.Compare(left, [COMPARISONS[type(operator)]()], right)
        case ast.BoolOp(operator, values):
            yield ast.BoolOp(ast.Or() if isinstance(operator, ast.And) else ast.And(), values)
        case ast.BinOp(left, ast.Add() | ast.Sub() as operator, right):
            yield ast.BinOp(left, ast.Sub() if isinstance(operator, ast.Add) else ast.Add(), right)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() | float() as number):
            yield ast.Constant(number + 1)
        case ast.Constant(str() as pattern) if "|" in pattern.strip("|"):
            yield from (ast.Constant(shorter) for shorter in without_an_alternative(pattern))
        case ast.Tuple([_, _, *_] as items, ast.Load()):
            yield ast.Tuple(items[:-1], ast.Load())
        case ast.Call(ast.Name(name), arguments, keywords) if name in CALLS:
            yield ast.Call(ast.Name(CALLS[name], ast.Load()), arguments, keywords)
        case ast.Call(ast.Attribute(value, name), arguments, keywords) if name in CALLS:
            yield ast.Call(ast.Attribute(value, CALLS[name], ast.Load()), arguments, keywords)
        case ast.If(ast.Name() | ast.Attribute() | ast.Call() as test, body, orelse):
            yield ast.If(ast.UnaryOp(ast.Not(), test), body, orelse)
        case ast.IfExp(ast.Name() | ast.Attribute() | ast.Call() as test, body, orelse):
            yield ast.IfExp(ast.UnaryOp(ast.Not(), test), body, orelse)
    match node:
        case ast.If(_, [ast.Return() | ast.Continue() | ast.Break()], []):
            yield ast.Pass()
        case ast.comprehension(target, source, [_, *_] as conditions):
            yield ast.comprehension(target, source, conditions[:-1], node.is_async)


def without_an_alternative(pattern: str) -> Iterator[str]:
    """The pattern without each of its alternatives that is nothing but words: 甲|乙|丙 as 乙|丙, 甲|丙 and 甲|乙."""
    for words in re.finditer(r"(?<![^(:|>=!])\w+\||\|\w+(?=\)|$)", pattern):
        yield pattern[: words.start()] + pattern[words.end() :]


class Plant(ast.NodeTransformer):
    """Puts another node in the place of one."""

    def __init__(self, node: ast.AST, planted: ast.AST) -> None:
        self.node, self.planted = node, planted

    def visit(self, node: ast.AST) -> ast.AST:
        return self.planted if node is self.node else self.generic_visit(node)


def all_faults() -> list[list[Fault]]:
    """The faults of each node in the stages that has any."""
    paths = [path for stage in STAGES for path in sorted((ROOT / "extract" / stage).rglob("*.py"))]
    return [
        found
        for path in [*paths, ROOT / "extract/verify.py"]
        for position, node in enumerate(touched(ast.parse(path.read_text("utf-8"))))
        if (found := [Fault(path.relative_to(ROOT), position, node, planted) for planted in faults(node)])
    ]


def are_passed(stage: str, root: Path) -> bool:
    """Run the tests of a stage on a copy of the project; tests without an end are not passed."""
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *TESTS[stage]]
    try:
        return subprocess.run(command, cwd=root, capture_output=True, timeout=HANGS_AFTER_SECONDS).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def is_noticed(fault: Fault, root: Path) -> bool:
    """Plant a fault in a copy of the project, run the tests, and put the file back."""
    source = (ROOT / fault.file).read_text("utf-8")
    tree = ast.parse(source)
    node = list(touched(tree))[fault.position]
    planted = ast.unparse(ast.fix_missing_locations(Plant(node, fault.planted).visit(tree)))
    (root / fault.file).write_text(planted, "utf-8")
    try:
        return not are_passed(fault.stage, root)
    finally:
        (root / fault.file).write_text(source, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    choice = random.Random(options.seed)
    sample = [choice.choice(found) for found in choice.sample(all_faults(), options.count)]
    planted, noticed = Counter[str](), Counter[str]()
    copies = SimpleQueue[Path]()

    def tried(fault: Fault) -> tuple[Fault, bool]:
        root = copies.get()
        try:
            return fault, is_noticed(fault, root)
        finally:
            copies.put(root)

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(options.jobs) as pool:
        for job in range(options.jobs):
            shutil.copytree(ROOT, Path(folder) / str(job), ignore=shutil.ignore_patterns(".*", "__pycache__"))
            copies.put(Path(folder) / str(job))
        for fault, seen in pool.map(tried, sample):
            planted[fault.stage] += 1
            noticed[fault.stage] += seen
            print("noticed" if seen else "MISSED ", fault, flush=True)
    for stage in STAGES:
        print(f"{stage}: {noticed[stage]} of {planted[stage]}")
    print(f"{noticed.total()} of {planted.total()} planted faults were noticed")


if __name__ == "__main__":
    main()
