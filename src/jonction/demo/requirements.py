"""What the funder asks in the demonstration: invented texts, in the tone of the real ones."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from jonction.accounts.models import Person
from jonction.core.attachments import attach
from jonction.cycle.actions import add_requirement
from jonction.cycle.models import Process, Requirement
from jonction.engines.due import Anchor
from jonction.governance.models import Alliance
from jonction.support.actions.filing import give_filing, ready_filing, write_filing
from jonction.support.filings import asked_of
from jonction.ui.documents import Document, Heading
from jonction.ui.documents.word import word

HELPER = "Coordination de l’Alliance, 418 555-0100"
SOURCE = "Texte inventé pour la démonstration"
# name, stage, level, anchor, days, document, official text, plain text, why, questions
ASKED = [
    (
        "Structure de concertation",
        ("mobilisation", "local", Anchor.STAGE_END, -15),
        "Plan d’orientation territorial, section 1",
        ("Le territoire doit faire état de la structure de concertation retenue, de sa composition "
        "et des mécanismes assurant la représentativité des milieux."),
        ("Dites qui est autour de la table, et comment vous vous êtes assurés que tout le monde y a "
        "sa place."),
        "Le bailleur veut savoir que les décisions ne se prennent pas entre quelques personnes.",
        [
            ("Qui est autour de la table ?", "1.1 Composition de la structure de concertation"),
            ("Qui manque encore, et que faites-vous ?", "1.2 Mécanismes de représentativité"),
        ],
    ),
    (
        "Priorités du territoire",
        ("priorities", "local", Anchor.STAGE_END, 0),
        "Plan d’orientation territorial, section 2",
        ("Les priorités sont appuyées sur des données probantes et sur une démarche de consultation "
        "documentée des personnes en situation de pauvreté."),
        "Nommez vos priorités, dites d’où elles viennent et qui les a choisies avec vous.",
        "Un projet n’est financé que s’il répond à une priorité écrite.",
        [
            ("Quelles sont vos priorités ?", "2.1 Priorités retenues"),
            ("Quels chiffres ou documents vous ont aidés ?", "2.2 Documents de référence"),
            ("Comment les personnes concernées ont-elles participé ?", "2.3 Consultation"),
        ],
    ),
    (
        "Plan d’action local",
        ("planning", "local", Anchor.STAGE_END, -20),
        "Plan d’action local",
        ("Le plan d’action concerté précise les actions, les acteurs impliqués et la répartition "
        "des sommes."),
        "Écrivez ce que vous allez faire, avec qui, et combien d’argent va où.",
        "C’est le document que la Table régionale adopte avant tout appel de projets.",
        [
            ("Qu’allez-vous faire ?", "3.1 Actions"),
            ("Avec qui ?", "3.2 Acteurs impliqués"),
            ("Combien d’argent va où ?", "3.3 Répartition des sommes"),
        ],
    ),
    (
        "Plan d’action régional concerté",
        ("planning", "regional", Anchor.STAGE_END, 0),
        "Plan d’action régional concerté",
        ("Le mandataire transmet au ministère le plan d’action régional concerté intégrant les "
        "plans locaux adoptés."),
        "Rassemblez les plans locaux et dites ce que la région ajoute.",
        "Le ministère verse les sommes d’après ce plan.",
        [
            ("Quels plans locaux sont adoptés ?", "A. Plans locaux intégrés"),
            ("Qu’ajoute la région ?", "B. Actions régionales"),
        ],
    ),
    (
        "Reddition de comptes annuelle",
        ("delivery", "regional", Anchor.FISCAL_YEAR, 60),
        "Rapport annuel du mandataire",
        ("Dans les soixante jours suivant la fin de l’exercice, le mandataire produit un état de "
        "l’utilisation des sommes et des initiatives soutenues."),
        "Dites ce que l’argent a permis cette année : projets, organismes, résultats.",
        "Sans ce rapport, le versement suivant attend.",
        [
            ("Quels projets ont été soutenus ?", "1. Initiatives soutenues"),
            ("Combien d’organismes ont participé ?", "2. Mobilisation"),
            ("Que s’est-il passé autrement que prévu ?", "3. Écarts"),
        ],
    ),
    (
        "Règles d’attribution",
        ("calls", "", Anchor.STAGE_START, -30),
        "Cadre de gestion du fonds",
        ("Un cadre de gestion adopté encadre l’analyse des demandes et la prévention des conflits "
        "d’intérêts."),
        ("Avant d’ouvrir un appel, écrivez comment vous choisirez et comment vous éviterez les "
        "conflits d’intérêts."),
        "Les organismes ont droit à des règles connues d’avance.",
        [
            ("Comment choisissez-vous les projets ?", "I. Analyse des demandes"),
            ("Que fait une personne en conflit d’intérêts ?", "II. Conflits d’intérêts"),
        ],
    ),
    (
        "Bilan de la démarche",
        ("review", "", Anchor.PROCESS_END, -60),
        "Bilan",
        ("Le bilan présente le processus, les résultats, les apprentissages et "
        "l’accompagnement offert aux milieux."),
        "Racontez le chemin : ce qui a marché, ce qui a manqué, ce que la suite doit savoir.",
        "Il prépare le plan suivant.",
        [
            ("Qu’est-ce qui a marché ?", "Résultats"),
            ("Qu’est-ce qui a manqué ?", "Difficultés"),
            ("Qui vous a accompagnés, et à quoi cela a-t-il servi ?", "Accompagnement"),
        ],
    ),
]  # fmt: skip
FORGOTTEN = (5, 13)
ANSWER = (
    "La table réunit quatorze organismes, deux municipalités et trois personnes qui vivent la "
    "pauvreté. Elle s’est rencontrée quatre fois."
)


def ask(alliance: Alliance, coordinator: Person, today: date) -> list[Requirement]:
    """Write the requirements of the Alliance, and give two of them a tool."""
    written = [
        add_requirement(
            alliance,
            actor=coordinator,
            today=today,
            facts={
                "name": name,
                "stage": stage,
                "level": level,
                "anchor": anchor.value,
                "offset_days": days,
                "document": document,
                "official_text": official,
                "plain_text": plain,
                "why": why,
                "helper": HELPER,
                "source": SOURCE,
            },
            questions=[{"text": text, "heading": heading, "help": ""} for text, heading in said],
        )
        for name, (stage, level, anchor, days), document, official, plain, why, said in ASKED
    ]
    for requirement in written[:2]:
        headings = [Heading(question.heading) for question in requirement.questions.all()]
        subtitle = f"{requirement.name} – à remplir à la main"
        template = Document(requirement.document, subtitle, today, headings, footer=SOURCE)
        file = SimpleUploadedFile(f"Gabarit – {requirement.name}.docx", word(template))
        attach(requirement, file, actor=coordinator)
    return written


def answer(processes: Sequence[Process], coordinator: Person, today: date) -> None:
    """Give what is past due but in two places, and leave some of what comes ready or begun."""
    for rank, asked in enumerate(asked_of(processes, today=today)):
        is_past = asked.due.on < today
        if (is_past and rank in FORGOTTEN) or (not is_past and rank % 3):
            continue
        headings = [question.heading for question in asked.requirement.questions.all()]
        is_whole = is_past or rank % 2 == 0
        filing = write_filing(
            asked.process,
            asked.requirement,
            asked.due.period,
            actor=coordinator,
            today=today,
            answers=dict.fromkeys(headings if is_whole else headings[:1], ANSWER),
            version=0,
        )
        if is_whole and asked.due.on <= today + timedelta(days=120):
            ready_filing(filing, actor=coordinator, today=today)
        if is_past:
            on = asked.due.on - timedelta(days=rank % 9)
            give_filing(filing, actor=coordinator, today=today, on=on)
