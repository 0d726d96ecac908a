"""Sentences as support workers type them on a phone, with what a colleague would understand.

Everything that is not said here must stay empty. The day is Monday 23 November 2026.
"""

from datetime import date

from jonction.engines.naming import Known

TODAY = date(2026, 11, 23)
MATANIE, MATAPEDIA, RDL, MITIS, BASQUES, KAMOURASKA, TEMIS, REGION = range(1, 9)
KNOWN = [
    Known(MATANIE, ("Table de concertation de La Matanie", "La Matanie")),
    Known(MATAPEDIA, ("Table des Plateaux", "La Matapédia")),
    Known(RDL, ("Comité local – Rivière-du-Loup", "Rivière-du-Loup")),
    Known(MITIS, ("Table COSMOSS de La Mitis", "La Mitis")),
    Known(BASQUES, ("Comité local Alliance – Les Basques", "Les Basques")),
    Known(KAMOURASKA, ("Table des partenaires de Kamouraska", "Kamouraska")),
    Known(TEMIS, ("Comité local des Deux-Rives", "Témiscouata")),
    Known(REGION, ("Table régionale", "Bas-Saint-Laurent")),
]


def day(number, month=11):
    return date(2026, month, number)


HIER, VENDREDI = day(22), day(20)
CALLS, PLANNING, PRIORITIES = "calls", "planning", "priorities"
MOBILISATION, DELIVERY, REVIEW = "mobilisation", "delivery", "review"
GOVERNANCE, MANAGEMENT, OPERATIONS, COMMUNICATION = (
    "governance", "management", "operations", "communication",
)  # fmt: skip
ORGANISING = {"dimension": OPERATIONS, "function": "logistics", "aspects": ("organisation",)}
MEETING = {"dimension": OPERATIONS, "aspects": ("organisation",)}
WRITING = {"stage": CALLS, "function": "logistics", "aspects": ("writing",)}
CALMING = {"dimension": GOVERNANCE, "function": "mediation", "aspects": ("conflicts",)}
TELLING = {"dimension": COMMUNICATION, "function": "information", "aspects": ("information",)}
GATHERING = {"stage": MOBILISATION, "function": "mobilising", "aspects": ("mobilisation",)}

EXAMPLES = [
    # the tables, and what is done there
    ("rencontre matanie 2h", {"process": MATANIE, "quarters": 8} | MEETING),
    ("Réunion table de la Mitis hier soir, 1h30",
     {"process": MITIS, "quarters": 6, "on": HIER} | MEETING),
    ("reu matapedia vendredi 3 h", {"process": MATAPEDIA, "quarters": 12, "on": VENDREDI}),
    ("anim rencontre kamouraska 2h30", {"process": KAMOURASKA, "quarters": 10} | ORGANISING),
    ("Animation d’un atelier au comité local des Basques – 1 h 45",
     {"process": BASQUES, "quarters": 7} | ORGANISING),
    ("CR rencontre riviere du loup 45min", {"process": RDL, "quarters": 3} | ORGANISING),
    ("pv de la derniere reunion RDL 30 min", {"process": RDL, "quarters": 2} | ORGANISING),
    ("compte-rendu + envoi aux membres, temis, 1h", {"process": TEMIS, "quarters": 4} | ORGANISING),
    ("ODJ + convocation table plateaux 30min", {"process": MATAPEDIA, "quarters": 2} | ORGANISING),
    ("ordre du jour pour jeudi matanie 20 min", {"process": MATANIE, "quarters": 1} | ORGANISING),
    ("prep rencontre de mercredi deux-rives 1h",
     {"process": TEMIS, "quarters": 4} | ORGANISING),
    ("CA de la table de la mitis 2h + 1h de route",
     {"process": MITIS, "quarters": 12, "dimension": GOVERNANCE}),
    ("rencontre du ca kamouraska 2h",
     {"process": KAMOURASKA, "quarters": 8, "dimension": GOVERNANCE, "aspects": ("organisation",)}),
    ("ca bien ete avec le groupe 1h", {"quarters": 4}),
    ("AGA avant-hier Basques, 3h30",
     {"process": BASQUES, "quarters": 14, "on": day(21), "dimension": GOVERNANCE}),
    ("table régionale le 12 nov 6h",
     {"process": REGION, "quarters": 24, "on": day(12)}),
    ("reservation salle et traiteur pour le 3 dec, matane, 1/2 heure",
     {"process": MATANIE, "quarters": 2} | ORGANISING),
    ("halte garderie et transport pour le forum Mitis 1h15",
     {"process": MITIS, "quarters": 5, "stage": PRIORITIES} | ORGANISING),
    # telephone and mail
    ("appel marie-claude 15 min", {"quarters": 1}),
    ("tel. avec l'OC de la mitis, vingt minutes", {"process": MITIS, "quarters": 1}),
    ("courriels divers kamouraska 0,5h", {"process": KAMOURASKA, "quarters": 2}),
    ("2 appels manqués promoteur Temis 10min",
     {"process": TEMIS, "quarters": 1, "stage": CALLS}),
    ("relance des organismes basques 40 min",
     {"process": BASQUES, "quarters": 3, "function": "mobilising", "aspects": ("mobilisation",)}),
    ("suivi courriel matanie 15m",
     {"process": MATANIE, "quarters": 1, "aspects": ("monitoring",)}),
    # mobilising
    ("recrutement de citoyens tablee populaire Trois-Pistoles (les Basques) 2h",
     {"process": BASQUES, "quarters": 8} | GATHERING),
    ("invitations envoyées aux partenaires matapedia, une heure",
     {"process": MATAPEDIA, "quarters": 4} | GATHERING),
    ("Tournée des partenaires mardi dernier Kamouraska 5h",
     {"process": KAMOURASKA, "quarters": 20, "on": day(17)} | GATHERING),
    ("mobilsation des acteurs mitis 1h", {"process": MITIS, "quarters": 4} | GATHERING),
    # data and priorities
    ("portrait du territoire temiscouata 3h",
     {"process": TEMIS, "quarters": 12, "stage": PRIORITIES, "function": "information"}),
    ("sondage besoins aines RDL 1h", {"process": RDL, "quarters": 4, "stage": PRIORITIES,
                                      "aspects": ("tools",)}),
    ("forum citoyen samedi 6h matanie",
     {"process": MATANIE, "quarters": 24, "on": day(21), "stage": PRIORITIES} | MEETING),
    ("donnees stats pauvreté les basques 1.5h",
     {"process": BASQUES, "quarters": 6, "stage": PRIORITIES, "function": "information"}),
    ("vote des priorités plateaux, 2 heures et quart",
     {"process": MATAPEDIA, "quarters": 9, "stage": PRIORITIES}),
    ("animation exercice de priorisation 2h kamou",
     {"process": KAMOURASKA, "quarters": 8, "stage": PRIORITIES} | ORGANISING),
    # action plan
    ("plan d'action v2 matanie 2h", {"process": MATANIE, "quarters": 8, "stage": PLANNING}),
    ("redac plan action Mitis une heure et demie",
     {"process": MITIS, "quarters": 6, "stage": PLANNING}),
    ("planif annuelle table des partenaires kamouraska 1h",
     {"process": KAMOURASKA, "quarters": 4, "stage": PLANNING}),
    ("budget du plan d’action rivière-du-loup 45 min",
     {"process": RDL, "quarters": 3, "stage": PLANNING, "dimension": MANAGEMENT}),
    # calls for projects
    ("appel de projets: réponses aux questions Basques 1h",
     {"process": BASQUES, "quarters": 4, "stage": CALLS}),
    ("aide rédaction projet frigo partagé matapédia 1h30",
     {"process": MATAPEDIA, "quarters": 6} | WRITING),
    ("formulaire demande cuisine coll. RDL 2h",
     {"process": RDL, "quarters": 8} | WRITING),
    ("montage financier jardin comm. matanie 1h",
     {"process": MATANIE, "quarters": 4, "dimension": MANAGEMENT} | WRITING),
    ("lettre d'appui projet transport Mitis 30 minutes",
     {"process": MITIS, "quarters": 2, "stage": CALLS, "dimension": OPERATIONS,
      "function": "logistics", "aspects": ("organisation", "writing")}),
    ("comité d’analyse jeudi 3h30 Kamouraska",
     {"process": KAMOURASKA, "quarters": 14, "on": day(19), "stage": CALLS,
      "dimension": MANAGEMENT, "aspects": ("tools",)}),
    ("comite danalyse temis 2h",
     {"process": TEMIS, "quarters": 8, "stage": CALLS, "dimension": MANAGEMENT,
      "aspects": ("tools",)}),
    ("relecture demande de financement Maison des jeunes, basques, trois quarts d'heure",
     {"process": BASQUES, "quarters": 3} | WRITING),
    # delivery
    ("signature entente avec MRC matanie 1h",
     {"process": MATANIE, "quarters": 4, "stage": DELIVERY, "dimension": MANAGEMENT}),
    ("suivi des projets en cours Mitis 1h30",
     {"process": MITIS, "quarters": 6, "stage": DELIVERY, "aspects": ("monitoring",)}),
    ("visite projet moisson RDL + 1h de route, 2h",
     {"process": RDL, "quarters": 12, "stage": DELIVERY, "aspects": ("monitoring",)}),
    ("raport d'etape jardins collectifs plateaux 1h",
     {"process": MATAPEDIA, "quarters": 4, "stage": DELIVERY, "dimension": MANAGEMENT,
      "aspects": ("monitoring",)}),
    ("2e versement FQIS basques 15 min",
     {"process": BASQUES, "quarters": 1, "stage": DELIVERY, "dimension": MANAGEMENT}),
    # review
    ("bilan an 2 kamouraska 2h",
     {"process": KAMOURASKA, "quarters": 8, "stage": REVIEW, "aspects": ("monitoring",)}),
    ("reddition de compte MESS région BSL 3h",
     {"process": REGION, "quarters": 12, "stage": REVIEW, "dimension": MANAGEMENT,
      "aspects": ("monitoring",)}),
    ("éval du plan d'action temiscouata 1h",
     {"process": TEMIS, "quarters": 4, "stage": REVIEW, "aspects": ("monitoring",)}),
    # governance, mediation, conflicts of interest
    ("médiation entre 2 organismes Matanie 1h30", {"process": MATANIE, "quarters": 6} | CALMING),
    ("tensions au comité local deux rives, 1 heure", {"process": TEMIS, "quarters": 4} | CALMING),
    ("conflit d'intérêt d'un membre comité d'analyse Mitis 30 min",
     {"process": MITIS, "quarters": 2, "stage": CALLS, "dimension": GOVERNANCE,
      "aspects": ("tools", "conflicts")}),
    ("règles de fonctionnement table matapedia 2h",
     {"process": MATAPEDIA, "quarters": 8, "dimension": GOVERNANCE, "aspects": ("tools",)}),
    ("faire le lien entre le local et la table régionale 30min",
     {"process": REGION, "quarters": 2, "function": "mediation"}),
    # communication
    ("infolettre novembre kamouraska 1h", {"process": KAMOURASKA, "quarters": 4} | TELLING),
    ("post page facebook Matanie 15 min", {"process": MATANIE, "quarters": 1} | TELLING),
    ("vulgarisation guide du promoteur basques 2h",
     {"process": BASQUES, "quarters": 8, "stage": CALLS} | TELLING),
    ("formation sur les préjugés RDL 3h",
     {"process": RDL, "quarters": 12, "function": "information", "aspects": ("information",)}),
    # tools
    ("gabarit de reddition pour tout le monde 1h",
     {"quarters": 4, "stage": REVIEW, "dimension": MANAGEMENT, "aspects": ("tools", "monitoring")}),
    ("grille d'analyse version finale mitis 1h",
     {"process": MITIS, "quarters": 4, "stage": CALLS, "dimension": MANAGEMENT,
      "aspects": ("tools",)}),
    ("tableau de suivi budgétaire matanie 45 mn",
     {"process": MATANIE, "quarters": 3, "dimension": MANAGEMENT, "function": "logistics",
      "aspects": ("monitoring",)}),
    # days
    ("2026-11-18 rencontre Mitis 1h", {"process": MITIS, "quarters": 4, "on": day(18)} | MEETING),
    ("18/11/2026 appel basques 15 min", {"process": BASQUES, "quarters": 1, "on": day(18)}),
    ("le 3, rencontre temis 1h", {"process": TEMIS, "quarters": 4, "on": day(3)} | MEETING),
    ("le 1er oct rencontre kamouraska 2h",
     {"process": KAMOURASKA, "quarters": 8, "on": day(1, 10)} | MEETING),
    ("mar 17 matanie 1h appel", {"process": MATANIE, "quarters": 4, "on": day(17)}),
    ("ce matin appel mitis 1/2h", {"process": MITIS, "quarters": 2, "on": TODAY}),
    ("il y a deux jours, tel Basques 15min", {"process": BASQUES, "quarters": 1, "on": day(21)}),
    ("lundi rencontre plateaux 1h", {"process": MATAPEDIA, "quarters": 4, "on": TODAY} | MEETING),
    ("lundi passé rencontre plateaux 1h",
     {"process": MATAPEDIA, "quarters": 4, "on": day(16)} | MEETING),
    ("préparation prochaine rencontre le 3 dec RDL 1h", {"process": RDL, "quarters": 4} | MEETING
     | {"function": "logistics"}),
    ("rencontre lundi prochain à organiser, kamouraska 15 min",
     {"process": KAMOURASKA, "quarters": 1} | MEETING),
    ("lundi et mardi, terrain matanie 12h", {"process": MATANIE, "quarters": 48}),
    # times
    ("9h à 11h30 rencontre mitis", {"process": MITIS, "quarters": 10} | MEETING),
    ("rencontre à 13h30 basques, 2h", {"process": BASQUES, "quarters": 8} | MEETING),
    ("1 heure quinze tel temis", {"process": TEMIS, "quarters": 5}),
    ("2h 20 personnes forum matanie",
     {"process": MATANIE, "quarters": 8, "stage": PRIORITIES} | MEETING),
    ("¾ h appel matapedia", {"process": MATAPEDIA, "quarters": 3}),
    ("quarante-cinq minutes avec la coordo, Mitis", {"process": MITIS, "quarters": 3}),
    ("1h de prep et 2h de rencontre rdl",
     {"process": RDL, "quarters": 12, "function": "logistics"} | MEETING),
    ("rencontre mitis 3h dont 1h de route", {"process": MITIS, "quarters": 12} | MEETING),
    ("1 ¾ h avec le CA matanie",
     {"process": MATANIE, "quarters": 7, "dimension": GOVERNANCE}),
    ("2 h de route kamouraska", {"process": KAMOURASKA, "quarters": 8}),
    ("Transport 2 personnes pour la consultation, 1,5, temiscouata",
     {"process": TEMIS, "quarters": 6, "stage": PRIORITIES} | ORGANISING),
    ("Rédaction du portrait, recherche de données, 4h, matanie, 19 novembre",
     {"process": MATANIE, "quarters": 16, "on": day(19), "stage": PRIORITIES,
      "function": "information"}),
    ("Soutien à Julie pour conflit entre 2 membres CA, mitis 1h15",
     {"process": MITIS, "quarters": 5} | CALMING),
    ("rencontre zoom avec table regionale lundi le 16 novembre 2h30",
     {"process": REGION, "quarters": 10, "on": day(16)} | ORGANISING),
    ("Réunion préparatoire forum (9h30-12h) mitis",
     {"process": MITIS, "quarters": 10, "stage": PRIORITIES} | MEETING),
    # what must not be invented
    ("matanie et matapedia 1h", {"quarters": 4}),
    ("portraitiste contacté pour la fête 1h", {"quarters": 4}),
    ("grand ménage des dossiers 1h", {"quarters": 4}),
    ("lecture au bord de la rivière", {}),
    ("defense des droits 30min", {"quarters": 2}),
    ("budget 1,5 M$ annoncé",
     {"dimension": MANAGEMENT, "function": "logistics"}),
    ("version 2.1", {}),
    ("il y a 3 organismes intéressés", {}),
    ("au 418 555-0123 laissé message", {}),
    # a word after the minutes that only begins as a month, a count or hours
    ("médiation basques 1h30 hier",
     {"process": BASQUES, "quarters": 6, "on": HIER} | CALMING),
    ("animation rencontre 1h30 octroi kamouraska", {"process": KAMOURASKA, "quarters": 6} | ORGANISING),
    ("rencontre matanie 2h 15 participants", {"process": MATANIE, "quarters": 8} | MEETING),
]  # fmt: skip
