"""English, the language of message ids: what no catalogue has is shown in it."""

from hejagen.languages.language import Language

LANGUAGE = Language(
    og_locale="en_GB",
    letters="éèü",
    addresses={"å": "a", "ä": "a", "ö": "o", "é": "e", "è": "e", "ü": "u"},
    quotes="“”‘’",
    if_then=("if", "then"),
    adaptations=("Remote or hybrid", "Accessibility", "Without writing or walking"),
    vague_links=frozenset({"here", "click here", "read more", "more", "link", "this link"}),
)
