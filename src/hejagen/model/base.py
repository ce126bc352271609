"""What the models of all content files share: the kinds of values and the choices."""

from collections.abc import Mapping
from datetime import MAXYEAR, date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from hejagen.messages import Message

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=60)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Minutes = Annotated[int, Field(ge=0, le=480)]
Hex = Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")]
FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
PORT = r"(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
WebAddress = Annotated[str, StringConstraints(pattern=rf"^https?://\w[\w.-]*{PORT}([/?#][^\s\"<>]*)?$")]
ENCODED = r"%20|%[CDcd][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]|%[Ee][0-9A-Fa-f](%[89ABab][0-9A-Fa-f]){2}"
"""A space, or a letter beyond a to z, as browsers copy them from the address bar: percent-encoded UTF-8 (RFC 3987)."""
SiteAddress = Annotated[
    str, StringConstraints(pattern=rf"^https?://\w[\w.-]*{PORT}(/([^\s\"#$%<>?\[\\\]^`{{|}}]|{ENCODED})*)?$")
]
"""The address of a whole site: no query and no anchor, since paths are put behind it, and no sign that means something
in the configuration of a server."""
Endpoint = Annotated[
    str,
    StringConstraints(pattern=rf"^(https?://[A-Za-z0-9][A-Za-z0-9.-]*{PORT}(/|$)|/?[\w.~-])[\w./~%?=&+-]*$"),
]
"""Where a form is sent: an https address, or a path of the site. Its host stands in the security policy, which must not
be written on by anybody: no spaces, quotes, commas or semicolons."""

Area = Literal["context", "leadership", "planning", "support", "operation", "evaluation", "improvement"]
Mode = Literal["widen", "gather", "switch"]
ExerciseType = Literal[
    "observation", "conversation", "role_play", "ideation", "decision",
    "experiment", "planning", "debrief", "reflection", "micro",
]  # fmt: skip
Participation = Literal["individual", "pair", "team", "individual_then_team"]
Format = Literal["onsite", "remote", "hybrid", "async"]
LevelName = Literal["foundation", "intermediate", "advanced"]
Evidence = Literal["strong", "moderate", "limited", "conceptual", "practice"]
Status = Literal["draft", "reviewed", "tested"]
ProcessStep = Literal[
    "identify_opportunities", "create_concepts", "validate_concepts", "develop_solutions", "deploy_solutions"
]
ActivityForm = Literal[
    "samtal_i_par", "promenad", "rollspel", "bygga", "sortera_kort", "stalla_upp", "stationer", "rita", "observera",
    "ringa", "genomgang", "berattarrunda", "lasa_original", "prova_sjalv", "mata", "beslut", "overlamning", "lara_ut",
    "torrova", "gora_i_vardagen", "tyst_skrivande",
]  # fmt: skip
Sector = Literal[
    "sabo", "hemtjanst", "hemsjukvard", "lss", "socialtjanst", "maltid", "skola", "forskola", "vuxenutbildning",
    "arbetsmarknad", "raddningstjanst", "miljo_halsa", "bygglov", "gata_park", "avfall_va", "fastighet",
    "bibliotek_kultur", "fritid", "kontaktcenter", "it", "hr", "ekonomi", "upphandling", "naringsliv", "kommunledning",
    "namnd", "region", "statlig_myndighet",
]  # fmt: skip
Place = Literal["rum", "golv", "ute", "telefon", "skarm"]
Law = Literal["arbetsmiljo", "samverkan", "offentlighet", "gdpr", "lou", "delegation", "ai"]
ItemRole = Literal["start", "repeat", "apply", "review"]


class Model(BaseModel):
    """A frozen mapping in a YAML file. Unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

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
