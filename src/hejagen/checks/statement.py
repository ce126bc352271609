"""Rules about the accessibility statement: it must be true, and name the organisation that publishes the site."""

from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from hejagen.checks.links import documents, place
from hejagen.messages import Message, say, say_number
from hejagen.model.base import year_after
from hejagen.model.settings import PARTS, TRIALS
from hejagen.model.site import Record, Site
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


def shared_id(site: Site) -> Iterator[Finding]:
    """A layer has the id of the base: on the same host they would share what readers have saved."""
    if site.base and site.config.id == site.base.config.id:
        message = say('id is still that of the base layer: "{id}"', id=site.config.id)
        hint = say("write one of your own before the site is published: sites with one id on a host share progress")
        written = site.config_origin.at("id")
        yield Finding(written if written.path != site.base.path else Location(site.base.own), message, hint, "warning")


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
        yield from _future(origin.at("accessibility", key), key, day, site.today)
    for number, trial in enumerate(site.trials):
        at = origin.at("accessibility", "trials", number, "date")
        yield from _future(at, f"trials, {trial.method}", trial.date, site.today)
    if statement.updated < statement.assessed:
        hint = say("the statement is updated when the site has been assessed")
        yield Finding(origin.at("accessibility", "updated"), say("the update is older than the assessment"), hint)


def _future(at: Location, key: str, day: date, today: date) -> Iterator[Finding]:
    if day - AHEAD > today:
        message = say("{key}: {day} is in the future: today is {today}", key=key, day=day, today=today)
        yield Finding(at, message, say("write the day when it was done"), "warning")


def statement_age(site: Site) -> Iterator[Finding]:
    """The accessibility assessment is older than twelve months, or soon will be. A build only warns."""
    at = site.config_origin.at("accessibility", "assessed")
    hint = say("assess the site again, and write the new date and what you found")
    yield from _age(at, say("the assessment"), site.config.accessibility.assessed, site.today, hint)


def record_age(site: Site) -> Iterator[Finding]:
    """A recorded check is older than twelve months, or soon will be. A build only warns."""
    for number, run in enumerate(site.record.every if site.record else ()):
        assert site.record
        at = site.record.origin.at("checks", number, "date")
        yield from _age(at, say("the check with {tool}", tool=run.tool), run.date, site.today, HINT_RECORD)


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
    """A recorded check is in the future or was changed by hand, or full conformance is claimed that nothing proves: a
    check of every part on this content without faults, and what people have tried."""
    if record := site.record:
        for number, run in enumerate(record.every):
            if run.date - AHEAD > site.today:
                message = say(
                    "the check with {tool} is from the future: {date}; today is {today}",
                    tool=run.tool,
                    date=run.date,
                    today=site.today,
                )
                hint = say("is this computer's clock right? If it is, {hint}", hint=HINT_RECORD)
                yield Finding(record.origin.at("checks", number, "date"), message, hint)
        if record.origin.root and not record.sealed:
            by_hand = record.origin.root.get("seal") is not None
            message = say("the record does not say which content was checked: it is of an older kind")
            if by_hand:
                message = say("the record is not as the program wrote it: its seal does not fit")
            yield Finding(record.origin.at("seal"), message, HINT_RECORD, "error" if by_hand else "warning")
    if site.config.accessibility.conformance == "full" and not _known_faults(site):
        at = site.config_origin.at("accessibility", "conformance")
        for lacking, hint in (*_unproven(site.record), *_untried(site)):
            yield Finding(at, say('conformance is "full", but {lacking}', lacking=lacking), hint)


def _unproven(record: Record | None) -> Iterator[tuple[Message, Message]]:
    """Yield what a record lacks to prove that nothing is wrong, and what to do about it."""
    if record is None or not record.every:
        yield say("no check is recorded"), HINT_RECORD
        return
    for run in record.checks:
        if run.violations:
            lacking = say(
                "{tool} found {violations} faults on {date}", tool=run.tool, violations=run.violations, date=run.date
            )
            yield lacking, say('mend them and record the check again, or write "partial" and list them')
        elif not run.passed:
            lacking = say("{tool} examined only {pages} of {of} pages", tool=run.tool, pages=run.pages, of=run.of)
            yield lacking, HINT_RECORD
    missing = [part for part in PARTS if part not in {run.part for run in record.checks}]
    if missing:
        listed = ", ".join(missing)
        yield (
            say("these parts of the check are not recorded for the site as it is now: {listed}", listed=listed),
            HINT_RECORD,
        )


def _untried(site: Site) -> Iterator[tuple[Message, Message]]:
    """Yield what nobody has tried by hand with success, and what to do about it."""
    tried = {trial.method for trial in site.trials if trial.passed and trial.date - AHEAD <= site.today}
    for method in TRIALS:
        if method not in tried:
            hint = say(
                "let a person try the site so, and write under accessibility.trials:"
                " {{method: {method}, by: name, date: day, tools: with what, passed: true}}",
                method=method,
            )
            yield say("no person has tried it by {method}", method=method), hint


def trial_age(site: Site) -> Iterator[Finding]:
    """What a person last tried in one way was tried more than twelve months ago, or soon is. A build only warns."""
    for method in TRIALS:
        days = {trial.date: number for number, trial in enumerate(site.trials) if trial.method == method}
        if days:
            at = site.config_origin.at("accessibility", "trials", days[max(days)], "date")
            hint = say("try the site again and write what came of it, or remove the old trial")
            yield from _age(at, say("the trial by {method}", method=method), max(days), site.today, hint)


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
