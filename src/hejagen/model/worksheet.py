"""A worksheet: what a group writes on, cuts out or fills in during an exercise, on one side of A4."""

from typing import Annotated, Literal

from pydantic import Field

from hejagen.model.base import Model, Slug, Source, Text

Count = Annotated[int, Field(ge=1, le=12)]
Columns = Annotated[int, Field(ge=1, le=4)]
Short = Annotated[Text, Field(max_length=160)]


class Part(Model):
    title: Short
    """Heading of the part, or the question that it asks."""
    hint: Short | None = None
    """What to do with it, in one sentence."""


class LinesPart(Part):
    kind: Literal["lines"]
    """Lines to write on."""
    lines: Count = 2
    """How many lines."""


class CardsPart(Part):
    kind: Literal["cards"]
    """Cards to cut out, with a text on each or empty."""
    cards: Annotated[tuple[Short, ...], Field(max_length=24)] = ()
    """The text of each card."""
    empty: Annotated[int, Field(ge=0, le=24)] = 0
    """How many cards without a text follow."""
    lines: Annotated[int, Field(ge=0, le=6)] = 0
    """Lines to write on below the text of each card."""
    columns: Columns = 3
    """Cards beside each other."""


class TablePart(Part):
    kind: Literal["table"]
    """A table to fill in."""
    columns: Annotated[tuple[Short, ...], Field(min_length=1, max_length=6)]
    """Headings of the columns."""
    rows: Annotated[tuple[Short, ...], Field(max_length=16)] = ()
    """Headings of the rows, in the first column."""
    empty: Annotated[int, Field(ge=0, le=16)] = 0
    """How many rows without a heading follow."""
    lines: Annotated[int, Field(ge=1, le=6)] = 1
    """Lines in each cell."""


class ScalePart(Part):
    kind: Literal["scale"]
    """A scale to choose a place on."""
    steps: Annotated[tuple[Short, ...], Field(min_length=2, max_length=7)]
    """The places, from one end to the other."""


class BoxesPart(Part):
    kind: Literal["boxes"]
    """Boxes to write, draw or put something in: a map, rings, a strip of pictures."""
    boxes: Annotated[tuple[Annotated[str, Field(max_length=160)], ...], Field(min_length=1, max_length=24)]
    """The words in each box; "" = an empty one."""
    columns: Columns = 3
    """Boxes beside each other."""
    lines: Annotated[int, Field(ge=2, le=24)] = 4
    """How tall a box is, in lines."""


class TextPart(Part):
    kind: Literal["text"]
    """Something to read."""
    text: Annotated[Text, Field(max_length=800)]
    """The text, without marks."""


AnyPart = Annotated[LinesPart | CardsPart | TablePart | ScalePart | BoxesPart | TextPart, Field(discriminator="kind")]


class WorksheetMeta(Model):
    """A file in `content/<lang>/worksheets/*.yaml`."""

    id: Slug
    """What exercises call it in `worksheet`. The same as the exercise's own id is a good choice."""
    title: Annotated[Text, Field(max_length=45)]
    """Heading of the sheet."""
    how: Short
    """How it is used, in one sentence."""
    parts: Annotated[tuple[AnyPart, ...], Field(min_length=1, max_length=8)]
    """The parts from top to bottom. They fit on one side of A4."""
    source: Source | None = None
    """In a translation: what it was translated from."""
