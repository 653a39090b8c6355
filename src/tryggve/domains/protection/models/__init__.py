from tryggve.domains.protection.models.first_page import FirstPage
from tryggve.domains.protection.models.report import Report

__all__ = ["FirstPage", "Report"]
