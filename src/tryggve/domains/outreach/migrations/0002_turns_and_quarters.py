import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("outreach", "0001_outreach")]

    operations = [
        migrations.RenameField("mailing", "failures_in_a_row", "rests_in_a_row"),
        migrations.AddField("mailing", "texts_refused", models.PositiveSmallIntegerField(default=0)),
        migrations.AddIndex("addressee", models.Index(fields=["claimed_at"], name="addressee_claimed")),
        migrations.AddIndex(
            "addressee",
            models.Index(
                condition=models.Q(("state", "CLAIMED")), fields=["mailing"], name="addressee_being_sent"
            ),
        ),
        migrations.AlterField(
            "quarterlyword",
            "mailing",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="outreach.mailing"),
        ),
    ]
