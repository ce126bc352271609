"""Rules about the accessibility statement: it must be true, and name the organisation that publishes the site."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from hejagen.checks.links import documents, place
from hejagen.messages import Message, say, say_number
from hejagen.model.base import year_after
from hejagen.model.site import Site
from hejagen.problems import Finding, Location
from hejagen.reading.markdown import file_of

OWN = {
    "accessibility": ("actor", "service", "email", "assessed", "updated"),
    "publisher": ("email",),
    "feedback": ("address",),
}
"""Keys that a layer must not inherit from the base: who is responsible, their addresses, and the dates."""
DAYS = ("assessed", "updated")
NOTICE = timedelta(days=30)
"""How long before an assessment becomes too old the warnings begin."""
AHEAD = timedelta(days=1)
"""How far a date may be in the future, because servers and authors may have different time zones."""
HINT_RECORD = say("run `hejagen check --record`, mend what it finds and publish the file that it writes")
FILMS = frozenset(
    ("youtube.com", "youtu.be", "youtube-nocookie.com", "vimeo.com", "svtplay.se", "urplay.se", "screen9.tv",
     "quickchannel.com", "qbrick.com", "streamio.com", "mediaflow.com", "kaltura.com", "bambuser.com")
)  # fmt: skip
"""Sites where a link leads to a film."""
FILM_FILES = (".mp4", ".m4v", ".webm", ".mov", ".avi", ".mkv", ".ogv")


def statement_owner(site: Site) -> Iterator[Finding]:
    """A layer publishes the actor, addresses or dates of the base layer's accessibility statement."""
    if site.base is None:
        return
    for section, keys in OWN.items():
        ours, theirs = getattr(site.config, section), getattr(site.base.config, section)
        same = [key for key in keys if _inherited(site, section, key, getattr(ours, key, 0), getattr(theirs, key, 1))]
        if same:
            at = next(at for at in (*_own_places(site, section, same), Location(site.base.own)))
            listed = ", ".join(f'{key} ("{getattr(ours, key)}")' for key in same)
            yield Finding(
                at,
                say("{section} is still that of the base layer: {listed}", section=section, listed=listed),
                say("write what is so for you"),
            )


def _inherited(site: Site, section: str, key: str, ours: object, theirs: object) -> bool:
    """Return whether a value comes from the base. Only equal dates may be a coincidence."""
    assert site.base
    taken_over = site.config_origin.at(section, key).path == site.base.path
    return taken_over or (ours == theirs and key not in DAYS)


def _own_places(site: Site, section: str, keys: list[str]) -> Iterator[Location]:
    """Yield the places nearest to the keys in files of layers other than the base."""
    assert site.base
    for path in (*((section, key) for key in keys), (section,)):
        node = site.config_origin.root.get(*path) if site.config_origin.root else None
        if node and node.at.path != site.base.path:
            yield node.at


def statement_dates(site: Site) -> Iterator[Finding]:
    """A date of the accessibility statement is in the future, or its update is older than the assessment."""
    statement, origin = site.config.accessibility, site.config_origin
    for key in DAYS:
        day: date = getattr(statement, key)
        if day - AHEAD > site.today:
            message = say("{key}: {day} is in the future: today is {today}", key=key, day=day, today=site.today)
            yield Finding(origin.at("accessibility", key), message, say("write the day when it was done"), "warning")
    if statement.updated < statement.assessed:
        hint = say("the statement is updated when the site has been assessed")
        yield Finding(origin.at("accessibility", "updated"), say("the update is older than the assessment"), hint)


def statement_age(site: Site) -> Iterator[Finding]:
    """The accessibility assessment is older than twelve months, or soon will be. A build only warns."""
    at = site.config_origin.at("accessibility", "assessed")
    hint = say("assess the site again, and write the new date and what you found")
    yield from _age(at, say("the assessment"), site.config.accessibility.assessed, site.today, hint)


def record_age(site: Site) -> Iterator[Finding]:
    """A recorded check is older than twelve months, or soon will be. A build only warns."""
    for number, run in enumerate(site.record.checks if site.record else ()):
        assert site.record
        at = site.record.origin.at("checks", number, "date")
        hint = (
            HINT_RECORD
            if run.tool == "hejagen"
            else say("check again with {tool}, and write here what it found", tool=run.tool)
        )
        yield from _age(at, say("the check with {tool}", tool=run.tool), run.date, site.today, hint)


def _age(at: Location, what: Message, day: date, today: date, hint: Message) -> Iterator[Finding]:
    last = year_after(day)
    if today > last:
        yield Finding(at, say("{what} is from {day}, more than twelve months ago", what=what, day=day), hint)
    elif today > last - NOTICE:
        yield Finding(
            at, say("{what} must be done again by {last}", what=what, last=last), say("plan it now"), "warning"
        )


def statement_claim(site: Site) -> Iterator[Finding]:
    """The accessibility statement claims full conformance while faults are listed, or admits faults and lists none."""
    statement, known = site.config.accessibility, _known_faults(site)
    at = site.config_origin.at("accessibility", "conformance")
    if statement.conformance == "full" and known:
        message = say_number(
            'conformance is "full", but {number} fault is listed',
            'conformance is "full", but {number} faults are listed',
            known,
        )
        yield Finding(at, message, say('write "partial", or remove what is mended'))
    if statement.conformance != "full" and not known:
        message = say('conformance is "{conformance}", but no fault is listed', conformance=statement.conformance)
        yield Finding(at, message, say("list under faults what does not work, why, and what to use instead"), "warning")


def _known_faults(site: Site) -> int:
    statement = site.config.accessibility
    return len(statement.faults) + sum(not entry.accessible for entry in statement.documents)


def statement_record(site: Site) -> Iterator[Finding]:
    """A recorded check is in the future, or full conformance is claimed without a check that found no faults."""
    checks = site.record.checks if site.record else ()
    for number, run in enumerate(checks):
        if run.date - AHEAD > site.today:
            assert site.record
            at = site.record.origin.at("checks", number, "date")
            message = say(
                "the check with {tool} is from the future: {date}; today is {today}",
                tool=run.tool,
                date=run.date,
                today=site.today,
            )
            yield Finding(at, message, say("is this computer's clock right? If it is, {hint}", hint=HINT_RECORD))
    if site.config.accessibility.conformance != "full" or _known_faults(site):
        return
    at = site.config_origin.at("accessibility", "conformance")
    if not checks:
        yield Finding(at, say('conformance is "full", but no check is recorded'), HINT_RECORD)
    for run in checks:
        if run.violations:
            message = say(
                'conformance is "full", but {tool} found {violations} faults on {date}',
                tool=run.tool,
                violations=run.violations,
                date=run.date,
            )
            yield Finding(at, message, say('mend them and record the check again, or write "partial" and list them'))


def undeclared_download(site: Site) -> Iterator[Finding]:
    """site.yaml does not say whether a file for download is accessible, or why it is not."""
    declared = {entry.file: entry for entry in site.config.accessibility.documents}
    for _, document, origin in documents(site):
        for link in document.links:
            name = file_of(link.target)
            if name and name not in declared and not _is_film(name):
                hint = say(
                    "examine it, then write under accessibility.documents: {{file: {name}, accessible: true or false}}",
                    name=name,
                )
                yield Finding(
                    place(origin, link), say('nobody has told whether "{name}" is accessible', name=name), hint
                )
    for number, entry in enumerate(site.config.accessibility.documents):
        if not entry.accessible and not (entry.why and entry.alternative):
            at = site.config_origin.at("accessibility", "documents", number)
            message = say('"{file}" is not accessible, and why or what to use instead is missing', file=entry.file)
            yield Finding(at, message, say("add why and alternative: the law asks for both"))


def film_captions(site: Site) -> Iterator[Finding]:
    """A text links to a film that has no captions or is not declared in site.yaml."""
    films = {film.link: film.captions for film in site.config.accessibility.films}
    for _, document, origin in documents(site):
        for link in document.links:
            if _is_film(link.target) and file_of(link.target):
                hint = say("put the film where there is a player with captions, and link to it there")
                yield Finding(
                    place(origin, link), say('a file cannot show captions: "{target}"', target=link.target), hint
                )
            elif _is_film(link.target) and not films.get(link.target):
                message = say("the film is not declared: {target}", target=link.target)
                if link.target in films:
                    message = say("the film has no captions: {target}", target=link.target)
                hint = say(
                    'caption it, then write under accessibility.films: {{link: "{target}", captions: true}}',
                    target=link.target,
                )
                yield Finding(place(origin, link), message, hint)


def _is_film(target: str) -> bool:
    address = urlsplit(target)
    host = address.hostname or ""
    return address.path.lower().endswith(FILM_FILES) or any(host == name or host.endswith(f".{name}") for name in FILMS)
