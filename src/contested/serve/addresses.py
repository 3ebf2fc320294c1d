"""Addresses of things on pages."""

from __future__ import annotations

from contested.model import Claim


def claim_address(claim: Claim) -> str:
    """Where a claim's passage stands highlighted in its report."""
    return f"/reports/{claim.report}?claim={claim.id}#{claim.id}"
