from django.db import models


class FirmDetails(models.Model):
    """What the company tells of itself in its notice and record, beside its name and country.

    Meant for everybody to read. ``officer``: the data protection officer and how to reach them; ``joint``: who decides
    together with the company (GDPR art. 26).
    """

    number = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    officer = models.CharField(max_length=200, blank=True)
    joint = models.CharField(max_length=200, blank=True)
    # Codes of the measures that the company itself answers for.
    measures = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(name="there_are_one_firms_details", condition=models.Q(pk=1)),
        ]
