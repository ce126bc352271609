"""How it looks: colours, styles, scripts, pictures and covers become files. Read assets.py first."""
