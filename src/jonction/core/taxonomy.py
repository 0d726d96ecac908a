"""The space of support in French: labels of the codes of `engines.space` (S3 to S7, S9, R4)."""

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


class Aspect(TextChoices):
    INFORMATION = "information", _("information")
    MOBILISATION = "mobilisation", _("mobilisation")
    ORGANISATION = "organisation", _("organisation")
    WRITING = "writing", _("soutien à la rédaction des projets")
    TOOLS = "tools", _("outils, règles et mécanismes")
    MONITORING = "monitoring", _("modalités de suivi")
    CONFLICTS = "conflicts", _("conflits d’intérêts et prévention des conflits")


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


class StartingFactor(TextChoices):
    COMMUNITY_CAPITAL = "community_capital", _("capital communautaire de départ")
    RESOURCES = "resources", _("ressources présentes")
    EXPERTISE = "expertise", _("expérience, expertise et compétences")
    RECOGNITION = "recognition", _("reconnaissance et volonté d’investir")
    RELEASE = "release", _("volonté des institutions de dégager leurs professionnels")


class DeploymentFactor(TextChoices):
    CHOICE = "choice", _("choix du milieu")
    AFFINITY = "affinity", _("affinités")
    CULTURE = "culture", _("habitudes culturelles")
    MEANS = "means", _("ressources et moyens")
    URGENCY = "urgency", _("urgence d’agir")


class Theme(TextChoices):
    GOVERNANCE = "governance", _("gouvernance")
    PARTICIPATION = "participation", _("participation citoyenne")
    FUND = "fund", _("gestion du fonds")
    VISION = "vision", _("vision de la pauvreté")
    SUPPORT = "support", _("accompagnement")


class Mode(TextChoices):
    CONTINUOUS = "continuous", _("en continu")
    ONE_OFF = "one_off", _("ponctuel")


class Posture(TextChoices):
    SUPPORT = "support", _("accompagnement")
    COORDINATION = "coordination", _("coordination")
    EXPERTISE = "expertise", _("expertise")
    REPRESENTATION = "representation", _("représentation")
