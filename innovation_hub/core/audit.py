"""The audit log: one JSON line for each act that changes what others see, on the ``hub.audit`` logger.

Lines hold keys, never personal values (DESIGN section 3, "People").
"""

import json
import logging
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from typing import Any

logger = logging.getLogger("hub.audit")


def audit(action: str, *, actor: Any, **facts: Any) -> None:
    """Write one line: what was done, by which account (its key), when, and the ``facts``."""
    line = {"at": datetime.now(UTC).isoformat(), "action": action, "actor": getattr(actor, "pk", None), **facts}
    logger.info(json.dumps(line, default=str, ensure_ascii=False))


class AuditFileHandler(WatchedFileHandler):
    """Appends lines to a file that log rotation may move away; makes its folder when the first line comes."""

    def __init__(self, filename: str):
        super().__init__(filename, encoding="utf-8", delay=True)

    def _open(self):
        Path(self.baseFilename).parent.mkdir(parents=True, exist_ok=True)
        return super()._open()
