"""Ordinary things, ready to be changed: a factory never surprises its reader."""

from datetime import UTC, date, datetime, timedelta

import factory
from factory.django import DjangoModelFactory as Model

from jonction.accounts.models import Person
from jonction.cycle.models import (
    Deadline,
    Milestone,
    Process,
    ProcessStage,
    Requirement,
    Window,
)
from jonction.governance.models import (
    Alliance,
    AllianceTerritory,
    Body,
    Membership,
    Organisation,
    Plan,
    Seat,
)
from jonction.support.models import HandOver, Mandate, Need, NeedStep, ReleaseAgreement, Resource
from jonction.territories.models import Place

TODAY = date(2026, 11, 23)


class PersonFactory(Model):
    class Meta:
        model = Person

    name = factory.Sequence("Personne {}".format)
    email = factory.Sequence("personne-{}@example.org".format)


def a_region():
    found = Place.objects.filter(code="R01").first()
    region = Place(code="R01", name="Bas-Saint-Laurent", sort_key="bas", kind="region")
    return found or Place.objects.add_root(instance=region)


class PlanFactory(Model):
    class Meta:
        model = Plan

    name = "Plan 2024-2029"
    starts_on = date(2024, 6, 21)
    ends_on = date(2029, 3, 31)


class AllianceFactory(Model):
    class Meta:
        model = Alliance

    plan = factory.SubFactory(PlanFactory)
    name = factory.Sequence("Alliance {}".format)
    region = factory.LazyFunction(a_region)


class BodyFactory(Model):
    class Meta:
        model = Body

    alliance = factory.SubFactory(AllianceFactory)
    name = factory.Sequence("Table {}".format)


class SeatFactory(Model):
    class Meta:
        model = Seat

    person = factory.SubFactory(PersonFactory)
    body = factory.SubFactory(BodyFactory)
    starts_on = date(2026, 1, 1)


class OrganisationFactory(Model):
    class Meta:
        model = Organisation

    name = factory.Sequence("Organisme {}".format)


class MembershipFactory(Model):
    class Meta:
        model = Membership

    person = factory.SubFactory(PersonFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = "owner"
    starts_on = date(2026, 1, 1)


class TerritoryFactory(Model):
    class Meta:
        model = AllianceTerritory

    alliance = factory.SubFactory(AllianceFactory)
    name = factory.Sequence("Territoire {}".format)


class ProcessFactory(Model):
    class Meta:
        model = Process
        skip_postgeneration_save = True

    body = factory.SubFactory(BodyFactory)
    name = factory.Sequence("Démarche {}".format)

    @factory.post_generation
    def stages(self, create, extracted, **kwargs):
        """Open the six stages, one quarter each; the third one runs on TODAY."""
        first = date(2026, 4, 1)
        for rank, kind in enumerate(
            ["mobilisation", "priorities", "planning", "calls", "delivery", "review"]
        ):
            start = first + timedelta(days=91 * rank)
            ProcessStage.objects.create(
                process=self,
                kind=kind,
                planned_from=start,
                planned_to=start + timedelta(days=90),
            )


class MilestoneFactory(Model):
    class Meta:
        model = Milestone

    process = factory.SubFactory(ProcessFactory)
    name = factory.Sequence("Jalon {}".format)
    on = date(2026, 12, 9)


class DeadlineFactory(Model):
    class Meta:
        model = Deadline

    process = factory.SubFactory(ProcessFactory)
    name = factory.Sequence("Échéance {}".format)
    due_at = datetime(2026, 11, 30, 22, tzinfo=UTC)


class WindowFactory(Model):
    class Meta:
        model = Window

    alliance = factory.SubFactory(AllianceFactory)
    gesture = "support.raise_need"
    starts_at = datetime(2026, 11, 1, 13, tzinfo=UTC)
    ends_at = datetime(2026, 12, 1, 22, tzinfo=UTC)


class ResourceFactory(Model):
    class Meta:
        model = Resource

    name = factory.Sequence("Ressource {}".format)
    kind = "community_organiser"
    person = factory.SubFactory(PersonFactory)
    alliance = factory.SubFactory(AllianceFactory)


class MandateFactory(Model):
    class Meta:
        model = Mandate

    process = factory.SubFactory(ProcessFactory)
    resource = factory.SubFactory(
        ResourceFactory, alliance=factory.SelfAttribute("..process.body.alliance")
    )
    level = "local"
    stages = ["planning", "calls"]
    dimensions = ["governance", "management"]
    quarters_per_week = 16
    starts_on = date(2026, 9, 1)
    ends_on = date(2027, 6, 30)
    status = "active"


class NeedFactory(Model):
    class Meta:
        model = Need
        skip_postgeneration_save = True

    process = factory.SubFactory(ProcessFactory)
    asked_by = factory.SubFactory(PersonFactory)
    asked_on = TODAY
    text = "Quelqu’un pour préparer l’appel de projets"
    level = "local"
    stages = ["calls"]
    dimensions = ["management"]
    quarters_per_week = 8
    starts_on = date(2026, 12, 1)
    ends_on = date(2027, 3, 31)
    status = "prioritised"  # it waits for somebody

    @factory.post_generation
    def steps(self, create, extracted, **kwargs):
        """Date its steps: those given, as pairs, or its state on the day it was asked."""
        for status, on in (extracted or [(self.status, self.asked_on)]) if create else []:
            NeedStep.objects.create(need=self, status=status, on=on)


class HandOverFactory(Model):
    class Meta:
        model = HandOver

    mandate = factory.SubFactory(MandateFactory)
    prepared_by = factory.SelfAttribute("mandate.resource.person")
    prepared_on = TODAY


class RequirementFactory(Model):
    class Meta:
        model = Requirement
        skip_postgeneration_save = True

    alliance = factory.SubFactory(AllianceFactory)
    name = factory.Sequence("Exigence {}".format)
    stage = "planning"
    official_text = "Le mandataire dépose le plan d’action concerté, conformément à l’article 4."
    plain_text = "Envoyez votre plan d’action."
    anchor = "stage_end"
    offset_days = -10
    document = "Plan d’action concerté"

    @factory.post_generation
    def questions(self, create, extracted, **kwargs):
        """Ask two plain questions; `questions=[]` asks none."""
        for text, heading in [("Qui ?", "Clientèle visée"), ("Quoi ?", "Actions prévues")]:
            if extracted != []:
                self.questions.create(text=text, heading=heading)


class ReleaseFactory(Model):
    class Meta:
        model = ReleaseAgreement

    resource = factory.SubFactory(ResourceFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    addressee = "Mme Roy, directrice"
    quarters_per_week = 28
    starts_on = date(2026, 4, 1)
    ends_on = date(2027, 3, 31)
    asked_on = date(2026, 3, 1)
