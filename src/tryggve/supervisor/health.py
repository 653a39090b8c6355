from http.client import HTTPConnection, HTTPException, HTTPResponse
from socket import socket


def answers(listener: socket, path: str, *, seconds: float = 1.0) -> bool:
    """Whether a GET of the path through the port is answered with 200 within so many seconds."""
    host, port = listener.getsockname()[:2]
    connection = HTTPConnection(host, port, timeout=seconds)
    try:
        connection.request("GET", path)
        response: HTTPResponse = connection.getresponse()
        return response.status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
