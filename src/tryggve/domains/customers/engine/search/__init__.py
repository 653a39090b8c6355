"""Finding, filtering and listing customers in memory."""
