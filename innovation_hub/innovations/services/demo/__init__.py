"""The demonstration collection: the real cases, each fact with its source, and labelled synthetic entries."""

from .real import REAL_SOURCE, load_real
from .synthetic import SYNTHETIC_SOURCE, load_synthetic

__all__ = ["REAL_SOURCE", "SYNTHETIC_SOURCE", "load_real", "load_synthetic"]
