"""The child that serves pages. Arguments: number of the socket, application, how workers start."""

import multiprocessing
import sys

from tryggve.supervisor import server

if __name__ == "__main__":
    listener, application, how = (*sys.argv[1:], "fork")[:3]
    multiprocessing.set_start_method(how)
    server.serve(int(listener), application=application)
