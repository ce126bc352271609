"""A finished site is looked at in a browser, as those who use it do. Read run.py first, then page.py."""
