"""Putting a register back on a bare machine, from two shares of the recovery kit and the repositories.

``keys_found`` looks into the repository of keys and ``data_found`` into those of data; ``fetching`` brings the data
here and ``placing`` puts them where a register has them. ``ordering`` does the rest in a process of its own, which
knows the database that was put in place. What was done stands in ``progress``, so that all of it can be cut off.
"""
