from tryggve.domains.customers.models.customers import (
    Customer,
    CustomerChange,
    CustomerQuerySet,
    Relation,
)
from tryggve.domains.customers.models.fields import CustomField
from tryggve.domains.customers.models.imports import Import, ImportImage
from tryggve.domains.customers.models.merges import Merge, ToldApart
from tryggve.domains.customers.models.papers import Document, Note
from tryggve.domains.customers.models.saved_views import SavedView

__all__ = [
    "CustomField",
    "Customer",
    "CustomerChange",
    "CustomerQuerySet",
    "Document",
    "Import",
    "ImportImage",
    "Merge",
    "Note",
    "Relation",
    "SavedView",
    "ToldApart",
]
