from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("duties", "0002_meetings"),
    ]

    operations = [
        migrations.AddField(
            model_name="turn",
            name="switched_off_on",
            field=models.DateField(null=True),
        ),
    ]
