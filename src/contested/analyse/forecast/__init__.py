"""What may come: incidents and deaths a month ahead, as distributions, never a bare number."""
