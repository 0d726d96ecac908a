"""Add what search remembers, and the index of its words in the language of each database."""

from django.db import migrations, models

# The kind is indexed with the words: a kind of a hundred things is not sought among a million.
# The words are cut in Python (engines.words), alike for both: each database only looks them up.
UP = {
    "sqlite": [
        "CREATE VIRTUAL TABLE core_searchwords USING fts5(title_words, text_words, kind, "
        "content='core_searchentry', content_rowid='id', "
        "tokenize=\"unicode61 remove_diacritics 0 tokenchars '._'\")",
        "INSERT INTO core_searchwords(core_searchwords) VALUES ('rebuild')",
        "CREATE TRIGGER core_searchwords_added AFTER INSERT ON core_searchentry BEGIN "
        "INSERT INTO core_searchwords(rowid, title_words, text_words, kind) "
        "VALUES (new.id, new.title_words, new.text_words, new.kind); END",
        "CREATE TRIGGER core_searchwords_gone AFTER DELETE ON core_searchentry BEGIN "
        "INSERT INTO core_searchwords(core_searchwords, rowid, title_words, text_words, kind) "
        "VALUES ('delete', old.id, old.title_words, old.text_words, old.kind); END",
        "CREATE TRIGGER core_searchwords_changed AFTER UPDATE ON core_searchentry BEGIN "
        "INSERT INTO core_searchwords(core_searchwords, rowid, title_words, text_words, kind) "
        "VALUES ('delete', old.id, old.title_words, old.text_words, old.kind); "
        "INSERT INTO core_searchwords(rowid, title_words, text_words, kind) "
        "VALUES (new.id, new.title_words, new.text_words, new.kind); END",
    ],
    "postgresql": [
        "ALTER TABLE core_searchentry ADD COLUMN words tsvector GENERATED ALWAYS AS ("
        "setweight(to_tsvector('simple', title_words), 'A') || "
        "setweight(to_tsvector('simple', text_words), 'B') || array_to_tsvector(ARRAY[kind])) "
        "STORED",
        "CREATE INDEX core_searchentry_words ON core_searchentry USING gin (words)",
    ],
}
DOWN = {
    "sqlite": [
        "DROP TRIGGER core_searchwords_changed",
        "DROP TRIGGER core_searchwords_gone",
        "DROP TRIGGER core_searchwords_added",
        "DROP TABLE core_searchwords",
    ],
    "postgresql": ["ALTER TABLE core_searchentry DROP COLUMN words"],
}


def add_words(apps, schema_editor):
    for statement in UP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_words(apps, schema_editor):
    for statement in DOWN[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("core", "0002_messages_and_attachments")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=100)),
                ("object_id", models.PositiveBigIntegerField()),
                ("title", models.CharField(max_length=500)),
                ("text", models.TextField(blank=True)),
                ("url", models.CharField(blank=True, max_length=300)),
                ("dated", models.DateField(null=True)),
                ("title_words", models.TextField(blank=True)),
                ("text_words", models.TextField(blank=True)),
            ],
            options={
                "verbose_name_plural": "search entries",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("object_id", "kind"), name="one_entry_per_thing"
                    )
                ],
            },
        ),
        migrations.RunPython(add_words, drop_words),
    ]
