import pytest
from django.core.management import call_command

from jonction.core.models import AppendOnly, Trace, broken_trace, seal_traces
from jonction.core.queries import recently_broken
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
    Trace._base_manager.filter(position=2).update(facts={"rank": 9})

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
    with pytest.raises(AppendOnly):
        Trace.objects.filter(position=1).update(facts={})
    with pytest.raises(AppendOnly):
        Trace.of(line.subject).delete()


def test_the_command_says_in_one_sentence_that_the_chain_holds(capsys):
    three_lines()

    call_command("verify_traces")

    assert capsys.readouterr().out == "L’historique est intact (lignes vérifiées : 3).\n"


def test_the_command_fails_on_a_broken_chain(capsys):
    three_lines()
    Trace._base_manager.filter(position=2).update(facts={"rank": 9})

    with pytest.raises(SystemExit) as end:
        call_command("verify_traces")

    assert end.value.code == 1
    assert "la ligne 2 n’est plus celle qui a été écrite" in capsys.readouterr().err


def broken_at(position, most=3):
    """Return what a look at the last lines finds once that line was changed."""
    for rank in range(6):
        Trace.leave(PersonFactory(), f"essai.{rank}", PersonFactory())
    seal_traces()
    assert recently_broken(most) is None
    Trace._base_manager.filter(position=position).update(verb="autre")
    return recently_broken(most)


@pytest.mark.parametrize(("position", "found"), [(6, 6), (5, 5), (1, None)])
def test_the_last_lines_are_verified_at_a_look(position, found):
    assert broken_at(position) == found


def test_the_first_line_too_when_the_look_reaches_it_and_a_line_removed():
    assert broken_at(1, most=10) == 1
    Trace._base_manager.filter(position=1).update(verb="essai.0")
    assert recently_broken(10) is None

    Trace.objects.filter(position=6)._raw_delete("default")
    assert recently_broken(10) == 6


def test_a_trail_not_begun_holds():
    assert recently_broken(10) is None
