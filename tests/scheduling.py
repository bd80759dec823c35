"""Which tests go to the same worker of pytest-xdist: those that share what takes long to make; all others go anywhere.

``--dist loadgroup`` would do it by a mark, but pytest-xdist 3.8 loses its groups on pytest 9.2 without a word
(pytest-xdist issue 1386).
"""

from xdist.scheduler import LoadScopeScheduling

#: Beginnings of test ids.
TOGETHER = ("tests/faults/", "tests/contract/test_demo_collection.py")


class GroupedScheduling(LoadScopeScheduling):
    """Gives each worker the next test, and a group to one worker, the largest first."""

    def _split_scope(self, nodeid: str) -> str:
        """Return the name of the group that a test belongs to: its own id, if to none."""
        return next((group for group in TOGETHER if nodeid.startswith(group)), nodeid)
