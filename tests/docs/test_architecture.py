"""The house stands as docs/explanation/the-straight-line.md says."""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCE = ROOT / "src" / "hejagen"


def modules() -> dict[str, Path]:
    """The modules by name; packages count as one."""
    return {path.relative_to(SOURCE).with_suffix("").as_posix(): path for path in SOURCE.rglob("*.py")}


def imports(path: Path) -> set[str]:
    """Names of what a file imports, in full."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def users(package: str) -> set[str]:
    """The modules that import a package."""
    return {name for name, path in modules().items() if any(i.split(".")[0] == package for i in imports(path))}


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("selenium", {"browser/start"}),
        ("pagefind_bin", {"search/pagefind"}),
        ("jinja2", {"rendering/templates", "rendering/render", "rendering/sandbox", "rendering/trace", "words/stale"}),
        ("yaml", {"reading/yaml_reader"}),
        ("markdown_it", {"reading/markdown"}),
        ("lxml", {"checks/page_policy", "editions/alike", "editions/offline", "editions/single", "content/svg"}),
        ("coloraide", {"theme/colour"}),
        ("watchfiles", {"preview"}),
        ("distributed", {"fleet/run"}),
        ("segno", {"rendering/qr"}),
    ],
)
def test_each_tool_has_one_place(package: str, allowed: set[str]) -> None:
    """A library is known in one place only."""
    assert users(package) == allowed


def test_the_house_has_rooms() -> None:
    """At most eight modules lie directly in the package; all else has a room."""
    beside = {path.stem for path in SOURCE.glob("*.py")} - {"__init__", "__main__"}
    assert len(beside) <= 8, sorted(beside)


def test_each_room_says_where_to_begin() -> None:
    """The docstring of a package names the file to read first, which is there."""
    for path in SOURCE.rglob("*/__init__.py"):
        first = re.search(r"Read (\w+\.py) first", ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "")
        assert first and (path.parent / first[1]).is_file(), path


def test_tests_lie_in_the_room_that_they_test() -> None:
    """The folders with tests are named as the packages, but for what stands above one room."""
    rooms = {path.parent.name for path in (ROOT / "tests").glob("*/test_*.py")}
    assert rooms - {path.parent.name for path in SOURCE.glob("*/__init__.py")} == {"docs", "stories"}


def test_nothing_is_imported_from_a_test() -> None:
    """What several tests use lies in tests/helpers.py or tests/browser/helpers.py."""
    for path in [*(ROOT / "tests").rglob("*.py"), *(ROOT / "bench").glob("*.py")]:
        assert not [name for name in imports(path) if re.search(r"\btests\..*\btest_", name)], path


def test_nobody_asks_for_an_editions_name() -> None:
    """Where editions differ, the difference is a field."""
    for path in [*SOURCE.rglob("*.py"), *(ROOT / "layouts").rglob("*.html")]:
        assert not re.search(r"edition\.name\s*[=!]=", path.read_text("utf-8")), path


CLOCKS = {
    "date.today", "datetime.now", "datetime.today", "datetime.utcnow",
    "time.time", "time.time_ns", "time.localtime", "time.gmtime", "time.ctime", "time.strftime",
}  # fmt: skip
"""What tells which day it is."""


def attributes(path: Path) -> set[str]:
    """What a file takes from a name, such as date.today."""
    nodes = (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Attribute))
    return {f"{node.value.id}.{node.attr}" for node in nodes if isinstance(node.value, ast.Name)}


def test_only_commands_ask_for_the_day() -> None:
    """The clock's date is asked for in one function, which only commands call; all others, and tests, get a value."""
    paths = [path for folder in ("src", "tests", "bench") for path in (ROOT / folder).rglob("*.py")]
    asking = {path.relative_to(ROOT).as_posix() for path in paths if attributes(path) & CLOCKS}
    calling = {
        path.parent.relative_to(ROOT).as_posix() for path in paths if "hejagen.commands.today.today" in imports(path)
    }
    assert asking == {"src/hejagen/commands/today.py"}
    # A test holds the function to what it says.
    assert calling == {"src/hejagen/commands", "bench", "tests/checks"}


def test_everything_public_is_documented() -> None:
    """Every public module, class and function has a docstring."""
    for name, path in modules().items():
        tree = ast.parse(path.read_text("utf-8"))
        assert ast.get_docstring(tree), name
        for node in tree.body:
            if (
                isinstance(node, (ast.FunctionDef, ast.ClassDef))
                and not node.name.startswith("_")
                and not name.startswith("model/")
            ):
                assert ast.get_docstring(node), f"{name}.{node.name}"


def test_styles_use_tokens_only() -> None:
    """No colour stands in a style outside print, and no id or !important."""
    for path in (ROOT / "layouts").rglob("*.css"):
        css = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)
        css = re.sub(r"@media print \{.*\}", "", css, flags=re.S)
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgb\(|hsl\(|!important|color-mix", css), path


def test_template_lines_are_short() -> None:
    """No line of a template is longer than 140 characters."""
    endings = (".html", ".atom", ".xml", ".txt", ".webmanifest")
    for path in (path for path in (ROOT / "layouts").rglob("*") if path.suffix in endings):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            assert len(line) <= 140, f"{path.relative_to(ROOT)}:{number} has {len(line)} characters"
