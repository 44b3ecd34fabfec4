"""Plant faults in copies of the program, one at a time, and print which of them the tests notice: `make mutants`."""

import argparse
import ast
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
STAGES = ("pull", "repair", "split", "normalise", "check", "verify")
GOLDEN = "tests/end_to_end/test_golden_files.py"
TESTS = [f"{folder}/{stage}" for stage in STAGES[:-1] for folder in ("tests", "extract")]

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
    lines: range  # of the function that the node is in, or of the file

    @property
    def stage(self) -> str:
        return self.file.parts[1].removesuffix(".py")

    def __str__(self) -> str:
        old, new = (" ".join(ast.unparse(node).split())[:120] for node in (self.node, self.planted))
        return f"{self.file}:{getattr(self.node, 'lineno', '')}: {old} → {new}"

    def text(self) -> str:
        """The file with the fault in it."""
        tree = ast.parse((ROOT / self.file).read_text("utf-8"))
        node = list(touched(tree))[self.position]
        return ast.unparse(ast.fix_missing_locations(Plant(node, self.planted).visit(tree)))


class Notes(NamedTuple):
    """What each test calls."""

    tests: dict[str, tuple[float, frozenset[str]]]  # seconds; file:line of the code that is called

    @classmethod
    def read(cls, text: str) -> "Notes":
        data = json.loads(text)
        assert data["passed"], "the tests fail before a fault is planted"
        return cls({test: (told["seconds"], frozenset(told["calls"])) for test, told in data["tests"].items()})

    def tests_of(self, fault: Fault) -> list[str]:
        """The tests of the stage, and the golden files, that call the code that has the fault; the quickest first."""
        places = (f"tests/{fault.stage}", f"tests/test_{fault.stage}", f"extract/{fault.stage}", GOLDEN)
        tests = [test for test in self.tests if test.startswith(places)]
        code = {f"{fault.file}:{line}" for line in fault.lines}
        # What is called at the import is called by no test: then all of the file's count.
        calling = [test for test in tests if self.tests[test][1] & code] or [
            test for test in tests if any(line.startswith(f"{fault.file}:") for line in self.tests[test][1])
        ]
        return sorted(calling, key=lambda test: self.tests[test][0])


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
    found = []
    for path in [*paths, ROOT / "extract/verify.py"]:
        source = path.read_text("utf-8")
        tree = ast.parse(source)
        whole = range(len(source))
        lines = dict.fromkeys(ast.walk(tree), whole)
        for function in ast.walk(tree):  # outer ones come before inner ones; what is kept is called by one test alone
            if isinstance(function, ast.FunctionDef) and not any(
                "cache" in ast.unparse(d) for d in function.decorator_list
            ):
                first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
                inner = (node for statement in function.body for node in ast.walk(statement))
                lines |= dict.fromkeys(inner, range(first, (function.end_lineno or first) + 1))
        for position, node in enumerate(touched(tree)):
            if planted := list(faults(node)):
                file = path.relative_to(ROOT)
                found.append([Fault(file, position, node, fault, lines[node]) for fault in planted])
    return found


class Copy:
    """A copy of the project, and a process in it that runs tests."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "copy"
        shutil.copytree(ROOT, self.root, ignore=shutil.ignore_patterns(".*", "__pycache__"))

    def start(self, command: str, *arguments: str) -> subprocess.Popen[str]:
        line = [sys.executable, "-m", "tests.mutants.worker", command, *arguments]
        return subprocess.Popen(line, cwd=self.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def is_noticed(worker: subprocess.Popen[str], fault: Fault, text: str, notes: Notes) -> bool:
    """Run the tests of a fault with a text in its file."""
    assert worker.stdin
    assert worker.stdout
    tests = notes.tests_of(fault)
    if not tests:
        return False
    worker.stdin.write(json.dumps({"file": str(fault.file), "text": text, "tests": tests}) + "\n")
    worker.stdin.flush()
    return int(worker.stdout.readline()) != 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--notes", type=Path, help="what the tests call, kept here for a run that follows")
    options = parser.parse_args()
    choice = random.Random(options.seed)
    sample = [choice.choice(found) for found in choice.sample(all_faults(), options.count)]
    planted, noticed = Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        copy = Copy(Path(folder))
        if options.notes and options.notes.exists():
            text = options.notes.read_text("utf-8")
        else:
            text, _ = copy.start("note", *TESTS, "tests/test_verify.py", GOLDEN).communicate()
            if options.notes:
                options.notes.write_text(text, "utf-8")
        notes = Notes.read(text)
        with copy.start("run") as worker:
            for fault in sample:
                if not planted:
                    assert not is_noticed(worker, fault, (ROOT / fault.file).read_text("utf-8"), notes), (
                        "no fault is there"
                    )
                seen = is_noticed(worker, fault, fault.text(), notes)
                planted[fault.stage] += 1
                noticed[fault.stage] += seen
                print("noticed" if seen else "MISSED ", fault, flush=True)
            assert worker.stdin
            worker.stdin.close()
    for stage in STAGES:
        print(f"{stage}: {noticed[stage]} of {planted[stage]}")
    print(f"{noticed.total()} of {planted.total()} planted faults were noticed")


if __name__ == "__main__":
    main()
