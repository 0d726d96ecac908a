"""The words of the trade, and where each one stands in the space of support.

Method     a line says what the expressions under it mean. Accents, plurals and small words (de, la,
           à…) do not count. An expression of `WEAK` is believed only when nothing stronger speaks.
"""

from jonction.engines.said import words_of

SMALL = {"de", "d", "du", "des", "la", "le", "les", "l", "a", "au", "aux"}
Says = dict[str, tuple[str, ...]]

STRONG = """
stage=calls
    appel de projets; appel à projets; appel de propositions; AAP; promoteur; promotrice;
    admissibilité; admissible; guide du promoteur; séance d'information aux promoteurs;
    rencontre promoteur
stage=calls function=logistics aspect=writing
    aide à la rédaction; soutien à la rédaction; rédaction de projet; rédaction de demande;
    rédaction demande; dépôt de projet; déposer projet; dépôt de demande;
    demande de financement; fiche projet; projet déposé; lettre d'appui; relecture de demande;
    relecture de projet; relecture demande; relire demande; relire projet;
    formulaire de demande; remplir formulaire; compléter formulaire
stage=calls dimension=management function=logistics aspect=writing
    montage financier; budget de projet; montage budgétaire
stage=calls dimension=management aspect=tools
    comité d'analyse; analyse des projets; analyse des demandes; analyse de projet;
    analyse de demande; grille d'analyse; grille d'évaluation; sélection des projets;
    recommandation des projets
stage=planning
    plan d'action; plan d'action concerté; plan concerté; plan local; planification; planifier;
    planif; priorisation des actions; fiche action; plan de travail; objectif
stage=planning dimension=management
    budget du plan d'action; échéancier du plan d'action
stage=priorities
    priorisation; priorité; prioriser; diagnostic; état de situation; enjeu; besoin du milieu;
    focus group; groupe de discussion; exercice de priorité; vote des priorités
stage=priorities function=information
    portrait; portrait du territoire; données; donnée; statistique; stats;
    indice de défavorisation; cartographie
stage=priorities aspect=tools
    sondage; questionnaire
stage=priorities dimension=operations aspect=organisation
    forum; forum citoyen; consultation; consultation citoyenne; assemblée de cuisine;
    tour de table
stage=mobilisation function=mobilising aspect=mobilisation
    mobilisation; mobiliser; recrutement; recruter; invitation; inviter; tournée;
    tournée des partenaires; prise de contact; premier contact; nouveau membre;
    nouveau partenaire; lancement de la démarche; démarrage; relance des partenaires;
    relancer partenaires
stage=delivery aspect=monitoring
    suivi de projet; suivi du plan d'action; suivi des actions; suivi plan;
    suivi auprès des promoteurs; suivi promoteur; visite de projet; mise en œuvre; réalisation;
    avancement; comité de suivi
stage=delivery dimension=management aspect=monitoring
    rapport d'étape; suivi d'entente; suivi budgétaire
stage=delivery dimension=management
    entente; protocole d'entente; convention; versement; avenant; signature d'entente
stage=review aspect=monitoring
    bilan; évaluation; éval; éval du plan d'action; évaluer; leçon apprise; apprentissage; retombée; post mortem;
    bilan du plan d'action; évaluation du plan d'action
stage=review dimension=management aspect=monitoring
    reddition de comptes; reddition; rapport final; rapport annuel; bilan financier;
    rapport d'activité
dimension=governance
    gouvernance; CA; conseil d'administration; AGA; AG; assemblée générale; comité directeur;
    comité de direction; comité de pilotage; copil; comité exécutif; comité de coordination;
    élection; décision; processus décisionnel; prise de décision; quorum; résolution;
    cadre de référence; rôle et responsabilité; partage des rôles
dimension=governance aspect=tools
    règle; règle de fonctionnement; régie interne; charte; règlement; code de vie
dimension=governance aspect=conflicts
    conflit d'intérêts; déclaration d'intérêts; code d'éthique; éthique; récusation
dimension=governance function=mediation aspect=conflicts
    médiation; médier; conflit; tension; arbitrage; désaccord; chicane; litige; conciliation;
    gestion de conflit; différend
dimension=management function=logistics
    budget; bugdet; budgétaire; prévision budgétaire; tableau de bord; échéancier
dimension=management
    gestion; finance; financier; enveloppe; dépense; facture; FQIS; subvention; contrat;
    comité de gestion; états financiers; rapport; rapport financier; comptabilité
dimension=management aspect=tools
    grille; cadre de gestion
dimension=management aspect=monitoring
    tableau de suivi; indicateur; outil de suivi
dimension=operations function=logistics aspect=organisation
    animation; anim; animer; animé; anime; atelier; compte rendu; CR; PV; procès-verbal;
    ordre du jour; ODJ; logistique; salle; réservation; réserver; convocation; transport;
    covoiturage; halte-garderie; gardiennage; garderie; repas; goûter; collation; dîner;
    inscription; doodle; zoom; teams; prise de notes; préparation de rencontre;
    préparer rencontre; prep rencontre; animation de rencontre
dimension=communication function=information aspect=information
    infolettre; page Facebook; facebook; fb; réseaux sociaux; média; site web; site internet;
    communiqué; communiqué de presse; conférence de presse; journal local; radio; affiche;
    dépliant; publication; vulgarisation; vulgariser; langage clair; sensibilisation;
    sensibiliser; capsule; webinaire; diffusion; publicité; article
dimension=communication
    communication; plan de communication; comm
function=mediation
    relais; liaison; faire le lien; lien entre; négociation; négocier; facilitation;
    rapprochement; arrimage
function=information aspect=information
    information; info; séance d'information; présentation; présenter; formation; explication;
    expliquer
function=mobilising aspect=mobilisation
    partenaire; participation citoyenne; participation; relance; relancer; implication;
    réseautage; personne concernée; personne en situation de pauvreté
function=logistics
    rédaction; préparation; prep; préparer; soutien logistique; coordination
posture=coordination
    coordination; coordonner; coordonné; coordination de la démarche; coordination de la table;
    coordination du comité; rôle de coordination
posture=support
    accompagnement; accompagner; accompagné; coaching; codéveloppement
posture=expertise
    expertise; avis d'expert; avis technique; avis juridique; conseil technique; note technique
posture=representation
    représentation; représenter; représenté; représentant; représentante; porte-parole;
    au nom de l'Alliance; au nom de la table
aspect=tools
    outil; gabarit; canevas; aide-mémoire; guide; modèle; boîte à outils; procédure
"""
WEAK = """
dimension=operations aspect=organisation
    rencontre; réunion; préparation; prep; préparer; visite; calendrier
stage=calls function=logistics aspect=writing
    formulaire
stage=delivery
    visite
aspect=monitoring
    suivi; visite
stage=calls
    dépôt; soumission
"""
# ordinary words that one letter separates from a word of the trade or from the name of a place
ORDINARY = {
    "defense",
    "meditation",
    "confit",
    "partage",
    "passage",
    "matinee",
    "entendre",
    "revision",
}


def _read(table: str) -> dict[tuple[str, ...], Says]:
    found: dict[tuple[str, ...], Says] = {}
    meaning: list[list[str]] = []
    for line in table.strip().splitlines():
        if not line.startswith(" "):
            meaning = [part.split("=") for part in line.split()]
            continue
        for expression in filter(None, line.strip().split(";")):
            words = tuple(word for word in words_of(expression) if word not in SMALL)
            says = found.setdefault(words, {})
            for field, code in meaning:
                says[field] = tuple(dict.fromkeys((*says.get(field, ()), code)))
    return found


EXPRESSIONS = _read(STRONG)
WEAK_EXPRESSIONS = _read(WEAK)
VOCABULARY = {word for words in (*EXPRESSIONS, *WEAK_EXPRESSIONS) for word in words}
LONGEST = max(map(len, EXPRESSIONS))
