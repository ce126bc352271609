"""Addresses that templates ask for."""

from hejagen.rendering.links import MAX_MAILTO, mailto


def test_mail_addresses_are_never_too_long() -> None:
    """Å costs six characters encoded; the body is cut before mail programs would."""
    made = mailto("a@example.org", "Ämne & mer", "å\n" * 2000)
    assert len(made) <= MAX_MAILTO
    assert "subject=%C3%84mne%20%26%20mer" in made and "%0A" in made
