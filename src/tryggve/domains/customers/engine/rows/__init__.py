"""The rows of a table understood as customers."""
