from django.db import models

from tryggve.lib.ids import new_id


class SavedView(models.Model):
    """Filters and an order that somebody in the firm gave a name; sealed under that person's own key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner_ref = models.UUIDField(db_index=True)
    content_sealed = models.BinaryField()
    made_at = models.DateTimeField()
