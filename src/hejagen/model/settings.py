"""site.yaml."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hejagen.model.base import Email, Hex, Key, Model, Slug, Text, WebAddress


class Publisher(Model):
    name: Text
    """Who publishes this site."""
    email: Email
    """Address for questions."""
    phone: Text | None = None
    """Telephone, with hours if any."""
    url: WebAddress | None = None
    """The publisher's own site."""


class Brand(Model):
    deep: Hex
    """Main colour: at least 7:1 on paper and under white."""
    strong: Hex
    """Strong accent."""
    glow: Hex
    """Bright plane: ink on it at least 7:1."""
    leaf: Hex
    """Second dark colour."""
    pale: Hex
    """Light plane, and the colour of links in the dark scheme."""


class Mailto(Model):
    kind: Literal["mailto"]
    """The reader's own mail program."""
    address: Email
    """Where the message goes."""


class Form(Model):
    kind: Literal["form"]
    """A form that is sent to a server."""
    action: Text
    """Address that the form is sent to: of this site, or one named with https."""
    address: Email
    """Where to write when the form fails."""
    answers: Literal["page", "json"] = "page"
    """What the server answers with: a page to show, or JSON that the site's script may read."""
    thanks: WebAddress | None = None
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
    criterion: Annotated[str, StringConstraints(pattern=r"^[1-4]\.[0-9]\.[0-9]{1,2}$")]
    """Number of the WCAG criterion, such as "1.4.10"."""
    alternative: Text | None = None
    """What to use instead."""
    done: date | None = None
    """When it will be mended."""


class Exempted(Model):
    what: Text
    """Which content."""
    why: Text
    """Why."""


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
    """8. Telephone."""
    answer_within: Text
    """8. When one gets an answer, such as "två arbetsdagar"."""
    complaint_url: WebAddress
    """9. Digg's function for complaints."""
    disproportionate: tuple[Exempted, ...]
    """10. Content exempted as unduly burdensome (12 §). [] = none."""
    outside_law: tuple[Exempted, ...]
    """11. Content outside the law (9 §). [] = none."""


class SiteFile(Model):
    """`site.yaml` of a layer; merged key by key, the top layer wins."""

    id: Slug
    """Prefix of what is saved in the reader's browser. Never changed once published."""
    name: Annotated[Text, Field(max_length=40)]
    """Name of the site."""
    tagline: Text
    """One line in the footer."""
    languages: Annotated[tuple[Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")], ...], Field(min_length=1)]
    """Language folders under content/, the first is the main one."""
    url: WebAddress | None = None
    """Where the site is published, for sitemap, feed and social media. All other links are relative."""
    publisher: Publisher
    """Who stands behind the site."""
    brand: Brand
    """Five colours; everything else is derived."""
    feedback: Annotated[Mailto | Form | Link, Field(discriminator="kind")]
    """How readers answer."""
    accessibility: Accessibility
    """The accessibility statement."""
    licence: Text
    """SPDX identifier of the content's licence."""
    licence_url: WebAddress
    """The licence's own page."""
    hide: tuple[Slug, ...] = ()
    """Ids of exercises, programs and pages of the layers below that this layer does not show."""
