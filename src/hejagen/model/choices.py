"""The choices that content files have. They need no tools, so that commands that offer them begin at once."""

from typing import Literal

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
