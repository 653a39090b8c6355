"""Landlock (landlock(7)): the kernel's own promise that a process opens nothing more."""

import ctypes
import os

from tryggve.lib.confinement import system

# The same on every processor.
CREATE_RULESET, RESTRICT_SELF = 444, 446
_ASK_VERSION = 1
# How many rights over files each version knows; what is handled and not granted again is forbidden.
_FILE_RIGHTS = ((5, 16), (3, 15), (2, 14), (1, 13))
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6
_BIND_AND_CONNECT = _SOCKETS_AND_SIGNALS = 0b11


def version() -> int:
    """The kernel's version of Landlock; 0 where there is none or it is switched off."""
    if not system.IS_LINUX:
        return 0
    try:
        return system.call(CREATE_RULESET, None, 0, _ASK_VERSION)
    except OSError:
        return 0


def forbid_everything() -> None:
    """Forbid this process to open any path, and what else this kernel's version knows. Raises OSError.

    From version 4 on TCP, from 6 on signals and abstract sockets to the world outside; always tracing it.
    Needs ``system.gain_nothing`` first.
    """
    known = version()
    files = next(rights for since, rights in _FILE_RIGHTS if known >= since)
    network = _BIND_AND_CONNECT if known >= _NETWORK_SINCE else 0
    scopes = _SOCKETS_AND_SIGNALS if known >= _SCOPES_SINCE else 0
    # An older kernel takes the longer form as long as what it doesn't know is zero.
    rules = (ctypes.c_uint64 * 3)((1 << files) - 1, network, scopes)
    ruleset = system.call(CREATE_RULESET, ctypes.byref(rules), ctypes.sizeof(rules), 0)
    system.call(RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
