"""Finnish. No one has written a guide to plain Finnish for this site, so there are no rules of style."""

from hejagen.languages.language import Compounds, Language

LANGUAGE = Language(
    og_locale="fi_FI",
    letters="åäöšžéü",
    addresses={"å": "a", "ä": "a", "ö": "o", "š": "s", "ž": "z", "é": "e", "ü": "u"},
    collation={"å": "{", "ä": "|", "ö": "}", "š": "s", "ž": "z", "é": "e", "–": "-"},
    quotes="””’’",
    nameless="osio",
    if_then=("jos", "niin"),
    adaptations=("Etänä tai osa paikalla", "Saavutettavuus", "Kirjoittamatta tai kävelemättä"),
    common_words=frozenset(
        (
            "ja",
            "on",
            "ei",
            "että",
            "se",
            "mitä",
            "voi",
            "tai",
            "ovat",
            "myös",
            "jos",
            "kun",
            "joka",
            "kuin",
            "oli",
            "ole",
            "mutta",
            "te",
            "teidän",
            "sitten",
            "jonka",
            "hän",
            "tämä",
            "niin",
            "kuka",
            "miten",
            "ennen",
            "jälkeen",
        )
    ),
    new_window=frozenset({"uusi ikkuna", "uusi välilehti", "uuteen ikkunaan", "uudessa ikkunassa"}),
    compounds=Compounds(endings=("en", "et", "n", "t")),
)
