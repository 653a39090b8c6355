from django.db import models

from tryggve.controls.catalogue import TIERS


class FirstPage(models.Model):
    """What Today tells beside what was measured; one row, so that it costs one question.

    ``tier``: by which list the company chose to be counted; empty leaves it to the number of people.
    ``night_counts``: how often each deed was done by Tryggve itself in the night before ``night_on``. ``last_entry``:
    the log's newest entry as that was counted, after which the next night is looked for. ``trend``: for each list, how
    many protections were proven and of how many, on each of the days before that.
    """

    tier = models.CharField(max_length=10, choices=[(tier, tier) for tier in TIERS], blank=True)
    night_on = models.DateField(null=True)
    night_counts = models.JSONField(default=dict)
    last_entry = models.BigIntegerField(default=0)
    trend = models.JSONField(default=dict)

    objects = models.Manager["FirstPage"]()

    class Meta:
        constraints = [models.CheckConstraint(name="there_is_one_first_page", condition=models.Q(pk=1))]
