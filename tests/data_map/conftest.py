from tryggve.domains.datamap.tests.conftest import nothing_remembered

__all__ = ["nothing_remembered"]
