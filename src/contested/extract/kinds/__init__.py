"""One module a kind of claim."""
