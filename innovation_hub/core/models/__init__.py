"""Models that every app stands on."""

from .ending import Endable, EndableManager, EndableQuerySet, NotDeletable
from .files import HubDocument, HubImage, HubRendition
from .mail import QueuedMail
from .terms import AbstractTerm, SourceHashMixin, Term
from .throttles import RequestCount

__all__ = [
    "AbstractTerm",
    "Endable",
    "EndableManager",
    "EndableQuerySet",
    "HubDocument",
    "HubImage",
    "HubRendition",
    "NotDeletable",
    "QueuedMail",
    "RequestCount",
    "SourceHashMixin",
    "Term",
]
