"""An app whose controls pass, fail, hang and die, for tests."""
