"""Three texts become one."""

from hejagen.upgrade.merge import three_way


def test_the_merge_names_the_texts() -> None:
    """A conflict shows all three texts, each with its name."""
    made = three_way("a\n", "b\n", "c\n", ("er text", "gamla", "nya"))
    assert made and made.conflicts == 1
    assert made.text == "<<<<<<< er text\na\n||||||| gamla\nb\n=======\nc\n>>>>>>> nya\n"
