"""The shape of the house: imports point one way, few modules know ffmpeg, modules and functions stay short, everything says what it is."""

from __future__ import annotations

import ast
import re
import statistics
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import vidkit

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME = Path(vidkit.__file__).parent
MODULES = {
    ".".join(("vidkit", *file.relative_to(HOME).with_suffix("").parts)).removesuffix(".__init__"): file
    for file in sorted(HOME.rglob("*.py"))
    if "_bundled" not in file.parts
}
HEAVY = {
    "av",
    "cv2",
    "numpy",
    "PIL",
    "pydantic",
    "resvg_py",
    "jinja2",
    "pi_heif",
    "pillow_heif",
    "budoux",
    "imageio_ffmpeg",
    "rich",
    "yaml",
}
PROGRAMS = {"subprocess", "imageio_ffmpeg", "av"}
KNOW_FFMPEG = {
    "encode",
    "ffmpeg",
    "sound",
    "kits.trial",
    "audio.recordings",
    "audio.tune",
    "clip",
    "doctor",
    "publishing.measure",
    "publishing.preview",
    "cluster.build",
    "film.intake",
    "film.probe",
    "film.reading",
}
MODULE_LINES, FUNCTION_LINES, MEDIAN_LINES = 450, 60, 8
TO_SPLIT = {"vidkit.sources.prescan": 529}
"""Modules longer than that, with the length they may not pass."""
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def tree(name: str) -> ast.Module:
    """A module's syntax."""
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def statements(node: ast.AST, *, everywhere: bool) -> Iterator[ast.stmt]:
    """The import statements below a node that run: none under ``if TYPE_CHECKING``; inside functions only ``everywhere``."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            yield from statements(ast.Module(child.orelse, []), everywhere=everywhere)
        elif everywhere or not isinstance(child, Function | ast.Lambda):
            yield from statements(child, everywhere=everywhere)


def imported(name: str, *, everywhere: bool = True) -> set[str]:
    """The full names a module imports: modules, and names that may be modules."""
    found = set()
    for statement in statements(tree(name), everywhere=everywhere):
        if isinstance(statement, ast.Import):
            found |= {alias.name for alias in statement.names}
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            assert not statement.level, f"{name}: relative import"
            found |= {statement.module} | {f"{statement.module}.{alias.name}" for alias in statement.names}
    return found


@cache
def graph() -> dict[str, set[str]]:
    """Which of our modules imports which."""
    return {
        name: {other for other in imported(name) if other in MODULES and other not in {"vidkit", name}}
        for name in MODULES
    }


def functions() -> Iterator[tuple[str, Function]]:
    """Every function of ours with where it stands."""
    for name in MODULES:
        for node in ast.walk(tree(name)):
            if isinstance(node, Function):
                yield f"{name}:{node.lineno} {node.name}", node


def length(node: Function) -> int:
    """Lines of a function from ``def`` to its end, less its docstring."""
    assert node.end_lineno
    documented = node.body[0] if ast.get_docstring(node) else None
    inside = (documented.end_lineno or 0) - documented.lineno + 1 if documented else 0
    return node.end_lineno - node.lineno + 1 - inside


def test_imports_have_no_cycle() -> None:
    """There is an order of all modules in which each imports only earlier ones, imports inside functions included."""
    left = dict(graph())
    while left:
        free = [name for name, needs in left.items() if not needs & set(left)]
        assert free, "these import each other: " + ", ".join(
            f"{name} → {sorted(needs & set(left))}" for name, needs in left.items()
        )
        for name in free:
            del left[name]


def test_values_know_no_passes() -> None:
    """The plain values at the bottom import nothing of ours but each other."""
    below = graph()
    assert below["vidkit.problems"] <= {"vidkit.tables"}
    assert below["vidkit.motion"] == set()
    assert below["vidkit.storyboard"] <= {"vidkit.motion"}
    assert below["vidkit.timeline"] <= {"vidkit.storyboard"}


@pytest.mark.parametrize("name", ["vidkit", "vidkit.cli", "vidkit.__main__"])
def test_the_command_line_starts_light(name: str) -> None:
    """``vidkit --help`` pays for click only: nothing heavy is imported at the top, not even through our own modules."""
    if name not in MODULES:
        pytest.skip("not there yet")
    seen, todo = set(), {name}
    while todo:
        module = todo.pop()
        seen.add(module)
        direct = imported(module, everywhere=False)
        heavy = {other.split(".")[0] for other in direct} & HEAVY - {"yaml"}
        assert not heavy, f"{module} imports {sorted(heavy)} at its top"
        todo |= {other for other in direct if other in MODULES} - seen


def test_few_modules_know_ffmpeg() -> None:
    """Running programs, their arguments and PyAV are these modules' business; some of them only ask for ffmpeg's version."""
    for name in MODULES:
        if name.removeprefix("vidkit.") not in KNOW_FFMPEG:
            knows = {o for o in imported(name) if o.split(".")[0] in PROGRAMS or o == "vidkit.ffmpeg"}
            assert not knows, f"{name} imports {sorted(knows)}"


def test_nothing_below_the_command_line_has_a_clock_or_chance() -> None:
    """No time, no date of today, no unseeded chance, no network: the same bytes; only the cache looks at the age of leavings, and waits."""
    allowed = {
        "vidkit.commands",
        "vidkit.commands.making",
        "vidkit.commands.watching",
        "vidkit.runs.progress",
        "vidkit.__main__",
        "vidkit.batch",
        "vidkit.cache",
    }
    banned = {"time", "random", "socket", "urllib.request", "http.client", "uuid", "secrets"}
    for name in set(MODULES) - allowed:
        assert not imported(name) & banned, f"{name} imports {sorted(imported(name) & banned)}"
        said = MODULES[name].read_text(encoding="utf-8")
        assert not [
            word
            for word in ("datetime.now(", "date.today(", "np.random.default_rng()", "np.random.rand")
            if word in said
        ], name


def test_every_module_stands_in_the_map() -> None:
    """docs/architecture.md says of every module, in its folder, what it is for, and of none that is not there."""
    text = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    block = text[text.index("\nvidkit/\n") : text.index("\n  messages/")]
    named, folder = set(), ""
    for line in block.splitlines():
        begins = re.match(r" {2,4}(\w+)(/|\.py)", line)
        if begins:
            folder = begins[1] if begins[2] == "/" else ""
        files = re.match(r"[ \w/]*?((?:\w+\.py ?)+)", line)
        named |= {
            f"vidkit.{folder}.{one}".replace("..", ".") for one in re.findall(r"(\w+)\.py", files[1] if files else "")
        }
    packages = {name.rpartition(".")[0] for name in MODULES if name.count(".") == 2}
    assert set(MODULES) - named - packages == {"vidkit", "vidkit.__main__"}
    assert named <= set(MODULES)


def test_only_posix_has_no_say_at_import() -> None:
    """Windows has none of these modules: they may be imported inside functions only."""
    for name in MODULES:
        assert not imported(name, everywhere=False) & {"fcntl", "resource", "pwd", "grp", "termios"}, name


def code_lines(name: str) -> int:
    """A module's lines without blank ones, comments and docstrings."""
    documented: set[int] = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Module | ast.ClassDef | Function) and ast.get_docstring(node):
            documented |= set(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    lines = enumerate(MODULES[name].read_text(encoding="utf-8").splitlines(), 1)
    return sum(1 for i, line in lines if i not in documented and line.strip() and not line.strip().startswith("#"))


def test_modules_stay_short() -> None:
    """No module is longer than a person reads in one go; those still to be split may not grow, and leave the list when they are."""
    lines = {name: code_lines(name) for name in MODULES}
    over = {name: count for name, count in lines.items() if count > TO_SPLIT.get(name, MODULE_LINES)}
    assert not over, f"more than {MODULE_LINES} lines of code: {over}"
    assert all(lines[name] > MODULE_LINES for name in TO_SPLIT), "shorter now: take it off the list"


def test_functions_stay_short() -> None:
    """Half of all functions have at most eight lines, none has more than sixty."""
    lines = {where: length(node) for where, node in functions()}
    over = {where: count for where, count in lines.items() if count > FUNCTION_LINES}
    assert not over, f"more than {FUNCTION_LINES} lines: {over}"
    assert statistics.median(lines.values()) <= MEDIAN_LINES


def test_everything_public_says_what_it_is() -> None:
    """Every module, public class and public function has a docstring."""
    silent = [name for name in MODULES if not ast.get_docstring(tree(name))]
    for name in MODULES:
        public = [n for n in tree(name).body if isinstance(n, Function | ast.ClassDef) and not n.name.startswith("_")]
        silent += [f"{name}.{node.name}" for node in public if not ast.get_docstring(node)]
    assert not silent


def test_names_of_the_house() -> None:
    """No module, class or function is a manager, handler, helper or util; nothing is merely processed or done."""
    banned = {"manager", "handler", "helper", "helpers", "util", "utils", "misc", "process", "do", "data", "info"}
    named = [(name, part) for name in MODULES for part in name.split(".")[1:]]
    named += [(where, node.name) for where, node in functions()]
    assert not [where for where, word in named if word.strip("_").lower() in banned - {"data"}]
