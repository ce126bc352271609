"""What has changed below a layer, and what its editors decide about it. Read drift.py first."""
