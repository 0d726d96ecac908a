from jonction.accounts.consents import TEXTS
from jonction.accounts.models import Consent
from jonction.core.models import Message
from tests.answers import Line, everyone, members, posts, reads
from tests.factories import PersonFactory, SeatFactory

NEWS = {
    "mandate": "now",
    "need": "now",
    "alert": "digest",
    "departure": "now",
    "handover": "now",
    "import": "never",
    "quiet_from": "21:00",
    "quiet_to": "07:00",
    "time_zone": "",
}
TABLE = {
    # outside a demonstration, nobody signs in by choosing a role
    "demo/connexion/": Line(everyone("405"), everyone("404"), {"role": "coordination"}),
    # by a visitor too: the choice is then kept in the browser alone
    "langue/": Line(everyone("405"), everyone("done"), {"langue": "en"}),
    "compte/": reads(members("200")),
    # whose session it is, for a page come back to: a visitor's is nobody's
    "compte/seance/": reads(everyone("200")),
    "compte/coordonnees/": posts(members("done"), {"name": "Jean Roy"}),
    "compte/nouvelles/": posts(members("done"), NEWS),
    "compte/renseignements/": reads(members("200")),
    "compte/renseignements/emporter/": posts(members("file")),
    "compte/renseignements/effacer/": posts(members("422")),
    # allauth sends a visitor home; who signed in is asked, then signed out
    "compte/logout/": Line(everyone("200", "done visitor"), everyone("done"), {}),
    "compte/quitter-partout/": posts(members("done")),
    "compte/accords/<slug:purpose>/donner/": posts(members("done")),
    "compte/accords/<slug:purpose>/retirer/": posts(members("done")),
    # a person without an account, who sits in the body
    "personnes/<int:pk>/renseignements/": reads(members("404", "200 body alliance")),
    "personnes/<int:pk>/renseignements/emporter/": posts(members("404", "file body alliance")),
    "personnes/<int:pk>/renseignements/effacer/": posts(members("404", "422 body alliance")),
    "compte/courriels/": reads(members("200"), is_list=True),
    "compte/courriels/<int:pk>/": reads(members("404", "200 promoter")),
}


def found(address, world):
    if address.startswith("personnes/"):
        person = PersonFactory(email=None)
        SeatFactory(person=person, body=world.body)
        return {"<int:pk>": person.pk}
    if "<int:pk>" in address:
        facts = {"subject": "Votre demande", "body": "Bonjour", "template": "", "address": "a@b.ca"}
        return {"<int:pk>": Message.objects.create(person=world.people["promoter"], **facts).pk}
    if address.endswith("retirer/"):
        version = TEXTS[Consent.Purpose.DIRECTORY].version
        for person in filter(None, world.people.values()):
            Consent.objects.create(person=person, purpose="directory", text_version=version)
    return {"<slug:purpose>": "directory"}
