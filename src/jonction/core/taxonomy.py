"""The space of support in French: labels of the codes of `engines.space` (S4, S9, R4, S6)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    REGIONAL = "regional", _("processus régional")
    LOCAL = "local", _("processus local")
    PROMOTER = "promoter", _("promoteur de projet")


class Dimension(TextChoices):
    GOVERNANCE = "governance", _("gouvernance")
    MANAGEMENT = "management", _("gestion")
    OPERATIONS = "operations", _("opérationnalisation")
    COMMUNICATION = "communication", _("communication")


class Stage(TextChoices):
    MOBILISATION = "mobilisation", _("mobilisation des acteurs")
    PRIORITIES = "priorities", _("données, connaissances et priorités")
    PLANNING = "planning", _("plan d’action")
    CALLS = "calls", _("appels de projets")
    DELIVERY = "delivery", _("réalisation et suivi")
    REVIEW = "review", _("bilan et évaluation")


class Function(TextChoices):
    MEDIATION = "mediation", _("médiation et relais")
    INFORMATION = "information", _("circulation de l’information et sensibilisation")
    LOGISTICS = "logistics", _("soutien logistique et structuration")
    MOBILISING = "mobilising", _("mobilisation des acteurs, des connaissances et des ressources")


class ResourceKind(TextChoices):
    COMMUNITY_ORGANISER = "community_organiser", _("organisatrice ou organisateur communautaire")
    NETWORK_PROFESSIONAL = (
        "network_professional",
        _("autre professionnel·le du réseau de la santé et des services sociaux"),
    )
    CONSULTANT = "consultant", _("ressource consultante dédiée")
    PRIVATE = "private", _("ressource privée")
    CONCERTATION_BODY = (
        "concertation_body",
        _("instance de concertation en développement social"),
    )
    DEVELOPMENT_OFFICER = "development_officer", _("agent·e de développement")
    MUNICIPAL = "municipal", _("organisation régionale ou municipale")
    SPECIALISED = "specialised", _("ressource spécialisée en accompagnement")


class Mode(TextChoices):
    CONTINUOUS = "continuous", _("en continu")
    ONE_OFF = "one_off", _("ponctuel")
