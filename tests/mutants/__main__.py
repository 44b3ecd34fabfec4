"""Plant faults in the program one by one, and print which of them the tests notice. By hand: `make mutants COUNT=200`."""

import argparse
import ast
import copy
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
STAGES = ("pull", "repair", "split", "normalise", "check")
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


def faults(node: ast.AST) -> Iterator[ast.AST]:
    """The node with one fault: a flipped comparison, and/or, a dropped not, a constant, an alternative, an element."""
    match node:
        case ast.Compare(ops=[operator]) if type(operator) in COMPARISONS:
            yield ast.Compare(node.left, [COMPARISONS[type(operator)]()], node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int() | float() as number):
            yield ast.Constant(number + 1)
        case ast.Constant(value=str() as words) if "|" in words.strip("|"):
            yield ast.Constant(words.rpartition("|")[0])
        case ast.Return(value=ast.expr()):
            yield ast.Return(ast.Constant(None))
        case ast.Tuple(elts=[_, _, *_], ctx=ast.Load()):
            yield ast.Tuple(node.elts[:-1], ast.Load())


def tests_of(file: Path) -> list[str]:
    """The tests of the file's stage, and the golden files."""
    stage = file.relative_to(ROOT / "extract").parts[0].removesuffix(".py")
    own = ROOT / "tests" / stage
    first = [str(own)] if own.is_dir() else [str(ROOT / "tests" / f"test_{stage}.py")]
    return [*first, str(ROOT / "tests/end_to_end/test_golden_files.py")]


def is_noticed(file: Path, source: str, planted: str) -> bool:
    """Run the tests with the fault in the file, and put the file back."""
    command = [sys.executable, "-m", "pytest", "-x", "-m", "not slow", *tests_of(file)]
    try:
        file.write_text(planted, "utf-8")
        return subprocess.run(command, cwd=ROOT, capture_output=True, timeout=900).returncode != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_text(source, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    files = [file for stage in STAGES for file in sorted((ROOT / "extract" / stage).rglob("*.py"))]
    files.append(ROOT / "extract/verify.py")
    sites: list[tuple[Path, ast.AST, ast.AST]] = []
    for file in files:
        nodes = ast.walk(ast.parse(file.read_text("utf-8")))
        sites += [(file, node, fault) for node in nodes for fault in faults(node)]
    sample = random.Random(options.seed).sample(sites, min(options.count, len(sites)))
    noticed = 0
    for file, node, fault in sample:
        source = file.read_text("utf-8")
        old = ast.get_source_segment(source, node) or ""
        lines = source.encode().splitlines(keepends=True)
        assert isinstance(node, ast.expr | ast.stmt)
        start = sum(map(len, lines[: node.lineno - 1])) + node.col_offset
        new = ast.unparse(ast.fix_missing_locations(copy.deepcopy(fault)))
        new = new if isinstance(node, ast.stmt) else f"({new})"
        data = source.encode()
        planted = (data[:start] + new.encode() + data[start + len(old.encode()) :]).decode()
        seen = is_noticed(file, source, planted)
        noticed += seen
        print(f"{'noticed' if seen else 'MISSED '} {file.relative_to(ROOT)}:{node.lineno}: {old} → {new}", flush=True)
    print(f"{noticed} of {len(sample)} faults were noticed")


if __name__ == "__main__":
    main()
