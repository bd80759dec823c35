"""The review queue: what waits for whom, found by SQL in a number of queries that doesn't grow with the rows."""

from .filters import QueueFilters, Tab
from .listing import Counts, Queue, QueueRow
from .options import FilterField, filter_fields

__all__ = ["Counts", "FilterField", "Queue", "QueueFilters", "QueueRow", "Tab", "filter_fields"]
