"""Metadata: what a text is, who made it and when, each claim with its certainty and its evidence.

`structure` finds title, date, byline, dateline, credit and sign-off in the text; `describe` turns
what was found and what the file declares into claims.
"""

from indexer.metadata.agencies import Agencies, Agency, load_agencies
from indexer.metadata.attribution import source_claim
from indexer.metadata.describe import describe
from indexer.metadata.model import Metadata
from indexer.metadata.structure import structure

__all__ = ["Agencies", "Agency", "Metadata", "describe", "load_agencies", "source_claim", "structure"]
