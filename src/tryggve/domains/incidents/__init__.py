"""What went wrong, told by whoever saw it: a report in a minute, without blame."""
