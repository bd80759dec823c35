"""How alike two records are, and why: shared by similar entries, drafts being written, and duplicates.

Everything here but :mod:`search.similarity.finding` is pure: it compares what it is given and asks nobody.
"""

from search.similarity.comparing import Reason, Similarity, Trait, compare, rarity
from search.similarity.profiles import Profile, make_profile, profile_of
from search.similarity.wording import put_in_words, written_forms

__all__ = [
    "Profile",
    "Reason",
    "Similarity",
    "Trait",
    "compare",
    "make_profile",
    "profile_of",
    "put_in_words",
    "rarity",
    "written_forms",
]
