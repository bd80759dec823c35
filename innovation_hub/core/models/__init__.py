"""Models that every app stands on."""

from .ending import Endable, EndableManager, EndableQuerySet, NotDeletable
from .files import HubDocument, HubImage, HubRendition
from .terms import AbstractTerm, SourceHashMixin, Term

__all__ = [
    "AbstractTerm",
    "Endable",
    "EndableManager",
    "EndableQuerySet",
    "HubDocument",
    "HubImage",
    "HubRendition",
    "NotDeletable",
    "SourceHashMixin",
    "Term",
]
