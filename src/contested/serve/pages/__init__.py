"""The pages, one module a family; each has a `Family` called ``family``."""
