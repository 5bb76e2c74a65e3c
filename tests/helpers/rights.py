"""Rights of a user who is not root."""

from __future__ import annotations

import ctypes

ALL_FOLDERS = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: by these, root reads what belongs to others."""
DROP_FROM_BOUNDS = 24
"""PR_CAPBSET_DROP of prctl(2)."""
SOMEBODY = 65534
"""The user that nobody is."""


def without_rights_of_root() -> None:
    """Let what is started next be stopped by rights as anybody is; it still owns, and reads, the clone it runs from."""
    for right in ALL_FOLDERS:
        ctypes.CDLL(None).prctl(DROP_FROM_BOUNDS, right, 0, 0, 0)
