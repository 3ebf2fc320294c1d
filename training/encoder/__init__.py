"""Training the small transformer that reads English: syntax, sentence ends, names, roles."""
