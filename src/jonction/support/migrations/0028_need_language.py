"""Keep in which language support is asked for, when French will not do."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("support", "0027_shared_receipts"),
    ]

    operations = [
        migrations.AddField(
            model_name="need",
            name="language",
            field=models.CharField(
                blank=True,
                choices=[
                    ("fr", "français"),
                    ("en", "anglais"),
                    ("lsq", "langue des signes québécoise"),
                    ("es", "espagnol"),
                    ("ar", "arabe"),
                    ("innu", "innu-aimun"),
                    ("cri", "cri"),
                    ("atj", "atikamekw"),
                    ("mic", "mi’kmaw"),
                    ("iu", "inuktitut"),
                ],
                default="",
                max_length=4,
                verbose_name="langue",
            ),
            preserve_default=False,
        ),
    ]
