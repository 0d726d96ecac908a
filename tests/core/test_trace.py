import pytest
from django.core.management import call_command

from jonction.core.models import AppendOnly, Trace, broken_trace, seal_traces
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


def three_lines():
    person = PersonFactory()
    for rank in range(3):
        Trace.leave(person, "essai", person, rank=rank)
    seal_traces()


def test_a_chain_left_alone_holds():
    three_lines()

    assert broken_trace() is None


def test_a_line_changed_behind_our_back_is_found():
    three_lines()
    Trace.objects.filter(position=2).update(facts={"rank": 9})

    assert broken_trace() == 2


def test_a_last_line_removed_behind_our_back_is_found():
    three_lines()
    Trace.objects.filter(position=3)._raw_delete("default")

    assert broken_trace() == 3


def test_a_line_is_never_edited_or_deleted():
    three_lines()
    line = Trace.objects.get(position=1)

    with pytest.raises(AppendOnly):
        line.save()
    with pytest.raises(AppendOnly):
        line.delete()


def test_the_command_says_in_one_sentence_that_the_chain_holds(capsys):
    three_lines()

    call_command("verify_traces")

    assert capsys.readouterr().out == "L’historique est intact (lignes vérifiées : 3).\n"


def test_the_command_fails_on_a_broken_chain(capsys):
    three_lines()
    Trace.objects.filter(position=2).update(facts={"rank": 9})

    with pytest.raises(SystemExit) as end:
        call_command("verify_traces")

    assert end.value.code == 1
    assert "la ligne 2 n’est plus celle qui a été écrite" in capsys.readouterr().err
