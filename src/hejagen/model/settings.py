"""site.yaml."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, JsonValue, StringConstraints

from hejagen.model.base import (
    Email,
    Endpoint,
    FileName,
    Hex,
    Key,
    Model,
    SiteAddress,
    Slug,
    Text,
    WebAddress,
    year_after,
)


class Publisher(Model):
    name: Text
    """Who publishes this site."""
    email: Email
    """Address for questions."""
    phone: Text | None = None
    """Telephone, with hours if any."""
    url: WebAddress | None = None
    """The publisher's own site."""


class Logo(Model):
    file: FileName
    """File in the layer's folder brand/: an SVG, or a PNG of at most 200 kB."""
    alt: Text
    """What the logo says, for those who do not see it, such as "Sundviks kommun"."""


class Font(Model):
    file: FileName
    """A woff2 file in the layer's folder brand/."""
    family: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]*$", max_length=60)]
    """Name of the family. Files with the same name belong together."""
    weight: Annotated[str, StringConstraints(pattern=r"^[1-9]00( [1-9]00)?$")] = "400"
    """Weight in quotes, such as "700", or "100 900" for a variable font."""
    style: Literal["normal", "italic"] = "normal"
    """normal or italic."""
    use: Literal["all", "body", "head"] = "all"
    """Where the family is used: in running text, in headings or everywhere."""
    display: Literal["swap", "optional"] = "swap"
    """swap: the text changes when the font has come. optional: only if it comes at once."""
    licence: FileName
    """The font's licence, a text file in brand/. It is published beside the font."""


class Brand(Model):
    """Colours, logo and fonts. `colour` alone is enough; each of the five may be set by hand on top of it."""

    colour: Hex | None = None
    """The one colour that the five below are made of."""
    deep: Hex | None = None
    """Main colour: at least 7:1 on paper and under white."""
    strong: Hex | None = None
    """Strong accent."""
    glow: Hex | None = None
    """Bright plane: ink on it at least 7:1."""
    leaf: Hex | None = None
    """Second dark colour."""
    pale: Hex | None = None
    """Light plane, and the colour of links in the dark scheme."""
    logo: Logo | None = None
    """Shown in the header in place of ours."""
    fonts: tuple[Font, ...] = ()
    """Fonts of your own. Without any, the fonts of the reader's computer are used."""


ROLES = ("deep", "strong", "glow", "leaf", "pale")
"""Names of the five colours that a brand is made of."""


class Mailto(Model):
    kind: Literal["mailto"]
    """The reader's own mail program."""
    address: Email
    """Where the message goes."""


class Form(Model):
    kind: Literal["form"]
    """A form that is sent to a server."""
    action: Endpoint
    """Address that the form is sent to: of this site, or one named with https."""
    address: Email
    """Where to write when the form fails."""
    answers: Literal["page", "json"] = "page"
    """What the server answers with: a page to show, or JSON that the site's script may read."""
    thanks: Endpoint | None = None
    """Page that the server leads on to, if it is on another server: browsers are told whom the form may reach."""
    hidden: Mapping[Key, str] = Field(default_factory=dict)
    """Fixed fields that the service asks for."""


class Link(Model):
    kind: Literal["link"]
    """A municipal e-service."""
    url: WebAddress
    """Address of the service."""
    label: Text
    """Name of the service."""
    address: Email
    """Where to write instead."""


class Fault(Model):
    what: Text
    """What does not work."""
    where: Text
    """Where."""
    why: Text
    """Why."""
    criterion: Annotated[str, StringConstraints(pattern=r"^[1-4]\.[0-9]\.[0-9]{1,2}$")] | None = None
    """Number of the WCAG criterion, such as "1.4.10", if there is one."""
    alternative: Text | None = None
    """What to use instead."""
    done: date | None = None
    """When it will be mended."""


class Exempted(Model):
    what: Text
    """Which content."""
    why: Text
    """Why."""


class Download(Model):
    file: FileName
    """Name of a file in content/<lang>/files that a text offers."""
    accessible: bool
    """Whether everyone can read it: headings, alt texts, reading order and language are right."""
    why: Text | None = None
    """If not accessible: why."""
    alternative: Text | None = None
    """If not accessible: what to use instead."""


class Film(Model):
    link: WebAddress
    """The film's address, as the text has it."""
    captions: bool
    """Whether all speech has captions in the film's language, checked by a person."""


class Trial(Model):
    """The protocol of one person who has tried the site by hand."""

    method: Literal["keyboard", "magnification", "screen_reader"]
    """How: with the keyboard alone, at 400 % magnification, or with a screen reader."""
    by: Annotated[Text, Field(min_length=3)]
    """Who did it. The name is kept in site.yaml and not shown on the page."""
    date: date
    """When."""
    tools: Text
    """With what, such as "NVDA 2026.1 och Firefox 145"."""
    passed: bool
    """Whether everything that was tried could be done."""


TRIALS = ("keyboard", "magnification", "screen_reader")
"""All that people must have tried before a site says that it meets the whole act."""


class Accessibility(Model):
    """The eleven items of an accessibility statement under DOS-lagen (2018:1937), as listed by Digg."""

    actor: Text
    """1. Name of the public actor."""
    service: Text
    """2. Name of the digital service."""
    conformance: Literal["full", "partial", "none"]
    """3. helt, delvis or inte förenlig."""
    faults: tuple[Fault, ...]
    """4. What is not accessible, why, and what to use instead. [] = none known."""
    assessed: date
    """5. Date of the assessment."""
    updated: date
    """6. Date of the last change of the statement."""
    method: Text
    """7. How it was assessed, in a sentence."""
    email: Email
    """8. Where to report faults and ask for content in another form."""
    phone: Text | None = None
    """8. Telephone, when it is another than the publisher's."""
    answer_within: Text
    """8. When one gets an answer, such as "två arbetsdagar"."""
    complaint_url: Annotated[str, StringConstraints(pattern=r"^https://(www\.)?digg\.se/")] = (
        "https://www.digg.se/tdosanmalan"
    )
    """9. Digg's function for complaints."""
    disproportionate: tuple[Exempted, ...]
    """10. Content exempted as unduly burdensome (12 §). [] = none."""
    outside_law: tuple[Exempted, ...]
    """11. Content outside the law (9 §). [] = none."""
    documents: tuple[Download, ...] = ()
    """Files that the texts offer for download. Every one must be declared."""
    films: tuple[Film, ...] = ()
    """Films that the texts link to. Every one must be declared, and have captions."""
    trials: tuple[Trial, ...] = ()
    """What people have tried by hand. Those of a layer below say nothing about the layers above."""

    @property
    def due(self) -> date:
        """The last day on which the assessment is no older than twelve months."""
        return year_after(self.assessed)


PARTS = ("rules", "axe", "keyboard", "view")
"""The parts of a check: the static rules; in a browser axe, a walk with the Tab key, and how pages look when they are
narrow, magnified, in other colours and without script. A site that claims to be whole has passed all of them."""


class CheckRun(Model):
    tool: Text
    """What checked, such as hejagen or axe-core."""
    version: Text
    """The tool's version."""
    date: date
    """When."""
    pages: Annotated[int, Field(ge=0)]
    """How many pages."""
    violations: Annotated[int, Field(ge=0)]
    """How many faults it found."""
    part: Literal["rules", "axe", "keyboard", "view"] = "rules"
    """What was checked, one of PARTS."""
    of: Annotated[int, Field(ge=0)] = 0
    """How many pages the site had. More than `pages`: it was a sample."""
    content: str = ""
    """The hash of all that the pages are made from, see layers/fingerprint.py. Empty: it is not known."""
    browser: str = ""
    """The browser that was used and its version, if any."""

    @property
    def passed(self) -> bool:
        """Whether every page was examined and nothing was found."""
        return not self.violations and 0 < self.of <= self.pages


class RecordFile(Model):
    """`accessibility-check.json` of a layer: what was found last. `hejagen check --record` writes it."""

    checks: tuple[CheckRun, ...]
    """One entry for each part of a check."""
    seal: str = ""
    """The hash of the rest. It shows that the file was changed by hand, and keeps nobody from writing another."""


class Change(Model):
    """What a patch does with one value: `set` with `was`, or `append` and `remove` for a list."""

    was: JsonValue = None
    """What stands there now, so that you are told when it changes. null = nothing."""
    set: JsonValue = None
    """What shall stand there instead. null = nothing."""
    append: tuple[JsonValue, ...] = ()
    """Entries to add last in the list."""
    remove: tuple[JsonValue, ...] = ()
    """Entries to take away; of entries with keys, their id."""


class LayerKeys(Model):
    """What a layer does with the layers below it. These keys hold for the layer in whose site.yaml they stand."""

    extends: Text = "hejagen"
    """The layer below: `hejagen`, or the way to another layer's folder, such as ../region."""
    hide: tuple[Slug, ...] = ()
    """Ids of exercises, programs and pages of the layers below that this layer does not show."""
    patch: Mapping[str, Mapping[str, Change]] = Field(default_factory=dict)
    """Small changes by `kind/id` and key, such as `exercises/fredagsraden: {title: {was: …, set: …}}`."""
    new: Literal["publish", "hold"] = "publish"
    """What happens to new content from below: shown at once, or held until `hejagen upgrade accept`."""


class SiteFile(LayerKeys):
    """`site.yaml` of a layer; merged key by key, the top layer wins."""

    id: Slug
    """Prefix of what is saved in the reader's browser. Never changed once published."""
    name: Annotated[Text, Field(max_length=40)]
    """Name of the site."""
    tagline: Text
    """One line in the footer."""
    languages: Annotated[tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], ...], Field(min_length=1)]
    """Language folders under content/, the first is the main one."""
    online_only: tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], ...] = ()
    """Languages that the copies for a disk leave out, so that they stay small enough to download and to mail."""
    url: SiteAddress | None = None
    """Where the site is published, for sitemap, feed and social media. All other links are relative."""
    publisher: Publisher
    """Who stands behind the site."""
    brand: Brand
    """Colours, logo and fonts."""
    feedback: Annotated[Mailto | Form | Link, Field(discriminator="kind")]
    """How readers answer."""
    accessibility: Accessibility
    """The accessibility statement."""
    licence: Text
    """SPDX identifier of the content's licence."""
    licence_url: WebAddress
    """The licence's own page."""
