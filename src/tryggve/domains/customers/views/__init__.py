"""Pages: ``register`` for the list and one customer, ``imports`` for bringing in a list."""
