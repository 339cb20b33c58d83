"""What a web address means, and whether it is a public one; nothing is looked up or fetched here.

`streams` bounds connections in time, for those who fetch.
"""

from knowledge.web.public import Address, is_local_name, literal_address, why_not_public
from knowledge.web.urls import canonical_url, exact_url, follow, without_credentials

__all__ = [
    "Address",
    "canonical_url",
    "exact_url",
    "follow",
    "is_local_name",
    "literal_address",
    "why_not_public",
    "without_credentials",
]
