"""Readers get real files in which bytes are changed at random, until the time is up:

    python3 build.py bench fuzz [MINUTES] [--seed SEED] [--only WORDS]

Every file stands in a layer of its own, and all are read in one process. Printed are the inputs that end in a fault of
the program, that take more than SECONDS of work, and for which the process grows by more than MEMORY; each is saved in
a folder for temporary files. Ends with 1 when there is one. Linux only.
"""

import argparse
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
os.environ["HEJAGEN_CACHE"] = ""

from hejagen.checks.markup import read as read_markup  # noqa: E402
from hejagen.checks.page_policy import page_policy  # noqa: E402
from hejagen.checks.styles import declarations  # noqa: E402
from hejagen.content.brand_files import clean_logo  # noqa: E402
from hejagen.content.load import LISTS  # noqa: E402
from hejagen.content.pictures import read_pictures  # noqa: E402
from hejagen.content.planes import read_drawing  # noqa: E402
from hejagen.content.raster import Refused as RefusedPicture  # noqa: E402
from hejagen.content.record import read_record  # noqa: E402
from hejagen.content.spelling import read_word_lists  # noqa: E402
from hejagen.editions import EDITIONS  # noqa: E402
from hejagen.layers.folder import LOCK, RECORD, SETTINGS  # noqa: E402
from hejagen.layers.lock import read_lock  # noqa: E402
from hejagen.layers.piece import read_piece  # noqa: E402
from hejagen.layers.stack import Layer, Layers, Source  # noqa: E402
from hejagen.model.component import ComponentFile  # noqa: E402
from hejagen.model.exercise import ExerciseMeta  # noqa: E402
from hejagen.model.listing import PageMeta  # noqa: E402
from hejagen.model.program import ProgramMeta  # noqa: E402
from hejagen.model.settings import SiteFile  # noqa: E402
from hejagen.model.site import Origin  # noqa: E402
from hejagen.model.worksheet import WorksheetMeta  # noqa: E402
from hejagen.output import File  # noqa: E402
from hejagen.pipeline import read  # noqa: E402
from hejagen.problems import as_text  # noqa: E402
from hejagen.reading.markdown import parse  # noqa: E402
from hejagen.reading.schema import validate  # noqa: E402
from hejagen.reading.yaml_reader import Reading, read_yaml, span  # noqa: E402
from hejagen.rendering.sandbox import limited  # noqa: E402
from hejagen.rendering.templates import environment, problem_of  # noqa: E402
from hejagen.theme.css import small, style_faults  # noqa: E402
from hejagen.theme.script import repeated_names, script_faults  # noqa: E402
from hejagen.words.translate import translator  # noqa: E402

SECONDS = 2.0
"""Of work, for one input."""
ENOUGH = 20
"""Seconds of work after which an input is left, as far as it is Python that works."""
MEMORY = 100_000_000
"""Bytes by which the process may grow over one input."""
MOST = 1_500_000_000
"""Bytes of address space beyond those of the beginning."""
MANY = 20
"""Bytes that are changed at most, in one input."""
Reader = Callable[[Layers, Source], None]
MODELS: dict[str, Any] = {
    "exercises": ExerciseMeta,
    "pages": PageMeta,
    "programs": ProgramMeta,
    "worksheets": WorksheetMeta,
    **LISTS,
}


class TooLong(BaseException):
    """Comes when an input has taken ENOUGH."""


def texts(layers: Layers, source: Source) -> None:
    """Read a file of content, or settings; look for the place of each value; say what is wrong with it."""
    parts = source.path.split("/")
    model = SiteFile if source.path == SETTINGS else MODELS[parts[-1] if parts[-1] in LISTS else parts[2]]
    piece = read_piece(layers, source, parts[2] if len(parts) > 3 else "")
    said = [*piece.problems, *piece.reading.problems]
    if not piece.problems and not piece.reading.broken:
        said += validate(model, piece.reading, source.shown)[1]
        if source.path.endswith(".yaml") and piece.reading.root:
            places(layers, source, piece.reading)
    parse(piece.body, "sv", offset=piece.offset)
    for problem in said:
        as_text(problem)


def places(layers: Layers, source: Source, reading: Reading) -> None:
    """Ask for the place of each value on the first two levels, which a decision on a patch does."""
    text, problems = layers.text(source)
    assert not problems and reading.root
    for key, node in list(reading.root.children.items())[:4]:
        assert span(text, (key,)), key
        for inner in list(node.children)[:2]:
            assert span(text, (key, inner)), (key, inner)


def components(layers: Layers, source: Source) -> None:
    """Read the facts of a component."""
    text, problems = layers.text(source)
    reading = read_yaml(text, source.shown)
    if not problems and not reading.broken:
        validate(ComponentFile, reading, source.shown)


def styles(layers: Layers, source: Source) -> None:
    """Read a style as the checks do, and make it small."""
    text, _ = layers.text(source)
    list(style_faults(text, source.shown))
    declarations(text)
    small(text)


def scripts(layers: Layers, source: Source) -> None:
    """Read a script."""
    text, _ = layers.text(source)
    if not script_faults(text, source.shown):
        list(repeated_names({"a.js": text, "b.js": text}))


def catalogues(layers: Layers, source: Source) -> None:
    """Read a catalogue."""
    translator(layers, source.path.split("/")[2])


def templates(layers: Layers, source: Source) -> None:
    """Compile a template, and read it as if it were a page."""
    text, problems = layers.text(source)
    made = environment(layers)
    try:
        with limited():
            made.from_string(text)
    except Exception as error:
        problem_of(error, source.path)
    read_markup(text)
    if not problems:
        page = File("index.html", text.encode(), Origin(source.path, source.layer, None))
        list(page_policy(layers, [page], EDITIONS["web"].policy(SITE)))


def drawings(layers: Layers, source: Source) -> None:
    """Read a drawing for covers."""
    read_drawing(layers.text(source)[0], source.shown)


def pictures(layers: Layers, source: Source) -> None:
    """Read a picture, and the same as a logo."""
    read_pictures(layers, "content/sv/images")
    with suppress(RefusedPicture):
        clean_logo(source.path, layers.data(source)[0])


def word_lists(layers: Layers, source: Source) -> None:
    """Read a list of words."""
    read_word_lists(layers, "content/sv")


def locks(layers: Layers, source: Source) -> None:
    """Read what a layer has noted."""
    read_lock(layers, layers.layers[-1])


def records(layers: Layers, source: Source) -> None:
    """Read what the last check of accessibility found."""
    read_record(layers)


KINDS: tuple[tuple[str, str, Reader], ...] = (
    ("content/sv/*/*.md", "", texts),
    ("content/sv/*/*.yaml", "", texts),
    ("content/sv/*.yaml", "", texts),
    ("content/sv/spelling.txt", "", word_lists),
    ("site.yaml", "", texts),
    ("tests/publisher/site.yaml", SETTINGS, texts),
    ("layers/*/site.yaml", SETTINGS, texts),
    ("layers/*/upstream.lock.json", LOCK, locks),
    ("accessibility-check.json", RECORD, records),
    ("layouts/**/*.html", "", templates),
    ("tests/golden/*/*.html", "layouts/pages/page.html", templates),
    ("layouts/components/*/*.yaml", "", components),
    ("layouts/**/*.css", "", styles),
    ("layouts/**/*.js", "", scripts),
    ("**/locale/sv/**/messages.po", "layouts/locale/sv/LC_MESSAGES/messages.po", catalogues),
    ("layouts/covers/**/*.svg", "", drawings),
    ("layouts/covers/**/*.svg", "content/sv/images/bild.svg", pictures),
    ("layers/*/brand/*.svg", "content/sv/images/bild.svg", pictures),
    ("tests/problems/picture-cleaned/**/*.jpg", "content/sv/images/bild.jpg", pictures),
    ("tests/problems/heavy-picture/**/*.gif", "content/sv/images/bild.gif", pictures),
    ("docs/images/*.png", "content/sv/images/bild.png", pictures),
)
"""Files below the root, the path that they get in a layer when it is not their own, and what reads them."""
SITE = read((ROOT / "tests" / "publisher",), date(2026, 11, 28)).site


def spoiled(data: bytes, other: bytes, by: random.Random) -> bytes:
    """Return bytes with some changes: put in, taken out, doubled, moved, or a piece of another file of the kind."""
    out = bytearray(data)
    for _ in range(by.choice((1, 1, 2, 3, MANY))):
        place = by.randrange(len(out) + 1)
        length = by.choice((1, 1, 2, 4, 16, 200, 3_000))
        piece = bytes(out[place : place + length])
        match by.randrange(9):
            case 0:
                out[place : place + length] = by.randbytes(min(length, 16))
            case 1:
                del out[place : place + length]
            case 2:
                out[place:place] = piece * by.choice((1, 2, 30))
            case 3:
                start = by.randrange(len(other) + 1)
                out[place:place] = other[start : start + length]
            case 4 if piece:
                out[place] ^= 1 << by.randrange(8)
            case 5:
                out[place:place] = by.choice(SIGNS) * by.choice((1, 1, 2, 300))
            case 6:
                target = by.randrange(len(out) + 1)
                del out[place : place + length]
                out[target:target] = piece
            case 7:
                out[place : place + length] = by.choice(WORDS)
            case _:
                del out[place:]
                out += other[by.randrange(len(other) + 1) :]
    return bytes(out)


SIGNS = tuple(sign.encode() for sign in "\"'`:#{}[]()<>&%@!|*-_\\/,;=?~^$+\n\t \r.0\0å\u0308")
WORDS = (
    (
        "null ~ [] {} 9999999999999999999 -1 1e999 .nan --- ... &a *a !!str %YAML | > {{ }} {% %} {# <!-- --> <script> "
        "</style> /* */ url( calc( nplurals= msgid plural=n/0; <!DOCTYPE <![CDATA[ ]]> &#0; &lol; 2026-02-30 \\ud800 "
        "\\x %(a)s ${ => (?: // İ ſ"
    )
    .encode()
    .split()
)


def inputs(seed: int, only: str) -> Iterator[tuple[str, str, bytes, Reader]]:
    """Yield the file, its path in a layer, the bytes and the reader of one input after the other, without end."""
    by = random.Random(seed)
    kinds = [
        (sorted(path for path in ROOT.glob(pattern) if not {".venv", "dist"} & set(path.parts)), target, reader)
        for pattern, target, reader in KINDS
        if only in pattern
    ]
    kinds = [kind for kind in kinds if kind[0]]
    while True:
        files, target, reader = by.choice(kinds)
        file = by.choice(files)
        shown = file.relative_to(ROOT).as_posix()
        yield shown, target or shown, spoiled(file.read_bytes(), by.choice(files).read_bytes(), by), reader


def tried(folder: Path, path: str, data: bytes, reader: Reader) -> str:
    """Read one input. Return what was wrong with how that went, or nothing."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    source = Source(path, "layer", file, path)
    below = Layer("base", folder / "base")
    layers = Layers(
        (below, Layer("layer", folder)),
        {"base": {}, "layer": {path: source}},
        dict.fromkeys(("base", "layer"), Reading()),
    )
    memory, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, ENOUGH)
    try:
        reader(layers, source)
    except TooLong:
        return "".join(traceback.format_exc().splitlines(True)[-8:])
    except Exception:
        return "".join(traceback.format_exc().splitlines(True)[-8:])
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    seconds = time.process_time() - begun
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) * 1024
    file.unlink()
    if seconds > SECONDS:
        return f"{seconds:.1f} seconds\n"
    return f"{grown // 1_000_000} MB more\n" if grown > MEMORY else ""


def too_long(signum: int, frame: FrameType | None) -> None:
    """End an input that takes too long."""
    raise TooLong


def main() -> int:
    """Try inputs until the time is up, print what is wrong and how many there were, and return the exit code."""
    asked = argparse.ArgumentParser()
    asked.add_argument("minutes", nargs="?", type=float, default=30)
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--only", default="")
    options = asked.parse_args()
    print(f"seed {options.seed}", flush=True)
    signal.signal(signal.SIGVTALRM, too_long)
    space = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (space + MOST, space + MOST))
    end = time.monotonic() + options.minutes * 60
    tally: Counter[str] = Counter()
    places: Counter[str] = Counter()
    saved = Path(tempfile.mkdtemp(prefix="fuzz-"))
    with tempfile.TemporaryDirectory(dir="/dev/shm") as place:
        for number, (shown, path, data, reader) in enumerate(inputs(options.seed, options.only)):
            if time.monotonic() > end:
                break
            tally[reader.__name__] += 1
            if wrong := tried(Path(place), path, data, reader):
                places[wrong] += 1
                if places[wrong] == 1:
                    (saved / f"{number}-{Path(path).name}").write_bytes(data)
                    print(f"{number} {shown}\n{wrong}", flush=True)
    print(f"{sum(tally.values())} inputs: {dict(tally)}; {len(places)} kinds of fault; inputs saved in {saved}")
    return int(bool(places))


if __name__ == "__main__":
    sys.exit(main())
