"""The demonstration accounts (design 6): role in the address, never a right in itself."""

DEMO_DOMAIN = "demo.example"
DEMO_ROLES = {
    "coordination": "Coordination de l’Alliance",
    "table": "Coordination d’une table locale",
    "accompagnement": "Personne accompagnatrice",
    "accompagnement2": "Autre personne accompagnatrice",
    "promoteur": "Promotrice ou promoteur",
    "promoteur2": "Autre organisme promoteur",
    "analyse": "Comité d’analyse",
    "analyse2": "Autre membre du comité d’analyse",
    "finances": "Finances",
    "elu": "Élue ou élu",
    "observation": "Observation",
    "recherche": "Recherche",
    "admin": "Administration de la plateforme",
}


def demo_email(role: str) -> str:
    return f"{role}@{DEMO_DOMAIN}"
