from django.db import models

from tryggve.domains.customers.models.customers import Customer
from tryggve.lib.ids import new_id


class Note(models.Model):
    """Something written down about a customer, at a time, by somebody."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="notes")
    revision = models.PositiveIntegerField(default=1)
    text_sealed = models.BinaryField()
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)


class Document(models.Model):
    """A file about a customer. Its bytes lie sealed in a file of their own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="documents")
    # The name of that file: bytes sealed anew for another customer are another file, of the same document.
    file_ref = models.UUIDField(unique=True, default=new_id, editable=False)
    name_sealed = models.BinaryField()
    media_type = models.CharField(max_length=100)
    size_bytes = models.PositiveBigIntegerField()
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()
