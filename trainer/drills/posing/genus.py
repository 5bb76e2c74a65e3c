"""Genus: the sort of thing that a name or a definition says at its head, such as a rate, a person or a document."""

from __future__ import annotations

import re
from functools import lru_cache

from trainer.drills.posing.masking import BLANK
from trainer.glossary.spelling import content_words, words

_GENERA = [
    (
        "taux",
        "part",
        "rapport",
        "pourcentage",
        "proportion",
        "nombre",
        "mesure",
        "indicateur",
        "score",
        "note",
        "indice",
    ),
    ("duree", "temp", "delai", "moment", "periode", "attente", "pause"),
    (
        "personne",
        "salarie",
        "employe",
        "celui",
        "celle",
        "responsable",
        "client",
        "conseiller",
        "agent",
        "homme",
        "quelqu",
        "particulier",
        "acheteur",
        "contact",
    ),
    (
        "entreprise",
        "societe",
        "organisme",
        "association",
        "autorite",
        "service",
        "centre",
        "syndicat",
        "equipe",
        "institution",
    ),
    (
        "logiciel",
        "outil",
        "programme",
        "systeme",
        "application",
        "plateforme",
        "robot",
        "automate",
        "serveur",
        "machine",
    ),
    ("appareil", "equipement", "materiel", "casque", "poste", "installation", "ecran", "standard"),
    (
        "document",
        "texte",
        "fiche",
        "formulaire",
        "guide",
        "grille",
        "liste",
        "fichier",
        "base",
        "tableau",
        "script",
        "carte",
    ),
    ("cout", "prix", "montant", "somme", "depense", "argent", "chiffre", "valeur", "budget"),
    (
        "methode",
        "demarche",
        "technique",
        "facon",
        "maniere",
        "procede",
        "methodologie",
        "approche",
        "strategie",
    ),
    ("appel", "communication", "coup", "conversation", "telephone", "entretien"),
    ("loi", "reglement", "norme", "regle", "obligation", "droit", "certification", "article"),
    ("site", "page", "adresse", "lien", "internet", "web", "ligne", "boutique", "blog"),
    ("action", "fait", "operation", "vente", "prospection", "demarchage", "relance", "acte"),
]
_GENUS = {word: index for index, genus in enumerate(_GENERA) for word in genus}


@lru_cache(maxsize=16384)
def genera(text: str) -> frozenset[int]:
    """The sorts of thing that the first words of a text speak of; an agent noun is a person."""
    first = words(text.replace(BLANK, " "))[:4]
    found = {_GENUS[word] for word in (*content_words(" ".join(first)), *first) if word in _GENUS}
    if first and re.search(r"(?:eur|euse|trice|ant|teur)s?$", first[0]):
        found.add(2)
    return frozenset(found)
