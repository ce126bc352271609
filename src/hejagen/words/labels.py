"""English names of the choices in the content: message ids of the catalogues."""

from collections.abc import Iterator, Mapping

SECTIONS = {
    "why": "Why",
    "before": "Before",
    "example": "What it can sound like",
    "steps": "Do it like this",
    "facilitator": "For you who lead the talk",
    "reflect": "Think it over",
    "plan": "Your if-then plan",
    "adapt": "Adapt",
    "care": "Keep in mind",
    "evidence": "How sure are we?",
}
"""The fixed headings of an exercise, by key, in the order of the page."""

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
    "status": {"draft": "Draft", "reviewed": "Reviewed", "tested": "Tried with users"},
    "conformance": {
        "full": "fully compliant",
        "partial": "partially compliant",
        "none": "not compliant",
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
