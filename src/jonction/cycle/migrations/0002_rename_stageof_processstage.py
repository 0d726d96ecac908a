from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cycle", "0001_initial")]

    operations = [migrations.RenameModel("StageOf", "ProcessStage")]
