from typing import ClassVar

from django.db import models

from tryggve.domains.outreach.models.mailings import Mailing


class QuarterlyWord(models.Model):
    """What became of a quarter's word on how data is protected: a mailing, or nothing where somebody put it off."""

    quarter = models.CharField(max_length=7, primary_key=True)
    mailing = models.ForeignKey(Mailing, on_delete=models.CASCADE, null=True)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)

    objects: ClassVar[models.Manager["QuarterlyWord"]] = models.Manager()
