"""What can be done to the register: ``records`` for one customer, ``imports`` for a list."""
