from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exposure", "0001_exposure")]

    operations = [
        migrations.AddField(model, "removed_at", models.DateTimeField(null=True))
        for model in ("domain", "site")
    ]
