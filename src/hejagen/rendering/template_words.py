"""What Jinja says of a mistake in a template, in our words, which can be translated."""

from collections.abc import Mapping

from hejagen.messages import Message, reworded, say

JINJA_WORDS: Mapping[str, Message] = {
    r"'(?P<name>.+)' is undefined": say('there is no "{name}" here'),
    r"'(?:[\w.]+\.)?(?P<owner>\w+) object' has no attribute '(?P<name>.+)'": say(
        'a value of the kind {owner} has no "{name}"'
    ),
    r"(?P<owner>\w+) object has no element (?P<name>.+)": say('a value of the kind {owner} has no "{name}"'),
    r"(?:No|Unknown) filter(?: named)? '(?P<name>.+)'.*": say('there is no filter "{name}"'),
    r"(?:No|Unknown) test(?: named)? '(?P<name>.+)'.*": say('there is no test "{name}"'),
    r"Encountered unknown tag '(?P<tag>[^']+)'\..* closed is '(?P<name>[^']+)'\.": say(
        '"{tag}" stands inside "{name}", which is not closed'
    ),
    r"Encountered unknown tag '(?P<name>[^']+)'.*": say('there is no tag "{name}" here'),
    r"Unexpected end of template\. .*'(?P<end>\w+)'\. The .* closed is '(?P<name>[^']+)'\.": say(
        '"{name}" is not closed: "{end}" is missing'
    ),
    r"Missing end of comment tag": say("a comment is not closed: #} is missing"),
    r"Missing end of raw directive": say("raw is not closed: endraw is missing"),
    r"Expected an expression, got '?(?P<got>.+?)'?": say("a value is missing before {got}"),
    r"expected token '?(?P<wanted>.+?)'?, got '?(?P<got>.+?)'?": say("{got} stands where {wanted} should"),
    r"unexpected '(?P<got>[^']+)', expected '(?P<wanted>[^']+)'": say("{got} stands where {wanted} should"),
    r"unexpected (?:char )?'(?P<sign>.+)'(?: at \d+)?": say('"{sign}" stands where it cannot'),
    r"block '(?P<name>.+)' defined twice": say('the block "{name}" is there twice'),
    r"division by zero|integer (?:division or )?modulo by zero": say("a number is divided by zero"),
    r"macro '(?P<name>.+)' takes no keyword argument '(?P<argument>.+)'": say(
        'the macro "{name}" does not take "{argument}", which it is called with'
    ),
    r"macro '(?P<name>.+)' takes not more than .*": say('the macro "{name}" is called with more than it takes'),
    r"the page has more than (?P<most>\d+) characters: .*": say(
        "the page has more than {most} characters: is there a loop in a loop?"
    ),
    r"the page takes more than (?P<most>[\d.]+) seconds\b.*": say(
        "the page takes more than {most} seconds to make: is there a loop without end?"
    ),
    r"the page takes more than (?P<most>\d+) MB\b.*": say(
        "the page takes more than {most} MB of memory to make: is there a loop without end?"
    ),
    r"the result of (?P<sign>\S+) is larger than (?P<most>\d+)": say("the result of {sign} is larger than {most}"),
}
"""The message for what Jinja says, by a pattern of all of it, whose groups are the values of the message."""
TOKENS = {"end of statement block": "%}", "end of print statement": "}}", "begin of statement block": "{%"}
"""What Jinja calls the signs of its tags."""


def in_our_words(said: str) -> Message:
    """Return what Jinja said of a template as a message of ours; as it was said when we have no words for it."""
    for name, sign in TOKENS.items():
        said = said.replace(name, sign)
    return reworded(said, JINJA_WORDS)
