"""Imports run downwards only, the pure folders stay pure, and no verb but the one that plays loads Textual."""

from __future__ import annotations

import ast
import inspect
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from textual.app import App
from textual.screen import Screen

from tests.helpers import ROOT

PACKAGE = ROOT / "trainer"
PURE = ("glossary", "memory", "drills", "editorial", "wording")
LAYERS = (
    ("__main__",),
    ("cli",),
    ("launch",),
    ("app",),
    ("screens",),
    ("plain", "widgets"),
    ("wording", "services"),
    ("crash",),
    ("editorial", "safekeeping", "terminal"),
    ("drills", "progress"),
    ("memory", "content"),
    ("glossary", "places"),
    ("errors",),
)
"""From the top to the bottom: a layer may import those below it, and nothing beside it but itself."""
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
UNWANTED = {
    "textual",
    "rich",
    "yaml",
    "os",
    "pathlib",
    "time",
    "secrets",
    "uuid",
    "io",
    "sys",
    "shutil",
    "tempfile",
    "subprocess",
    "socket",
    "click",
    "platformdirs",
}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter", "sleep"}

MODULES = sorted(PACKAGE.rglob("*.py"))


def named(path: Path) -> str:
    """A module's name as pytest shows it."""
    return path.relative_to(PACKAGE).as_posix()


def part(path: Path) -> str:
    """The layer's name of a module: its folder, or itself at the top."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """(module, name imported from it or nothing) of every import, those inside functions included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield from ((node.module or "", alias.name) for alias in node.names)


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def inner(path: Path) -> Iterator[str]:
    """The layers' names that a module imports."""
    for module, name in imports(parsed(path)):
        if module == "trainer" and name:
            yield name
        elif module.startswith("trainer."):
            yield module.split(".")[1]


def test_the_table_of_layers_is_the_one_that_newcomers_read() -> None:
    """The page on the architecture quotes it, word for word."""
    own = Path(__file__).read_text(encoding="utf-8")
    table = own[own.index("LAYERS = (") : own.index('"""From the top to the bottom')]
    assert table in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_eight_modules_stand_at_the_top() -> None:
    """Whatever else comes finds its room in a folder."""
    loose = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    assert loose == {"__main__", "app", "crash", "errors", "launch", "places", "plain", "services"}


@pytest.mark.parametrize(
    ("library", "user"), [("click", "cli"), ("yaml", "content"), ("platformdirs", "places")]
)
def test_a_library_stands_behind_one_folder(library: str, user: str) -> None:
    """What its next release changes is mended there."""
    users = {
        part(path)
        for path in MODULES
        if any(module.split(".")[0] == library for module, _ in imports(parsed(path)))
    }
    assert users == {user}


def test_every_module_has_a_layer() -> None:
    """A new folder or top-level module has to find its place in the order."""
    assert {part(path) for path in MODULES} - {"__init__"} == set(RANK)


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_run_downwards(path: Path) -> None:
    """A module imports from layers below its own, or from its own folder."""
    own = part(path)
    if own == "__init__":
        assert not list(inner(path))
        return
    for other in inner(path):
        assert other == own or RANK[other] > RANK[own], f"{own} imports {other}"


@pytest.mark.parametrize("path", [path for path in MODULES if part(path) in PURE], ids=named)
def test_pure_folders_touch_nothing_outside(path: Path) -> None:
    """No screen, no disk, no clock and no shared source of randomness: time and chance are parameters."""
    tree = parsed(path)
    for module, name in imports(tree):
        assert module.split(".")[0] not in UNWANTED, module
        if module.split(".")[0] == "random":
            assert name == "Random", f"{module} {name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CLOCKS, f"line {node.lineno} asks a clock"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in {"open", "print", "input", "exec", "eval", "__import__", *CLOCKS}
            assert node.func.id != "Random" or node.args, f"line {node.lineno} has a source without a seed"


def test_only_the_scheduler_and_the_optimiser_import_fsrs() -> None:
    """The engine stands behind two modules: what a session needs, and what fits parameters."""
    users = [
        named(path)
        for path in MODULES
        if any(module.startswith("fsrs") for module, _ in imports(parsed(path)))
    ]
    assert users == ["memory/optimising.py", "memory/schedule.py"]


def test_the_application_is_imported_only_to_play() -> None:
    """`trainer.app` is imported by `launch` alone, inside a function."""
    users = [named(path) for path in MODULES if "app" in inner(path)]
    assert users == ["launch.py"]
    tree = parsed(PACKAGE / "launch.py")
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    for node in tree.body:
        is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        if not isinstance(node, functions) and not is_for_types:
            early = [module for module, _ in imports(node)]
            assert not [name for name in early if name.startswith(("trainer.app", "textual"))]


def test_only_the_launch_asks_the_environment_and_the_clock() -> None:
    """The composition root is the only user of the real clock, of entropy and of the environment."""
    for path in MODULES:
        if part(path) == "launch":
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                used = f"{node.value.id}.{node.attr}"
                assert used not in {
                    "os.environ",
                    "os.getenv",
                    "os.urandom",
                    "datetime.now",
                    "datetime.utcnow",
                    "datetime.today",
                    "date.today",
                    "time.time",
                    "time.monotonic",
                    "uuid.uuid4",
                }, f"{named(path)}:{node.lineno} {used}"
        assert not {"secrets", "uuid"} & {module for module, _ in imports(parsed(path))}, named(path)


def test_home_shows_without_the_drills_and_the_judge() -> None:
    """In a fresh interpreter, what stands on the first screen loads neither: they are read once it is drawn."""
    script = "import sys, trainer.__main__, trainer.launch, trainer.app; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    early = {name for name in run.stdout.split() if name.startswith(("trainer.drills.", "rapidfuzz", "yaml"))}
    assert early == {"trainer.drills.posing", "trainer.drills.posing.formats"}


def test_a_start_spares_openssl_but_keeps_it_from_nobody() -> None:
    """Nothing connects to a network; a library that wants to can still import it."""
    script = (
        "import sys\nfrom trainer import launch\nlaunch._import_asyncio()\nimport asyncio, trainer.app\n"
        "early = '_ssl' in sys.modules\nasyncio.run(asyncio.sleep(0))\nimport ssl\n"
        "print(early, hasattr(ssl, 'SSLContext'))"
    )
    run = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]


BORROWED = {
    ("app.py", "_close_messages_no_wait"),
    ("app.py", "_exception"),
    ("app.py", "_handle_exception"),
    ("screens/base.py", "_bindings"),
    ("widgets/search_field.py", "_bindings"),
}
"""What we use of Textual that it promises to nobody: the less, the longer a release of today runs with those to come."""
REPLACED = {"_fatal_error", "_on_click", "_on_key"}
"""What we put in the place of something of Textual's own."""
DRAWING = [path for path in MODULES if part(path) in ("app", "screens", "widgets")]


def test_what_is_borrowed_from_textual_is_named() -> None:
    """No other private name of its classes is asked for, and each of these exists."""
    borrowed = set[tuple[str, str]]()
    for path in DRAWING:
        asked = set(re.findall(r"self(?:\.|, \")(_[a-z]\w*)", path.read_text(encoding="utf-8")))
        own = set[str]().union(*defined_in(path).values())
        borrowed |= {(named(path), name) for name in asked - own}
    assert borrowed == BORROWED
    below = set[str]().union(*map(defined_by, (*App.__mro__, *Screen.__mro__)))
    assert {name for _, name in BORROWED} | REPLACED <= below


def test_nothing_of_textual_is_replaced_by_chance() -> None:
    """A private name of ours that a release of Textual gives to a class below is found here."""
    replaced = set[str]()
    for path in DRAWING:
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        for kind in vars(module).values():
            if inspect.isclass(kind) and kind.__module__ == module.__name__:
                theirs = [base for base in kind.__mro__ if base.__module__.startswith("textual.")]
                replaced |= defined_by(kind) & set[str]().union(*map(defined_by, theirs))
    assert replaced == REPLACED


def defined_by(kind: type) -> set[str]:
    """The private names that a class of ours or of Textual's gives to itself or to what it makes."""
    file = getattr(sys.modules[kind.__module__], "__file__", None)
    is_known = kind.__module__.startswith(("trainer.", "textual."))
    return defined_in(Path(file)).get(kind.__name__, set()) if file and is_known else set()


@cache
def defined_in(path: Path) -> dict[str, set[str]]:
    """The private names of each class of a module."""
    return {
        kind.name: {name for node in ast.walk(kind) for name in _given(node) if re.match("_[a-z]", name)}
        for kind in ast.walk(parsed(path))
        if isinstance(kind, ast.ClassDef)
    }


def _given(node: ast.AST) -> Iterator[str]:
    """The name that a function or an assignment gives, if it is one."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield node.name
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
        yield node.attr
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id


STORE = PACKAGE / "progress" / "store.py"
needs_store = pytest.mark.skipif(not STORE.exists(), reason="nothing is kept yet")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["check"], id="check"),
        pytest.param(["terms", "--json"], id="terms"),
        pytest.param(["decks", "--json"], id="decks"),
        pytest.param(["questions", "--json", "--count", "3"], id="questions"),
        pytest.param(["stats", "--json"], id="stats", marks=needs_store),
    ],
)
def test_verbs_that_do_not_draw_start_without_textual(
    tmp_path: Path, few_terms: Path, arguments: list[str]
) -> None:
    """In a fresh interpreter such a verb prints its answer and succeeds, and Textual was never loaded."""
    script = (
        "import sys\n"
        "from trainer.cli.main import main\n"
        f"code = main({arguments!r})\n"
        "loaded = {name.partition('.')[0] for name in sys.modules} & {'textual', 'rich'}\n"
        "print(code, *loaded, file=sys.stderr)\n"
    )
    places = {"TRAINER_DATA": str(tmp_path), "TRAINER_CONTENT": str(few_terms)}
    environ = {**os.environ, **places, "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert run.stderr.split() == ["0"], run.stderr
    if "--json" in arguments:
        assert json.loads(run.stdout)
    assert not list(tmp_path.iterdir())


WAITING = {"faults.py", "helpers/fuzz.py", "helpers/kills.py", "helpers/screens.py", "helpers/terminal.py"}
"""What waits for real processes with patience, or tells how long it took; neither is asserted."""


def in_tests(path: Path) -> str:
    """The place of a module below the folder of tests."""
    return path.relative_to(ROOT / "tests").as_posix()


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("*.py")), ids=in_tests)
def test_no_test_measures_the_time_of_a_wall(path: Path) -> None:
    """On a busy machine it fails for nothing: processor time, a child with a limit, or a benchmark tell the same."""
    clocks = {"perf_counter", "perf_counter_ns", "monotonic", "monotonic_ns", "time_ns"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "time":
            assert in_tests(path) in WAITING or node.attr not in clocks | {"time"}, f"line {node.lineno}"
        if isinstance(node, ast.ImportFrom):
            assert node.module != "time", f"line {node.lineno}"
