"""The demonstration accounts (design 6): role in the address, never a right in itself."""


def _(label: str) -> str:
    """Mark a name for the catalogue, which the welcome page reads: a start reads it without Django."""
    return label


DEMO_DOMAIN = "demo.example"
DEMO_ROLES = {
    "coordination": _("Coordination de l’Alliance"),
    "table": _("Coordination d’une table locale"),
    "accompagnement": _("Personne accompagnatrice"),
    "accompagnement2": _("Autre personne accompagnatrice"),
    "promoteur": _("Promotrice ou promoteur"),
    "promoteur2": _("Autre organisme promoteur"),
    "analyse": _("Comité d’analyse"),
    "analyse2": _("Autre membre du comité d’analyse"),
    "finances": _("Finances"),
    "elu": _("Élue ou élu"),
    "observation": _("Observation"),
    "recherche": _("Recherche"),
    "admin": _("Administration de la plateforme"),
}


def demo_email(role: str) -> str:
    return f"{role}@{DEMO_DOMAIN}"
