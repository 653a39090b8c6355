"""The server of pages: granian, on a port that the parent has bound."""

import contextlib
import importlib
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any, Final

from granian import net
from granian.constants import HTTPModes, Interfaces
from granian.server.mp import MPServer

from tryggve.supervisor import hearing, lifeline

_WORKERS = 2
# In each worker. SQLite lets one write at a time: more threads would only wait for it.
_THREADS = 4
# In each worker. granian counts open connections here, not requests, and browsers keep several open.
_CONNECTIONS = 256
_BACKLOG = 256
# Less than the parent's grace: the server kills a stuck worker before it is itself killed.
_END_WITHIN_SECONDS = 8

_LOGGING: Final[dict[str, Any]] = {
    "formatters": {"json": {"()": "tryggve.supervisor.server_log.ServerLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {"_granian": {"handlers": ["stderr"], "propagate": False}},
}


class InheritedServer(MPServer):
    """granian's server for workers in processes, on an inherited listening socket instead of one it binds.

    Left to itself, each worker binds the port with SO_REUSEPORT, and two servers can answer side by side.
    This is the way that granian takes on systems without it: one socket for all workers.
    """

    def __init__(self, listener: int, application: str, **settings: Any) -> None:
        self._listener = socket.socket(fileno=listener)
        address, port = self._listener.getsockname()[:2]
        super().__init__(application, address, port, **settings)

    def _init_shared_socket(self) -> None:
        self._listener.setblocking(False)
        self._sso = self._listener  # its number stays the same in a worker, forked or spawned
        holder: Any = net.SocketHolder  # type: ignore[attr-defined] # its own types are behind its code
        self._sfd: Any = self._listener.fileno()
        self._shd: Any = holder(self._sfd, False, _BACKLOG)
        self._ssp = None

    def _spawn_workers(self, *args: Any) -> None:
        with _signals_held():
            super()._spawn_workers(*args)  # type: ignore[no-untyped-call]

    def _respawn_workers(self, *args: Any, **options: Any) -> None:
        with _signals_held():
            super()._respawn_workers(*args, **options)


def serve(listener: int, *, application: str) -> None:
    """Answer on the listening socket with that number until SIGTERM. The main of the child that serves pages.

    The application is named by its dotted path, and loaded by each worker for itself.

    Its workers are started again when they die, and die with it; it ends if one dies twice within seconds.
    """
    lifeline.tie_to_parent()
    server = InheritedServer(
        listener,
        application,
        interface=Interfaces.WSGI,
        workers=_WORKERS,
        blocking_threads=_THREADS,
        backpressure=_CONNECTIONS,
        backlog=_BACKLOG,
        http=HTTPModes.http1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=_END_WITHIN_SECONDS,
        log_access=False,
        log_dictconfig=_LOGGING,
    )
    server.serve(target_loader=load_in_worker)


def load_in_worker(path: str) -> Callable[..., Any]:
    """What each worker does first: tie its life to the server's, then load the application."""
    lifeline.tie_to_parent()
    for number in hearing.STOPPING:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, hearing.STOPPING)
    hearing.replace_in_this_worker()
    module, _, name = path.rpartition(".")
    application: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return application


@contextlib.contextmanager
def _signals_held() -> Iterator[None]:
    """A forked worker begins with the server's own handlers, which only note a signal: SIGTERM would be lost.

    Held back, it waits until :func:`load_in_worker` lets it through.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, hearing.STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
