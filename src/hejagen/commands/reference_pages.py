"""Generate docs/reference from the program: rules, commands, editions, rooms and the schemas of the content."""

import importlib
import inspect
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
from pydantic import BaseModel

from hejagen.checks import AGE_CHECKS, COLLECTION_CHECKS, FILE_CHECKS, LAYER_CHECKS, SITE_CHECKS, SPELLING_CHECKS, rule
from hejagen.checks.reading_rules import READING_RULES
from hejagen.commands.ui import LANG
from hejagen.content.drawings import read_drawings
from hejagen.content.load import LISTS
from hejagen.editions import DEFAULT, EDITIONS
from hejagen.layers.stack import base_layer, stack
from hejagen.model.base import descriptions
from hejagen.model.exercise import ExerciseMeta
from hejagen.model.listing import PageMeta
from hejagen.model.program import ProgramMeta
from hejagen.model.settings import SiteFile
from hejagen.model.worksheet import WorksheetMeta
from hejagen.reading.schema import json_schema, models_in
from hejagen.reading.yaml_reader import read_yaml
from hejagen.rendering.cards import Cards
from hejagen.rendering.links import Links
from hejagen.rendering.phrases import Phrases
from hejagen.rendering.progress import Progress

SCHEMAS: Mapping[str, type[BaseModel]] = {
    "site": SiteFile,
    "exercise": ExerciseMeta,
    "program": ProgramMeta,
    "page": PageMeta,
    "worksheet": WorksheetMeta,
    **{name.removesuffix(".yaml"): model for name, model in LISTS.items()},
}
"""The schemas by name. Each YAML file names its own in its first line."""
CHECKS: tuple[Callable[..., Iterator[object]], ...] = (
    *SITE_CHECKS,
    *AGE_CHECKS,
    *COLLECTION_CHECKS,
    *SPELLING_CHECKS,
    *FILE_CHECKS,
    *LAYER_CHECKS,
)
NAMESPACES: Mapping[str, type] = {"links": Links, "phrases": Phrases, "cards": Cards, "progress": Progress}
"""Classes whose methods templates call, by the name that templates use."""
FILLED = ("templates.md",)
"""Pages below docs/reference that are written by hand and contain generated tables."""
FAULTS = "tests/checks/faults.yaml"
"""The faults that tests put into a layer, below the folder of the base."""
PLACE = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.S)
"""The place of a generated table in such a page."""
MADE = "This page is made by `hejagen reference --write`. Change the program, not the page."


def reference_files(command: click.Group) -> dict[str, str]:
    """Return the texts of the generated files below docs/reference, by path."""
    pages = {f"schemas/{name}.schema.json": _schema(model) for name, model in SCHEMAS.items()}
    pages["rules.md"] = rules_page()
    pages["commands.md"] = commands_page(command)
    pages["content.md"] = content_page()
    pages["editions.md"] = editions_page()
    pages["faults.md"] = faults_page(base_layer().folder / FAULTS)
    pages["rooms.md"] = rooms_page(base_layer().folder / "pyproject.toml")
    return pages


def _schema(model: type[BaseModel]) -> str:
    """Return the schema of a model as editors need it. They suggest the motifs of the base, though a layer may have
    others, and demand no key of site.yaml: a layer writes what differs, and keys are merged one level deep."""
    drawings, _ = read_drawings(stack(()))
    whole = json.loads(json_schema(model))
    for part in whole.get("$defs", {}).values():
        if drawings and "motif" in part.get("properties", {}):
            usual = part["properties"]["motif"]
            part["properties"]["motif"] = {
                "description": usual["description"],
                "anyOf": [{"enum": [*drawings.motifs]}, usual],
            }
    if model is SiteFile:
        merged = [inner.__name__ for field in model.model_fields.values() for inner in models_in(field.annotation)]
        for part in (whole, *(whole["$defs"][name] for name in merged)):
            part.pop("required", None)
        feedback = whole["properties"]["feedback"]
        feedback["anyOf"] = feedback.pop("oneOf")
        del feedback["discriminator"]
    return json.dumps(whole, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def filled_pages(folder: Path) -> dict[str, str]:
    """Return the texts of the pages in FILLED by name, with new tables. `folder` is docs/reference."""
    tables = {name: _calls(name, namespace) for name, namespace in NAMESPACES.items()}
    texts = {name: (folder / name).read_text("utf-8") for name in FILLED}
    return {name: PLACE.sub(lambda place: place[1] + tables[place[2]] + place[3], text) for name, text in texts.items()}


def _calls(name: str, namespace: type) -> str:
    """Return a table of the public methods of a namespace with their docstrings."""
    rows = ["| call | gives |\n|---|---|\n"]
    for method, function in vars(namespace).items():
        if inspect.isfunction(function) and not method.startswith("_"):
            parameters = [_parameter(parameter) for parameter in inspect.signature(function).parameters.values()]
            line = " ".join((function.__doc__ or "").split())
            rows.append(f"| `{name}.{method}({', '.join(parameters[1:])})` | {line} |\n")
    return "".join(rows)


def _parameter(parameter: inspect.Parameter) -> str:
    if parameter.default is parameter.empty:
        return parameter.name
    return f"{parameter.name}={str(parameter.default).lower()}"


def all_rules() -> dict[str, str]:
    """Return every rule with its line in the reference."""
    checked = {rule(check): (check.__doc__ or "").strip() for check in CHECKS}
    return dict(sorted({**READING_RULES, **checked}.items()))


def rules_page() -> str:
    """Return the list of rules as Markdown."""
    rows = "".join(f"| `{name}` | {line} |\n" for name, line in all_rules().items())
    return f"# Rules\n\n{MADE}\n\n| rule | what it finds |\n|---|---|\n{rows}"


def commands_page(command: click.Group) -> str:
    """Return the help texts of all commands as Markdown."""
    parts = [f"# Commands\n\n{MADE}\n"]
    for path, walked in _walk("hejagen", command):
        with click.Context(walked, info_name=path, terminal_width=100, **command.context_settings) as context:
            context.meta[LANG] = "en"
            parts.append(f"\n## {path}\n\n```text\n{walked.get_help(context)}\n```\n")
    return "".join(parts)


def _walk(path: str, command: click.Command) -> list[tuple[str, click.Command]]:
    commands = [(path, command)]
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            commands.extend(_walk(f"{path} {name}", command.commands[name]))
    return commands


def content_page() -> str:
    """Return the keys of every content file as Markdown, and those inside them."""
    parts = [f"# Content files\n\n{MADE}\n"]
    for name, model in SCHEMAS.items():
        summary = (model.__doc__ or "").strip().splitlines()[0] if model.__doc__ else ""
        parts.append(f"\n## {name}\n\n{summary}\n\n{_keys(model)}")
        parts.extend(f"\n### {name}: `{path}`\n\n{_keys(inner)}" for path, inner in _inner(model))
    return "".join(parts)


def _keys(model: type[BaseModel]) -> str:
    written = descriptions(model)
    rows = (
        f"| `{key}` | {'yes' if info.is_required() else 'no'} | {' '.join(written.get(key, '').split())} |\n"
        for key, info in model.model_fields.items()
    )
    return "| key | required | meaning |\n|---|---|---|\n" + "".join(rows)


def _inner(model: type[BaseModel], path: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield the models inside a model with the way to each, such as `accessibility.faults`. Where one of several may
    stand, its kind follows."""
    for key, info in model.model_fields.items():
        inner = [*models_in(info.annotation)]
        for each in inner:
            kind = f", kind: {each.__name__.lower()}" if len(inner) > 1 else ""
            yield f"{path}{key}{kind}", each
            yield from _inner(each, f"{path}{key}.")


def editions_page() -> str:
    """Return the table of editions as Markdown."""
    rows = []
    for edition in EDITIONS.values():
        built = "always" if edition in DEFAULT else f"`--edition {edition.name}`"
        opened = "from a disk" if edition.medium.from_disk else "on a server"
        offers = ", ".join(f"`{offered.name}`" for offered in edition.offers)
        cells = (f"`{edition.name}`", edition.summary, f"`dist/{edition.name}/`", built, opened, offers)
        rows.append(f"| {' | '.join(cells)} |\n")
    head = "| edition | what it is | in | built | opened | offers for download |\n|---|---|---|---|---|---|\n"
    return f"# Editions\n\n{MADE}\n\n{head}{''.join(rows)}"


def faults_page(table: Path) -> str:
    """Return the accessibility faults that the tests put into layers, by criterion, as Markdown."""
    faults = read_yaml(table.read_text("utf-8"), str(table)).data
    rows = "".join(
        f"| {fault['criterion']} | {fault['id'].replace('-', ' ')} | `{fault['file']}` | `{fault['rule']}` | "
        f"{'`check --browser`' if 'browser' in fault else 'the build'} |\n"
        for fault in sorted(faults, key=lambda fault: [*map(int, fault["criterion"].split("."))])
    )
    seen = sum("browser" in fault for fault in faults)
    return (
        f"# Faults that are found\n\n{MADE}\n\nEach of these {len(faults)} accessibility faults is put alone "
        f"into a layer, in the file that is named. The build finds {len(faults) - seen} of them by the rule beside it, "
        "and names that file (`tests/checks/test_faults.py`). The others are seen in a browser alone: `hejagen check "
        "--browser` finds them, and names the file where the layer's own files say what the finding points at "
        "(`tests/browser/test_faults.py`). What they change is in `tests/checks/faults.yaml`.\n\n"
        f"| criterion | fault | in | rule | found by |\n|---|---|---|---|---|\n{rows}"
    )


def rooms_page(project: Path) -> str:
    """Return the packages of the program as Markdown, from top to bottom, each with the first words of its docstring.

    `project` is the pyproject.toml that holds the contract of who imports whom.
    """
    contracts = tomllib.loads(project.read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    floors = next(contract["layers"] for contract in contracts if contract["id"] == "below")
    rows = "".join(
        f"| {floor} | `{name}` | {_about(name)} |\n"
        for floor, names in enumerate(floors[1:], 1)
        for name in names.split(" | ")
    )
    return (
        f"# Rooms\n\n{MADE}\n\nA module imports only from rooms on the floors below its own, and from its own room. "
        "Rooms on one floor do not know each other. `python3 build.py lint` holds both, and refuses circles.\n\n"
        f"| floor | room | what it is for |\n|---|---|---|\n{rows}"
    )


def _about(name: str) -> str:
    text = importlib.import_module(f"hejagen.{name}").__doc__ or ""
    return " ".join(text.split())
