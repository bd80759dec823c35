"""What search keeps in the database: work to do, synonyms, searches without result, and what was done to the index."""

from .outbox import OutboxEntry
from .queries import EmptyQuery
from .runs import Heartbeat, IndexRun
from .synonyms import SynonymGroup

__all__ = ["EmptyQuery", "Heartbeat", "IndexRun", "OutboxEntry", "SynonymGroup"]
