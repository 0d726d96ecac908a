"""The invented names of the demonstration; the MRC alone are real."""

TERRITORIES = [
    ("Comité local des Deux-Rives", "La Matanie"),
    ("Table des Plateaux", "La Matapédia"),
    ("Comité local de l’Anse", "La Mitis"),
    ("Table solidaire du Littoral", "Rimouski-Neigette"),
    ("Comité local des Îlets", "Les Basques"),
    ("Table du Grand-Portage", "Rivière-du-Loup"),
    ("Comité local des Lacs", "Témiscouata"),
    ("Table des Aboiteaux", "Kamouraska"),
]
FIRST = [
    "Anaïs", "Benoît", "Chantal", "Denis", "Élise", "François", "Ginette", "Hugo", "Isabelle",
    "Jérôme", "Karine", "Louis", "Marie-Ève", "Nadia", "Olivier", "Pascale", "Réjean", "Sylvie",
    "Thomas", "Ursule", "Valérie", "William", "Yolande", "Zoé", "Émile",
]  # fmt: skip
LAST = ["Bérubé", "Caron", "D’Amours", "Gendron", "Lavoie", "Michaud", "Ouellet", "Pelletier"]
ORGANISATIONS = (
    ["Cuisine", "Maison", "Regroupement", "Friperie", "Centre", "Coopérative", "Moisson", "Café"],
    [
        "des Embruns", "du Phare", "de la Batture", "des Goélands", "du Vieux-Quai", "de l’Érable",
        "des Trois-Clochers", "de la Pointe", "du Ruisseau", "des Semailles", "de l’Éclaircie",
        "du Tremplin", "de la Vallée", "des Rives", "du Bas-du-Fleuve",
    ],
)  # fmt: skip
WORKS_OF = {
    "mediation": [
        "Relais entre le comité local et la Table régionale",
        "Médiation entre deux organismes",
    ],
    "information": [
        "Vulgarisation du cadre de gestion",
        "Codéveloppement entre personnes accompagnatrices",
    ],
    "logistics": [
        "Animation de la rencontre du comité",
        "Préparation et compte rendu",
        "Aide à la rédaction, section budget",
        "Création d’une grille d’analyse",
        "Visite de suivi d’un projet",
        "Aide au rapport d’étape",
    ],
    "mobilising": [
        "Portrait : données de défavorisation",
        "Recherche de partenaires pour le transport",
        "Préparation d’une rencontre avec des personnes concernées",
        "Appel à une personne absente",
    ],
}
WORKS = [work for works in WORKS_OF.values() for work in works]
FOLLOW_UPS = [
    "",
    "",
    "",
    "",
    "Rappeler la semaine prochaine",
    "Envoyer le compte rendu",
    "Réserver la salle",
]
NEEDS = [
    ("Quelqu’un pour animer les rencontres du comité", "mobilisation", "operations"),
    ("Aide pour rejoindre les personnes concernées", "mobilisation", "communication"),
    ("Lire ensemble les données de défavorisation", "priorities", "management"),
    ("Une soirée de discussion dans une cuisine collective", "priorities", "communication"),
    ("Écrire le plan d’action sans jargon", "planning", "communication"),
    ("Clarifier qui décide de quoi", "planning", "governance"),
    ("Préparer l’appel de projets : guide et formulaire", "calls", "management"),
    ("Accompagner trois organismes dans leur demande", "calls", "operations"),
    ("Former le comité d’analyse aux conflits d’intérêts", "calls", "governance"),
    ("Suivre les projets financés, deux visites par mois", "delivery", "operations"),
    ("Aide aux rapports d’étape", "delivery", "management"),
    ("Préparer le bilan avec ceux qui ont participé", "review", "governance"),
]
CALLERS = [
    "",
    "",
    "",
    "Ginette, du groupe d’entraide",
    "le maire du village voisin",
    "une maman du quartier",
]
