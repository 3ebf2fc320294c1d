"""How well and how fast accounts are linked: ours, plain Splink, and MELTT, on generated sets."""
