"""Measures of the program against corpora that do not belong to it.

    python -m evaluation MEASURE [DATA] [--set-floors REASON]

Each measure takes the file or folder that it scores against; without one it takes the place
where this project keeps that corpus, and if nothing is there it says so and goes on. Nothing of
a corpus is copied: what comes out are counts and shares.
"""
