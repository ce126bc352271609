"""Why libxml cannot read an XML file, in our words, which can be translated."""

from collections.abc import Mapping

from hejagen.messages import Message, say

XML_WORDS: Mapping[str, Message] = {
    r"Opening and ending tag mismatch: (?P<name>\S+) line (?P<line>\d+).*": say(
        "<{name}> on line {line} is not closed before what is around it"
    ),
    r"Premature end of data in tag.*|EndTag: '</' not found.*|Couldn't find end of Start Tag.*": say(
        "the file ends in the middle"
    ),
    r"Start tag expected.*|Document is empty.*": say("it does not begin with a tag"),
    r"Extra content at the end.*": say("something stands after its end"),
    r"(?:xmlParse)?EntityRef.*": say("the sign & must be written &amp;"),
    r"Entity '(?P<name>\S+)' not defined.*": say("XML has no &{name};"),
    r"AttValue.*|attributes construct error.*|Specification mandates value.*": say(
        "a value stands without quotation marks, or without the last one"
    ),
    r"Attribute (?P<name>\S+) redefined.*": say("{name} is there twice in one tag"),
    r"Namespace prefix (?P<name>\S+) .*not defined.*": say("nothing says what {name}: before a name means"),
    r"PCDATA invalid Char.*|Char 0x.*|invalid character.*": say("it holds a character that XML does not allow"),
    r"Excessive depth in document.*": say("it nests elements too deep"),
    r"StartTag: invalid element name.*": say("the sign < must be written &lt;"),
}
"""The message for what libxml says, by a pattern of all of it, whose groups are the values of the message."""
