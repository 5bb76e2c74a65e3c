"""A glossary of any size, the same for the same seed, that `trainer check` accepts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

from trainer.glossary.spelling import unaccented, words
from trainer.glossary.terms import Kind

CATEGORIES = 12
DECKS = 20
_HEADS = (
    "Taux Durée Indice Seuil Volume Délai Plafond Quota Suivi Relevé Bilan Contrôle Routage Transfert Rappel "
    "Script Argumentaire Barème Palier Calendrier Fichier Registre Tableau Scénario Parcours Canal Créneau Poste"
).split()
_MIDDLES = (
    "moyen brut net cumulé différé prioritaire initial final partiel global mensuel horaire automatique manuel "
    "interne externe direct renforcé simplifié pondéré garanti provisoire régional saisonnier"
).split()
_TAILS = (
    "abandon adhésion alerte avenant campagne clôture coaching commande conversion débordement enquête escalade "
    "facturation fidélisation formation incident livraison médiation monitoring numérotation occupation ouverture "
    "paiement planification production prospection qualification réclamation recouvrement rétention rétractation "
    "satisfaction segmentation souscription supervision tarification télévente ticket transcription vérification"
).split()
_WHO = (
    "le superviseur,la direction,un client,le plateau,l’équipe,un prestataire,le conseiller,un usager".split(
        ","
    )
)
_DOES = "compare,observe,attend,décrit,rassemble,prépare,vérifie,note,raccourcit,répartit".split(",")
_WHAT = (
    "les échanges de la semaine,les demandes reçues,chaque dossier ouvert,les réponses données par écrit,"
    "une liste de personnes à joindre,les minutes passées en ligne,le calme ou la presse du matin,"
    "les mots employés au téléphone,les sommes promises,la part des affaires conclues"
).split(",")
_WHY = (
    "afin de mieux servir le public,avant de rendre compte au donneur d’ordre,pour gagner du temps,"
    "sans gêner la personne en ligne,dès que la file s’allonge,quand un collègue manque,"
    "à la fin de chaque vacation,comme le demande la loi"
).split(",")


def write_content(root: Path, count: int, seed: int = 1) -> None:
    """A directory of content with so many terms and twenty decks."""
    random = Random(seed)
    (root / "quizzes").mkdir(parents=True)
    parts = ["categories:\n", *(f"  - id: famille-{n}\n    name: Famille {n}\n" for n in range(CATEGORIES))]
    parts += ["sources:\n  - id: usage\n    name: Usage courant du métier\n", "terms:\n"]
    ids: list[str] = []
    for name in _names(count, random):
        ids.append("-".join(words(name)))
        parts.append(_term(name, ids, random))
    (root / "terms.yaml").write_text("".join(parts), "utf-8")
    for number in range(DECKS):
        (root / "quizzes" / f"paquet-{number:02}.yaml").write_text(_deck(number, ids, random), "utf-8")


def _names(count: int, random: Random) -> Iterator[str]:
    size = len(_HEADS) * len(_MIDDLES) * len(_TAILS)
    for place in random.sample(range(size), count):
        rest, tail = divmod(place, len(_TAILS))
        head, middle = divmod(rest, len(_MIDDLES))
        of = "d’" if unaccented(_TAILS[tail])[0] in "aeiou" else "de "
        yield f"{_HEADS[head]} {_MIDDLES[middle]} {of}{_TAILS[tail]}"


def _sentence(random: Random) -> str:
    who, does, what, why = map(random.choice, (_WHO, _DOES, _WHAT, _WHY))
    return f"Quand {who} {does} {what} {why}, {random.choice(_WHY)}."


def _term(name: str, ids: list[str], random: Random) -> str:
    """One entry; it names terms before it: as confusable those at even distances, as «never with» the last."""
    lines = [f"  - id: {ids[-1]}", f"    term: {name}"]
    if random.random() < 0.3:
        lines += [
            f"    acronym: {''.join(word[0] for word in name.upper().split())}",
            f"    expansion: {name}",
        ]
    if random.random() < 0.2:
        lines.append(f"    synonyms: [{name.lower()} du centre]")
    lines += [
        f"    category: famille-{random.randrange(CATEGORIES)}",
        f"    kind: {random.choice(list(Kind)).value}",
        f"    level: {random.randint(1, 3)}",
        f"    definition: >-\n      {_sentence(random)}",
    ]
    if random.random() < 0.15:
        lines.append(f"    example: >-\n      Lundi, {_sentence(random).lower()}")
    if len(ids) > 8 and random.random() < 0.3:
        lines.append(f"    confusable: [{ids[-3]}, {ids[-5]}]")
    if len(ids) > 8 and random.random() < 0.1:
        lines.append(f"    never_with: [{ids[-2]}]")
    return "\n".join([*lines, "    sources: [usage]\n\n"])


def _deck(number: int, ids: list[str], random: Random) -> str:
    """A deck of one family and level, or of some terms, and a question of its own."""
    listed = f"  terms: [{', '.join(random.sample(ids, min(50, len(ids))))}]"
    ruled = f"  categories: [famille-{number % CATEGORIES}]\n  levels: [{number % 3 + 1}]"
    return (
        f"title: Paquet {number}\nselect:\n{listed if number % 4 == 0 else ruled}\nquestions:\n"
        f"  - id: cas\n    prompt: Que fait {random.choice(_WHO)} le jour {number} ?\n    answer: Il note\n"
        "    wrong: [Il attend, Il raccroche]\n    explanation: Noter évite un rappel.\n"
    )
