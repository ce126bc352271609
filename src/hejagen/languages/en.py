"""English, the language of message ids: what no catalogue has is shown in it."""

from hejagen.languages.language import Language

LANGUAGE = Language(
    og_locale="en_GB",
    quotes="“”‘’",
    if_then=("if", "then"),
    vague_links=frozenset({"here", "click here", "read more", "more"}),
)
