"""Accounts of a computer, as the system tells of them."""

import pwd


def account(name: str, home: str) -> pwd.struct_passwd:
    return pwd.struct_passwd((name, "x", 1000, 1000, "", home, "/bin/sh"))
