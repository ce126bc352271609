"""Northern Sami, which pages may be written in. The interface is not translated into it."""

from hejagen.languages.language import Language

LANGUAGE = Language(
    og_locale="se_SE",
    letters="áčđŋšŧž",
    addresses={"á": "a", "č": "c", "đ": "d", "ŋ": "n", "š": "s", "ŧ": "t", "ž": "z"},
    collation={"á": "a~", "č": "c~", "đ": "d~", "ŋ": "n~", "š": "s~", "ŧ": "t~", "ž": "z~"},
    quotes="””’’",
)
