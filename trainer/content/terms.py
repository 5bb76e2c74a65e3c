"""`terms.yaml` -> terms, categories and sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeVar

from trainer.content.former import Former, renamed
from trainer.content.syntax.fields import GLOSSARY_FILE, Fields, Shape, fields_of_file
from trainer.content.syntax.names import is_slug
from trainer.content.syntax.parsing import Tree
from trainer.content.syntax.report import Report, quoted
from trainer.content.syntax.values import calendar_day, choice, integer, known, valid_id
from trainer.glossary.decks import OwnQuestion
from trainer.glossary.past import Past
from trainer.glossary.terms import TERM_FACETS, Category, Facet, Kind, Source, Term

Named = TypeVar("Named", Category, Source)
Entry = TypeVar("Entry", Category, Source, Term, OwnQuestion)
Reader = Callable[[str], str]

_NAMED = Shape(("id", "name"))
_TERM = Shape(
    required=("id", "term", "category", "kind", "level", "definition"),
    optional=(
        *("acronym", "expansion", "original", "english", "synonyms", "quiz_definition", "example", "note"),
        *("confusable", "never_with", "sources", "facets", "formerly", "changed"),
    ),
)
_kind = choice(Kind)
_level = integer(1, 3)
_facet = choice(TERM_FACETS)


class Glossary(NamedTuple):
    """What `terms.yaml` holds; `declared` adds the ids of the terms that had to be left out.

    `left_out` has those of categories and sources: what is wrong with them is told once, not where they are named.
    """

    terms: Mapping[str, Term] = {}
    categories: Mapping[str, Category] = {}
    sources: Mapping[str, Source] = {}
    declared: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()
    is_whole: bool = False
    past: Past = Past()

    @property
    def a_term(self) -> Reader:
        """A reader of the ids of terms."""
        existing, renamed = known("terme inconnu", self.declared, self.is_whole), self.past.renamed

        def read(text: str) -> str:
            if text in renamed:
                raise ValueError(f"{quoted(text)} a changé de nom ; écrivez {quoted(renamed[text])}")
            return existing(text)

        return read

    @property
    def a_category(self) -> Reader:
        """A reader of the ids of categories."""
        return known("catégorie inconnue", self.categories, self.is_whole, self.left_out)

    @property
    def a_source(self) -> Reader:
        """A reader of the ids of sources."""
        return known("source inconnue", self.sources, self.is_whole, self.left_out)


def read_glossary(tree: Tree, report: Report) -> Glossary:
    """Everything that is right in the file of terms."""
    file = fields_of_file(tree.root, GLOSSARY_FILE, report)
    if file is None:
        return Glossary()
    entries = [Fields(entry, _TERM, report) for entry in file.entries("terms")]
    named = {name: _named(file, name) for name in ("categories", "sources")}
    categories = unique(_made(named["categories"], Category))
    sources = unique(_made(named["sources"], Source))
    everything = [*entries, *named["categories"], *named["sources"]]
    glossary = Glossary(
        categories=categories,
        sources=sources,
        declared=frozenset(fields.written("id") for fields in entries),
        left_out=frozenset(fields.written("id") for fields in everything if not fields.is_valid),
        is_whole=tree.is_whole and file.is_valid and _are_all_named(file, everything),
    )
    terms = _terms(entries, glossary)
    return glossary._replace(terms=terms, past=_past(entries, terms, glossary.declared))


def _are_all_named(file: Fields, entries: list[Fields]) -> bool:
    """Whether each entry of the file has an id, so that a name that is not among them is unknown indeed."""
    count = sum(file.count(name) for name in GLOSSARY_FILE.names)
    return len(entries) == count and all(
        fields.has("id") and is_slug(fields.written("id")) for fields in entries
    )


def unique(entries: Iterable[tuple[Fields, Entry | None]]) -> dict[str, Entry]:
    """The valid entries by id; of two with the same id, the first stays."""
    kept: dict[str, Entry] = {}
    first: dict[str, Fields] = {}
    for fields, entry in entries:
        if entry is None:
            continue
        if entry.id in kept:
            written = fields.written("id")
            line = first[entry.id].place("id", written).line
            message = f"identifiant {quoted(written)} déjà pris ligne {line} ; choisissez-en un autre"
            fields.report.error(fields.place("id", written), message)
        else:
            kept[entry.id] = entry
            first[entry.id] = fields
    return kept


def _named(file: Fields, name: str) -> list[Fields]:
    return [Fields(mapping, _NAMED, file.report) for mapping in file.entries(name)]


def _made(entries: list[Fields], make: Callable[[str, str], Named]) -> Iterable[tuple[Fields, Named | None]]:
    for fields in entries:
        entry = make(fields.one("id", valid_id) or "", fields.text("name"))
        yield fields, entry if fields.is_valid else None


def _terms(entries: list[Fields], glossary: Glossary) -> dict[str, Term]:
    a_term, a_category, a_source = glossary.a_term, glossary.a_category, glossary.a_source
    read = [(fields, _term(fields, a_term, a_category, a_source)) for fields in entries]
    terms = unique(read)
    apart = {(term.id, other) for term in terms.values() for other in term.never_with}
    for fields, term in read:
        if term is not None and terms[term.id] is term:
            terms[term.id] = _of_what_is_there(fields, term, terms, apart)
    return terms


def _past(entries: list[Fields], terms: dict[str, Term], declared: frozenset[str]) -> Past:
    """What the terms say that they were called before, and since when they mean something else."""
    changed, formers, told = {}, [], set[str]()
    for fields in entries:
        name, day, former = (
            fields.written("id"),
            fields.one("changed", calendar_day),
            fields.many("formerly", valid_id),
        )
        if name not in terms or name in told:
            continue
        told.add(name)
        formers += [Former(old, name, fields.place("formerly", old), fields.report) for old in former]
        if day:
            changed[name] = day
    return Past(renamed(formers, declared), changed)


def _term(fields: Fields, a_term: Reader, a_category: Reader, a_source: Reader) -> Term | None:
    term_id, category = fields.one("id", valid_id), fields.one("category", a_category)
    kind, level = fields.one("kind", _kind), fields.one("level", _level)
    term = Term(
        id=term_id or "",
        term=fields.text("term"),
        category=category or "",
        kind=kind or Kind.NOTION,
        level=level or 1,
        definition=fields.text("definition"),
        acronym=fields.text("acronym"),
        expansion=fields.text("expansion"),
        original=fields.text("original"),
        english=fields.text("english"),
        synonyms=fields.texts("synonyms"),
        quiz_definition=fields.text("quiz_definition"),
        example=fields.text("example"),
        note=fields.text("note"),
        confusable=_others(fields, "confusable", a_term),
        never_with=_others(fields, "never_with", a_term),
        sources=fields.many("sources", a_source),
        facets=_facets(fields),
    )
    return term if fields.is_valid else None


def _others(fields: Fields, name: str, a_term: Reader) -> tuple[str, ...]:
    """The other terms that a term names in a field."""
    others = fields.many(name, a_term)
    own = fields.written("id")
    if own not in others:
        return others
    fields.report.error(
        fields.place(name, own), f"{quoted(own)} se nomme lui-même ; retirez-le de cette liste"
    )
    return tuple(other for other in others if other != own)


def _facets(fields: Fields) -> tuple[Facet, ...]:
    """The facets as written, else all those that the term has."""
    if not fields.has("facets"):
        return TERM_FACETS if fields.has("acronym") and fields.has("expansion") else TERM_FACETS[:2]
    has_expansion = fields.has("acronym") and (fields.has("expansion") or fields.has("original"))
    facets = fields.many("facets", _facet)
    if Facet.EXPANSION in facets and not has_expansion:
        place = fields.place("facets", Facet.EXPANSION)
        fields.report.error(
            place, "rien à développer ; ajoutez « acronym » et « expansion », ou retirez « expansion »"
        )
        facets = tuple(facet for facet in facets if facet is not Facet.EXPANSION)
    return facets


def _of_what_is_there(
    fields: Fields, term: Term, terms: dict[str, Term], apart: set[tuple[str, str]]
) -> Term:
    """The term without what it says of terms that were left out, or that must never stand beside it."""
    if not (term.never_with or term.confusable):
        return term
    never_with = tuple(other for other in term.never_with if other in terms)
    confusable = tuple(other for other in term.confusable if other in terms)
    clashing = [other for other in confusable if {(term.id, other), (other, term.id)} & apart]
    for other in clashing:
        message = (
            f"{quoted(other)} à la fois « confusable » et « never_with », ici ou chez l’autre ; choisissez"
        )
        fields.report.error(fields.place("confusable", other), message)
    confusable = tuple(other for other in confusable if other not in clashing)
    if (confusable, never_with) == (term.confusable, term.never_with):
        return term
    return term._replace(confusable=confusable, never_with=never_with)
