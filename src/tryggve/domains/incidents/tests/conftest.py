from tryggve.notices.tests.conftest import authority, closed_office, office, trusted

__all__ = ["authority", "closed_office", "office", "trusted"]
