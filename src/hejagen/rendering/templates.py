"""Templates of all layers, found by name: the top layer's file wins, and `!name` means the same name one layer down."""

import marshal
import re
import traceback
from collections.abc import Callable
from types import CodeType

from jinja2 import BaseLoader, BytecodeCache, Environment, FileSystemLoader, StrictUndefined, TemplateNotFound
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from markupsafe import Markup

from hejagen.layers.stack import Layers, Source, base_layer
from hejagen.messages import say
from hejagen.problems import BuildStopped, Location, Problem
from hejagen.rendering.renamed import new_name
from hejagen.rendering.sandbox import OverLimit, Sandbox, limited, too_much
from hejagen.rendering.template_words import in_our_words
from hejagen.store.folder import store
from hejagen.store.key import code_version, digest

FOLDER = "layouts/"
ENDINGS = (".html", ".xml", ".atom", ".txt", ".webmanifest", ".css")
PLAIN = (".txt", ".webmanifest")
"""Of these, what is plain text or JSON: nothing is escaped in it as in markup."""
MISTAKES = (TemplateError, TypeError, LookupError, AttributeError, ValueError, ArithmeticError, MemoryError)
"""What a mistake in a template can raise."""
FRAME = re.compile(r'^  File "(.*)", line (\d+) in ', re.M)
"""Matches a place in the stack that faulthandler writes, the innermost first: file and line."""
SHORTER = say("take out what repeats itself: a loop in a loop, a list in itself")
"""What to do about a page that takes too much."""
MACRO = re.compile(r"macro '(\w+)' takes ")
JSON = {"sort_keys": True, "ensure_ascii": False, "separators": (",", ":")}
"""How `tojson` writes values: in as few bytes as it can, because hundreds of pages hold some."""
MAX_COMPILED = 2_000
"""Templates that are kept compiled; the base has about 60."""


Mark = Callable[[str, Source], str]
"""Returns the text of a template to use in place of what its file holds."""


class _Loader(BaseLoader):
    """Names are "pages/exercise.html" (top layer) or "2!pages/exercise.html" (at most that many layers up)."""

    def __init__(self, layers: Layers, mark: Mark | None) -> None:
        self.layers = layers
        self.mark = mark

    def sources(self, name: str) -> tuple[Source, ...]:
        level, _, path = name.rpartition("!")
        found = self.layers.all_of(FOLDER + path)
        return found[: int(level)] if level else found

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = self.sources(template)
        if not found:
            raise TemplateNotFound(template)
        text, problems = self.layers.text(found[-1])
        if problems:
            raise BuildStopped(tuple(problems))
        return self.mark(text, found[-1]) if self.mark else text, found[-1].shown, lambda: True


class _Compiled(BytecodeCache):
    """What templates were compiled to, by name and text, for all languages, editions and layers, here and in the store.

    Nothing of one environment may stand in it: filters of a language take the context, which Jinja has only later."""

    def __init__(self) -> None:
        self.code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.code.get((bucket.key, bucket.checksum))
        if bucket.code is None and (data := store().get(_key(bucket))):
            bucket.code = self.code[bucket.key, bucket.checksum] = marshal.loads(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code and len(self.code) < MAX_COMPILED:
            self.code[bucket.key, bucket.checksum] = bucket.code
            store().put(_key(bucket), marshal.dumps(bucket.code))


def _key(bucket: Bucket) -> str:
    return digest(("template", code_version(), bucket.key, bucket.checksum)).hex()


COMPILED = _Compiled()


class _Environment(Sandbox):
    """The sandbox, in which names that begin with ! are looked for one layer down."""

    def join_path(self, template: str, parent: str) -> str:
        if not template.startswith("!"):
            return template
        loader = self.loader
        assert isinstance(loader, _Loader)
        return f"{len(loader.sources(parent)) - 1}{template}"


def environment(layers: Layers, mark: Mark | None = None) -> Environment:
    """Return the Jinja environment for a stack of layers: strict, escaping in markup, with gettext."""
    made = _Environment(
        loader=_Loader(layers, mark),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        undefined=StrictUndefined,
        autoescape=lambda name: not (name or "").endswith(PLAIN),
        optimized=False,  # working out what is constant takes a fifth of compiling, and gains nothing
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
    )
    made.policies["json.dumps_kwargs"] = JSON
    return made


def base_environment(folder: str) -> Environment:
    """Return the Jinja environment for a folder of the base layer's layouts whose files are no markup.

    Nothing is escaped and no layer is asked: a template says itself how a value is quoted.
    """
    return Environment(
        loader=FileSystemLoader(base_layer().folder / FOLDER / folder),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=COMPILED,
    )


def has_templates(layers: Layers) -> bool:
    """Return whether a layer above the base has templates of its own."""
    own = (path for layer in layers.layers[1:] for path in layers.files[layer.name])
    return any(path.startswith(FOLDER) and path.endswith(ENDINGS) for path in own)


def macro(environment: Environment, component: str) -> Callable[..., Markup]:
    """Return the macro of a component, to call from here. Raises BuildStopped with the fault of its file."""
    path = f"components/{component}/{component}.html"
    try:
        with limited():
            template = environment.get_template(path)
            found: Callable[..., Markup] | None = getattr(template.module, component, None)
    except Exception as error:
        raise BuildStopped((problem_of(error, path),)) from error
    if found is None:
        at = Location(template.filename or FOLDER + path)
        message = say('the file has no macro "{component}"', component=component)
        raise BuildStopped((Problem(at, "template-missing", message, say("begin it as the base layer's file begins")),))
    return found


def problem_of(error: Exception, template: str) -> Problem:
    """Return the problem that an error in a template is, with the template's own file and line.

    Raises the error itself when it did not come from a template: then it is a fault of ours.
    """
    if isinstance(error, BuildStopped):
        return error.problems[0]
    if isinstance(error, TemplateSyntaxError):
        at = Location(error.filename or FOLDER + template, error.lineno)
        return Problem(
            at,
            "template-syntax",
            in_our_words(str(error.message)),
            say("compare with the same template of the base layer"),
        )
    places = [
        Location(frame.f_code.co_filename, line)
        for frame, line in traceback.walk_tb(error.__traceback__)
        if frame.f_code.co_filename.endswith(ENDINGS)
    ]
    at = places[-1] if places else Location(getattr(error, "filename", None) or FOLDER + template)
    if isinstance(error, TemplateNotFound):
        name = str(error.name).lstrip("0123456789")
        return Problem(
            at,
            "template-missing",
            say('there is no template "{name}"', name=name),
            say("look at the spelling of its name"),
        )
    if isinstance(error, (RecursionError, SyntaxError)):  # of Python: it nests what templates nest
        at, message = min(places, default=at), say("the template includes or extends itself, or is nested too deep")
        return Problem(at, "template-syntax", message, say("to build on the layer below, write ! before the name"))
    if isinstance(error, UnicodeEncodeError):
        return Problem(
            at,
            "template-variable",
            say("the template writes half a character"),
            say("take out escapes such as \\ud800"),
        )
    if isinstance(error, ValueError) and any(
        frame.f_code.co_filename.endswith("jinja2/lexer.py") for frame, _ in traceback.walk_tb(error.__traceback__)
    ):
        return Problem(
            at,
            "template-syntax",
            say("the template holds a number with thousands of digits"),
            say("write a smaller one"),
        )
    if not isinstance(error, OverLimit) and not (places and isinstance(error, MISTAKES)):
        raise error
    message = in_our_words(said := str(error) or type(error).__name__)
    hint = SHORTER if isinstance(error, OverLimit) else say("docs/reference/templates.md lists what a template gets")
    if macro := MACRO.match(said):  # its file is at fault, not the one that calls it
        name = macro[1].replace("_", "-")
        hint = say("begin {path} as the base's file begins", path=f"{FOLDER}components/{name}/{name}.html")
    if renamed := new_name(said):
        hint = say("it is called {name} now", name=renamed)
    return Problem(at, "template-variable", message, hint)


def problem_of_stack(stack: str, layers: Layers) -> Problem | None:
    """Return the problem of a template that the system had to stop, with its own file and line, or None when the stack
    that Python wrote then names no template."""
    templates = {
        source.shown.encode("ascii", "backslashreplace").decode(): (f"{level}!{path.removeprefix(FOLDER)}", source)
        for path in layers.find(FOLDER.rstrip("/"))
        for level, source in enumerate(layers.all_of(path), 1)
    }
    frames = [(*templates[file], int(line)) for file, line in FRAME.findall(stack) if file in templates]
    for name, source, line in frames[:1]:
        written = environment(layers).get_template(name).get_corresponding_lineno(line)
        return Problem(Location(source.shown, written), "template-variable", in_our_words(too_much()), SHORTER)
    return None
