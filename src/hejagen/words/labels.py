"""English names of the choices in the content: message ids of the catalogues."""

from collections.abc import Iterator, Mapping

SECTIONS = {
    "why": "Why",
    "before": "Before",
    "invitation": "Invitation",
    "example": "What it can sound like",
    "steps": "Do it like this",
    "result": "What it looks like afterwards",
    "room": "The room",
    "facilitator": "For you who lead the talk",
    "stuck": "If it gets stuck",
    "reflect": "Think it over",
    "plan": "Your if-then plan",
    "follow_up": "Follow up",
    "sizes": "Short and large groups",
    "adapt": "Adapt",
    "law": "What the law says",
    "care": "Keep in mind",
    "evidence": "How sure are we?",
    "print": "To print",
}
"""The fixed headings of an exercise, by key, in the order in which a text has them."""

LABELS: Mapping[str, Mapping[str, str]] = {
    "level": {"foundation": "Foundation", "intermediate": "Intermediate", "advanced": "Advanced"},
    "participation": {
        "individual": "Alone",
        "pair": "In pairs",
        "team": "In a group",
        "individual_then_team": "Alone, then in a group",
    },
    "format": {"onsite": "On site", "remote": "Remote", "hybrid": "Hybrid", "async": "In your own time"},
    "role": {
        "facilitator": "one leads the talk",
        "timekeeper": "one keeps the time",
        "note_taker": "one takes notes",
        "observer": "one observes",
    },
    "evidence": {
        "strong": "Strong support",
        "moderate": "Moderate support",
        "limited": "Limited support",
        "conceptual": "Theory",
        "practice": "Practice",
    },
    "item_role": {"start": "New", "repeat": "Again", "apply": "Own case", "review": "Look back"},
    "rhythm": {
        "weekly": "Every week",
        "shift": "When shifts change",
        "apt": "At workplace meetings",
        "long": "With long gaps",
    },
    "status": {"draft": "Draft", "reviewed": "Reviewed", "tested": "Tried with users"},
    "conformance": {
        "full": "fully compliant",
        "partial": "partially compliant",
        "none": "not compliant",
    },
    "check_part": {
        "rules": "code and texts",
        "axe": "names, roles and contrast",
        "keyboard": "the way with the Tab key",
        "view": "zoom, narrow windows, colours and the page without script",
    },
    "trial": {
        "keyboard": "with a keyboard alone",
        "magnification": "at 400 percent magnification",
        "screen_reader": "with a screen reader",
    },
    "exercise_type": {
        "observation": "Observation",
        "conversation": "Conversation",
        "role_play": "Role play",
        "ideation": "Ideas",
        "decision": "Decision",
        "experiment": "Experiment",
        "planning": "Planning exercise",
        "debrief": "Debrief",
        "reflection": "Reflection",
        "micro": "Micro exercise",
    },
    "activity_form": {
        "samtal_i_par": "Talk in pairs",
        "promenad": "Walk",
        "rollspel": "Acting out",
        "bygga": "Building",
        "sortera_kort": "Sorting cards",
        "stalla_upp": "Placing in the room",
        "stationer": "Stations",
        "rita": "Drawing",
        "observera": "Watching and listening",
        "ringa": "Phone call",
        "genomgang": "Going through what happened",
        "berattarrunda": "Round of stories",
        "lasa_original": "Reading the original",
        "prova_sjalv": "Trying it yourself",
        "mata": "Measuring",
        "beslut": "Deciding",
        "overlamning": "Handing over",
        "lara_ut": "Teaching others",
        "torrova": "Dry run",
        "gora_i_vardagen": "In everyday work",
        "tyst_skrivande": "Writing in silence",
    },
    "sector": {
        "sabo": "Residential care for older people",
        "hemtjanst": "Home care",
        "hemsjukvard": "Home health care",
        "lss": "Disability services",
        "socialtjanst": "Social services",
        "maltid": "Meals",
        "skola": "School",
        "forskola": "Preschool",
        "vuxenutbildning": "Adult education",
        "arbetsmarknad": "Employment",
        "raddningstjanst": "Rescue services",
        "miljo_halsa": "Environment and health",
        "bygglov": "Building permits",
        "gata_park": "Streets and parks",
        "avfall_va": "Waste and water",
        "fastighet": "Property",
        "bibliotek_kultur": "Libraries and culture",
        "fritid": "Leisure",
        "kontaktcenter": "Contact centre",
        "it": "IT",
        "hr": "HR",
        "ekonomi": "Finance",
        "upphandling": "Procurement",
        "naringsliv": "Business services",
        "kommunledning": "Central administration",
        "namnd": "Committee",
        "region": "Region",
        "statlig_myndighet": "Government agency",
    },
    "place": {
        "rum": "In a room",
        "golv": "Where the work is done",
        "ute": "Outdoors",
        "telefon": "By phone",
        "skarm": "On a screen",
    },
    "law": {
        "arbetsmiljo": "Work environment",
        "samverkan": "Co-determination",
        "offentlighet": "Public access and secrecy",
        "gdpr": "Personal data",
        "lou": "Procurement",
        "delegation": "Who may decide",
        "ai": "AI",
    },
    "process_step": {
        "identify_opportunities": "Identify opportunities",
        "create_concepts": "Create concepts",
        "validate_concepts": "Validate concepts",
        "develop_solutions": "Develop solutions",
        "deploy_solutions": "Deploy solutions",
    },
}
"""English names of the choices in the content: message ids of the catalogues."""

EVIDENCE_RANK = {"practice": 1, "conceptual": 1, "limited": 2, "moderate": 3, "strong": 4}
"""How far up the evidence scale each strength reaches, of four."""


def message_ids() -> Iterator[str]:
    """Yield the message ids in this module, for the test that compares them with the catalogues."""
    yield from SECTIONS.values()
    for table in LABELS.values():
        yield from table.values()
