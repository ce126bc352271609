"""What readers do on a page of each kind before it is looked at once more: they open, choose, save and do wrong."""

from collections.abc import Mapping
from typing import NamedTuple


class State(NamedTuple):
    """How a page stands after something was done. `does` are selectors of what is pressed, or of a field with its new
    value; the first of those that are seen, or with "*" all of them. A state whose last selector finds nothing is not
    looked at: a layer may lack it."""

    name: str
    does: tuple[tuple[str, ...], ...]
    wait: float = 0.4
    """Seconds until the page is as it will be."""


RUN, NEXT = ("main article a.btn",), ("[data-do=next]",)
FOLDS = ("main details:not([open]) > summary", "*")
STATES: Mapping[str, tuple[State, ...]] = {
    "home": (
        State("the menu is open", (("header details > summary",),)),
        State("a suggestion was asked for", (("heja-guide [name=time]", "20"), ("heja-guide [type=submit]",))),
    ),
    "exercises": (
        State("a filter is used", (FOLDS, ("heja-filter [name=time]", "20"))),
        State("nothing fits the filter", (("heja-filter [type=search]", "zzzz"),), 0.8),
    ),
    "exercise": (
        State("a step is ticked and not saved", (("heja-steps [data-step]",),)),
        State("the plan is saved and all is unfolded", (FOLDS, ("heja-plan [type=submit]",))),
        State("the page is read aloud", (("heja-listen [data-role=start]",),)),
        State("run mode is open", (RUN,)),
        State("the clock is running", (RUN, NEXT)),
        State("all is unfolded and projected", (RUN, NEXT, ("[data-do=big]",), FOLDS)),
        State("a step is finished", (RUN, NEXT, NEXT)),
        State(
            "there are a plan and an exercise that is done",
            (
                ("heja-plan [type=submit]",),
                ("heja-mark-done button",),
                ("heja-mark-done [data-role=see] a",),
                FOLDS,
            ),
            1.0,
        ),
    ),
    "program": (State("the program is begun", (FOLDS, ("main [data-role=start]",))),),
    "assessment": (State("emptying asks first", ((".assessment__scale input",), ("heja-assessment [type=reset]",))),),
    "feedback": (State("the form has faults", (("heja-feedback [type=submit]",),)),),
    "search": (State("there are hits", (("heja-search [name=q]", "in"),), 2.0),),
    "agenda": (State("an agenda is changed", (FOLDS, ("heja-agenda [data-do=add]",))),),
    "follow-up": (
        State(
            "an answer is shown",
            (
                ("heja-follow-up [data-exercise] a",),
                ("heja-follow-up [value=forgot]",),
                ("heja-follow-up [data-role=aloud]",),
            ),
        ),
    ),
}
"""By the kind of page."""
