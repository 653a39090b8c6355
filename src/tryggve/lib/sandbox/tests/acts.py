"""What no parser may do: each act is tried for real and tells the number of the error, 0 where it succeeds."""

import ctypes
import mmap
import os
import signal
import socket
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

_SEIZE = 0x4206
_libc = ctypes.CDLL(None, use_errno=True)


def attempted(_stream: BinaryIO, *, act: str, target: Any) -> Iterator[int]:
    """A parser that does one of them."""
    try:
        ACTS[act](target)
    except OSError as refused:
        yield refused.errno or -1
    else:
        yield 0


def read_file(path: str) -> None:
    os.close(os.open(path, os.O_RDONLY))


def write_file(path: str) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))


def read_descriptor(descriptor: int) -> None:
    os.read(descriptor, 1)


def connect_to_loopback(port: int) -> None:
    with socket.socket() as door:
        door.connect(("127.0.0.1", port))


def connect_to_abstract_socket(name: str) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        door.connect("\0" + name)


def become_another_program(_target: None) -> None:
    os.execv("/bin/echo", ["echo", "0"])  # noqa: S606 - no shell is wanted


def start_process(_target: None) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)


def trace_parent(_target: None) -> None:
    _checked(_libc.ptrace(_SEIZE, os.getppid(), None, None))


def read_memory_of_parent(address: int) -> None:
    here = ctypes.create_string_buffer(8)
    own = (ctypes.c_void_p * 2)(ctypes.addressof(here), 8)
    foreign = (ctypes.c_void_p * 2)(address, 8)
    _checked(_libc.process_vm_readv(os.getppid(), own, 1, foreign, 1, 0))


def signal_parent(_target: None) -> None:
    os.kill(os.getppid(), signal.SIGURG)


def make_memory_a_program(_target: None) -> None:
    mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC).close()


def _checked(answer: int) -> None:
    if answer < 0:
        raise OSError(ctypes.get_errno(), "")


ACTS: dict[str, Callable[[Any], None]] = {
    act.__name__: act
    for act in (
        *(read_file, write_file, read_descriptor, connect_to_loopback, connect_to_abstract_socket),
        *(become_another_program, start_process, trace_parent, read_memory_of_parent, signal_parent),
        make_memory_a_program,
    )
}
