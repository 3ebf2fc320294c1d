"""Making the models that the package carries."""
