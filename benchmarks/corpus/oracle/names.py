"""How a consumer can name a dataset, as plain text search sees it."""

import re

import yaml

COMMENTS = {
    "sql": re.compile(r"\{#.*?#\}|/\*.*?\*/|--[^\n]*|^\s*#[^\n]*", re.S | re.M),
    "py": re.compile(r"^\s*#[^\n]*", re.M),
    "yaml": re.compile(r"^\s*#[^\n]*|\s#[^\n]*", re.M),
    # A commented line of a cell is a string of its own.
    "notebook": re.compile(r'^\s*"\s*#[^\n]*', re.M),
    "scala": re.compile(r"/\*.*?\*/|(?<!:)//[^\n]*", re.S),
}
KINDS = {
    ".sql": "sql",
    ".py": "py",
    ".yml": "yaml",
    ".yaml": "yaml",
    ".scala": "scala",
    ".java": "scala",
    ".ipynb": "notebook",
    ".json": "config",
    ".sh": "yaml",
    ".toml": "yaml",
    ".conf": "yaml",
    ".tf": "yaml",
}


def kind_of(path):
    for ending, kind in KINDS.items():
        if path.endswith(ending):
            return kind
    return None


def without_comments(path, text):
    pattern = COMMENTS.get(kind_of(path) or "")
    return pattern.sub(" ", text) if pattern else text


def is_producer(path, table, addressing):
    """Whether a file is the producer's own definition of the table."""
    parts = path.rsplit("/", 2)
    if addressing == "ref":
        return parts[-1] in (f"{table}.sql", f"{table}.csv")
    return len(parts) > 2 and parts[-2] == table


DOCSTRING = re.compile(
    r'''(?:\A\s*|:[ \t]*(?:\#[^\n]*)?\n\s*)[rRuU]?("""|\'\'\')(?:(?!>>>).)*?\1''', re.S
)


class Dataset:
    """A dataset by the names that its consumers write."""

    def __init__(self, addressing, parts):
        #: `ref`, `source` or `table`
        self.addressing = addressing
        self.parts = parts
        self.table = parts[-1]
        word = re.escape(self.table)
        quote = r"""['"]"""
        if addressing == "ref":
            package = rf"(?:{quote}\w+{quote}\s*,\s*)?"
            self.jinja = re.compile(rf"\bref\(\s*{package}{quote}{word}{quote}")
        elif addressing == "source":
            source = re.escape(parts[0])
            self.jinja = re.compile(
                rf"\bsource\(\s*{quote}{source}{quote}\s*,\s*{quote}{word}{quote}"
            )
        else:
            self.jinja = None
        self.word = re.compile(rf"(?<![\w-]){word}(?![\w-])")
        if addressing == "table":
            schema = re.escape(parts[-2])
            front = (
                rf"(?:(?<![\w.`-])|{re.escape(parts[0])}`?[.:]`?)"
                if len(parts) > 2
                else r"(?<![\w.-])"
            )
            self.path = re.compile(rf"{front}`?{schema}`?\.`?{word}(?![\w-])")

    def not_a_consumer(self, path, text):
        """Why a file that mentions the dataset reads it nowhere; None where it does."""
        if is_producer(path, self.table, self.addressing):
            return "producer"
        kind = kind_of(path)
        if kind == "yaml" and self.addressing == "ref" and self._only_declared(path, text):
            return "declaration"
        if kind == "py" and not self.mentioned(path, DOCSTRING.sub(": pass ", text)):
            # A docstring with a doctest runs; any other is prose.
            return "prose"
        return None

    def _only_declared(self, path, text):
        """Whether a schema file says of the table what its producer says, and nothing reads it.

        A test, a unit test, a metric or an exposure names what it reads in `ref(…)`, or with its
        schema; outside of descriptions even the bare word counts as a use.
        """
        if self.jinja.search(without_comments(path, text)):
            return False
        try:
            document = yaml.safe_load(text)
        except yaml.YAMLError:
            return False
        return isinstance(document, dict) and not self._named_by(document, ())

    def _named_by(self, node, keys):
        if isinstance(node, dict):
            return any(
                self._named_by(key, keys) or self._named_by(value, (*keys, key))
                for key, value in node.items()
            )
        if isinstance(node, list):
            return any(self._named_by(each, keys) for each in node)
        own = keys in (("models", "name"), ("seeds", "name"), ("snapshots", "name"))
        about = keys and keys[-1] in ("description", "meta", "docs")
        # Unit tests of a model belong to its producer.
        tested = keys == ("unit_tests", "model")
        if not isinstance(node, str) or about or tested or (own and node == self.table):
            return False
        return bool(self.word.search(node))

    def mentioned(self, path, text):
        """Whether a file mentions the dataset outside of comments."""
        if self.table not in text:
            return False
        plain = without_comments(path, text)
        if self.addressing == "table":
            return bool(self.path.search(plain))
        kind = kind_of(path)
        if kind == "sql":
            return bool(self.jinja.search(plain))
        if kind == "yaml":
            return bool(self.jinja.search(plain)) or self._declared(plain)
        if "_" not in self.table:
            # A common word alone says nothing; with a schema before it, it does.
            return bool(re.search(rf"\w[`\"']?\.[`\"']?{re.escape(self.table)}(?![\w-])", plain))
        return bool(self.word.search(plain))

    def _declared(self, text):
        """Whether a schema file lists the table among its models or sources."""
        if not re.search(r"^(models|sources|seeds|snapshots)\s*:", text, re.M):
            return False
        try:
            document = yaml.safe_load(text)
        except yaml.YAMLError:
            return bool(self.word.search(text))
        if not isinstance(document, dict):
            return False
        entries = [
            entry
            for key in ("models", "seeds", "snapshots")
            for entry in document.get(key) or []
            if self.addressing == "ref"
        ]
        for source in document.get("sources") or []:
            if self.addressing == "source" and source.get("name") == self.parts[0]:
                entries += source.get("tables") or []
        return any(
            isinstance(entry, dict) and entry.get("name") == self.table for entry in entries
        )
