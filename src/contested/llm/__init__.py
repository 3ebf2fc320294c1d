"""The optional language model: a report's text out, proposals back, and nothing believed.

It knows `contested.model` and the endpoint that the user named. What it brings back goes through
the passage gate (`contested.extract.gate`) before it is a claim.
"""
