"""What was paid for the service."""

from funding.models.schedule import FundingLine

__all__ = ["FundingLine"]
