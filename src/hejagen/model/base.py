"""What the models of all content files share: the kinds of values."""

import ast
import inspect
from collections.abc import Mapping
from datetime import MAXYEAR, date
from itertools import pairwise
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hejagen.messages import Message
from hejagen.model.choices import Area, Mode

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Minutes = Annotated[int, Field(ge=0, le=480)]
Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
PORT = r"(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
HOST = r"[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_.-]*"
"""The name of a computer, in any alphabet. Not `\\w`: schemas are read as ECMAScript, where that is a to z alone."""
WebAddress = Annotated[str, StringConstraints(pattern=rf'^https?://{HOST}{PORT}([/?#][^\s"<>]*)?$')]
ENCODED = r"%20|%[CDcd][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]|%[Ee][0-9A-Fa-f](%[89ABab][0-9A-Fa-f]){2}"
"""A space, or a letter beyond a to z, as browsers copy them from the address bar: percent-encoded UTF-8 (RFC 3987)."""
SiteAddress = Annotated[
    str, StringConstraints(pattern=rf'^https?://{HOST}{PORT}(/([^\s"#$%<>?\[\\\]^`{{|}}]|{ENCODED})*)?$')
]
"""The address of a whole site: no query and no anchor, since paths are put behind it, and no sign that means something
in the configuration of a server."""
Endpoint = Annotated[
    str,
    StringConstraints(pattern=rf"^(https?://[A-Za-z0-9][A-Za-z0-9.-]*{PORT}(/|$)|/?[\w.~-])[\w./~%?=&+-]*$"),
]
"""Where a form is sent: an https address, or a path of the site. Its host stands in the security policy, which must not
be written on by anybody: no spaces, quotes, commas or semicolons."""


def descriptions(model: type[BaseModel]) -> dict[str, str]:
    """Return what is written below each key of a model, in the classes that it is made of.

    Pydantic reads it as well, but whenever the program begins, which takes a tenth of a second.
    """
    written: dict[str, str] = {}
    for part in reversed(model.__mro__):
        if issubclass(part, BaseModel) and part is not BaseModel:
            [written_class] = ast.parse(inspect.getsource(part)).body
            assert isinstance(written_class, ast.ClassDef)
            for key, text in pairwise(written_class.body):
                match key, text:
                    case ast.AnnAssign(ast.Name(name)), ast.Expr(ast.Constant(str(description))):
                        written[name] = inspect.cleandoc(description)
    return written


def _describe(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Put the descriptions of a model into its schema."""
    for key, description in descriptions(model).items():
        if key in schema["properties"]:
            schema["properties"][key]["description"] = description


class Model(BaseModel):
    """A frozen mapping in a YAML file. Unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, json_schema_extra=_describe)

    RETIRED: ClassVar[Mapping[str, Message]] = {}
    """Keys that the file once had, each with what its author does now. They are read past with a warning."""


class Source(Model):
    """What a text was translated from, so that a build tells when it has changed since."""

    id: Slug | None = None
    """Id of the text in the main language, when it is another than the translation's own."""
    hash: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}$")]
    """Hash, in quotes, of the text when it was translated. The warning `changed-source` says the present one."""


def year_after(day: date) -> date:
    """Return the last of the twelve months that begin on a day: the same date a year later; of 29 February the 28th."""
    return day.replace(year=min(day.year + 1, MAXYEAR), day=28 if (day.month, day.day) == (2, 29) else day.day)


class CoverChoice(Model):
    area: Area
    """Area that gives the colours."""
    mode: Mode
    """Mode that gives the gesture."""
    motif: Slug
    """What is drawn: the name of a file in layouts/covers."""
