"""What goes on and what waits while the register is locked, across the rooms."""
