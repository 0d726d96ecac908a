"""Starting profiles, ready to be read."""

from jonction.core.taxonomy import StartingFactor
from jonction.support.models import Appraisal, StartingProfile
from tests.factories import TODAY, TerritoryFactory

WORDS, DISSENT = "On se connaît tous.", "La municipalité ne voit pas cela ainsi."


def signed_profile(body, *, values=(3, 2, 4, 1, None), **facts):
    """Return a profile of the body's territory, which it is given if it has none."""
    if body.territory is None:
        body.territory = TerritoryFactory(alliance=body.alliance)
        body.save()
    known = {"status": "adopted", "signed_on": TODAY, "present": 9, "opened_on": TODAY, **facts}
    profile = StartingProfile.objects.create(body=body, territory=body.territory, **known)
    for factor, value in zip(StartingFactor.values, values, strict=True):
        Appraisal.objects.create(
            profile=profile, factor=factor, value=value, words=WORDS, dissent=DISSENT
        )
    return profile
