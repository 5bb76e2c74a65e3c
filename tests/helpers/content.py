"""Small content directories for tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

HEAD = """\
categories:
  - id: indicateurs
    name: Indicateurs
  - id: outils-si
    name: Outils informatiques
sources:
  - id: usage
    name: Usage courant du métier
terms:
"""

DMT = """\
  - id: dmt
    term: DMT
    acronym: DMT
    expansion: Durée moyenne de traitement
    english: average handle time (AHT)
    synonyms: [temps moyen de traitement, TMT]
    category: indicateurs
    kind: duree
    level: 1
    definition: >-
      Temps moyen que prend un appel, de la réponse
      à la fin du travail qui le suit.
    example: 600 secondes pour deux appels font une moyenne de 300 secondes.
    note: "À ne pas confondre avec la DMC\u00a0: le travail après l’appel compte ici."
    confusable: [dmc]
    sources: [usage]
"""

DMC = """\
  - id: dmc
    term: DMC
    acronym: DMC
    expansion: Durée moyenne de communication
    category: indicateurs
    kind: duree
    level: 1
    definition: Temps moyen passé à parler avec l’appelant.
    sources: [usage]
"""

CRM = """\
  - id: crm
    term: CRM
    acronym: CRM
    expansion: Gestion de la relation client
    original: Customer Relationship Management
    category: outils-si
    kind: logiciel
    level: 1
    definition: Logiciel qui garde l’histoire des échanges avec chaque acheteur.
    sources: [usage]
"""

SCRIPT = """\
  - id: script
    term: Script
    synonyms: [guide d’entretien]
    category: outils-si
    kind: document
    level: 2
    definition: Texte qui prépare mot à mot ce qui sera dit au téléphone.
    sources: [usage]
"""

GLOSSARY = HEAD + DMT + DMC + CRM + SCRIPT

DECK = """\
title: Premiers jours
description: Les mots de la première semaine
select:
  terms: [crm]
  categories: [indicateurs]
  levels: [1]
drills: [flashcard, choice]
new_per_day: 5
questions:
  - id: unite
    prompt: Dans quelle unité se donne la DMT ?
    answer: En secondes
    wrong: [En euros, En appels]
    explanation: C’est une durée.
    terms: [dmt]
  - id: sigle
    prompt: Que veut dire le M de DMT ?
    answer: moyenne
    accept: [moyen]
    explanation: Durée moyenne de traitement.
"""


def write_content(root: Path, glossary: str = GLOSSARY, decks: Mapping[str, str] | None = None) -> Path:
    """A content directory: `terms.yaml` and, by file stem, `quizzes/*.yaml` if there are any; returns `root`."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "terms.yaml").write_text(glossary, encoding="utf-8")
    for stem, text in ({"premiers-jours": DECK} if decks is None else decks).items():
        path = root / "quizzes" / f"{stem}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def edited(text: str, old: str, new: str) -> str:
    """A text in which `old`, found once, is replaced: a valid file with one thing wrong."""
    assert text.count(old) == 1, f"{old!r} is found {text.count(old)} times"
    return text.replace(old, new)
