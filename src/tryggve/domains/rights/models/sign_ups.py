from typing import ClassVar

from django.db import models

from tryggve.lib.ids import new_id


class SignUp(models.Model):
    """Somebody who filled in the form on the company's website and hasn't yet pressed the button in the mail.

    No customer yet, and nowhere in the register. Name and address lie under a key of its own, which goes with the row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    words_sealed = models.BinaryField()
    # Ids, in the order in which they were ticked.
    purposes = models.JSONField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects: ClassVar[models.Manager["SignUp"]] = models.Manager()
