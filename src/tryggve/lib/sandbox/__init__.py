"""Foreign bytes are parsed in a child process that can do nothing but compute.

For most cases: ``register`` a parser once, then ``with run(PARSER, content) as values:``. A parser is a function
that takes a binary stream (to be read once, from its start) and yields what JSON can say. It runs in a fresh
Python without site, environment, files, network and other processes; what it needs is imported before its first
byte. What it yields was made by whoever made the bytes: check it as you would the bytes.
"""

from tryggve.lib.confinement.limits import Limits
from tryggve.lib.sandbox.answers import Failed, Reason
from tryggve.lib.sandbox.fork_server import ForkServer, fork_server
from tryggve.lib.sandbox.measuring import Means, means
from tryggve.lib.sandbox.parsers import Parser, register
from tryggve.lib.sandbox.running import run

__all__ = [
    "Failed",
    "ForkServer",
    "Limits",
    "Means",
    "Parser",
    "Reason",
    "fork_server",
    "means",
    "register",
    "run",
]
