from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0007_planted"),
    ]

    operations = [
        migrations.AlterField(
            model_name="customer",
            name="state",
            field=models.CharField(
                choices=[
                    ("STAGING", "being imported"),
                    ("ACTIVE", "in force"),
                    ("DESTROYING", "being deleted"),
                    ("MERGED", "merged into another"),
                    ("PUT_ASIDE", "put aside, to be erased"),
                    ("PLANTED", "made up, to test the protection"),
                    ("STAND_IN", "made up, to test the backups"),
                ],
                default="ACTIVE",
                max_length=10,
            ),
        ),
    ]
