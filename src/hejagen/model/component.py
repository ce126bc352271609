"""What a component is: the YAML file beside its template."""

from typing import Any, Literal

from hejagen.model.base import Model, Text


class Parameter(Model):
    name: Text
    """Name of the macro's parameter."""
    type: Literal["string", "html", "integer", "boolean", "array", "object"]
    """Kind of its value; `html` is a string that is not escaped again."""
    required: bool
    """Whether the macro has no value of its own for it."""
    description: Text
    """What it holds."""


class Example(Model):
    name: Text
    """Name of the example, and of its golden file."""
    params: dict[str, Any]
    """Values by the parameters' names."""


class ComponentFile(Model):
    """`layouts/components/<name>/<name>.yaml`."""

    summary: Text
    """What one sees, in a sentence."""
    around: bool = False
    """The component is put around what a `{% call %}` holds."""
    params: tuple[Parameter, ...]
    """The macro's parameters, in order."""
    a11y: Text
    """What makes it accessible."""
    examples: tuple[Example, ...]
    """What the gallery shows and the tests compare."""
