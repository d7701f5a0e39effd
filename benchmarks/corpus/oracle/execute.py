"""Runs both queries of a pair in DuckDB over random rows, translated by sqlglot."""

import collections
import datetime
import math
import random
import re
import threading

import duckdb
import sqlglot
from sqlglot import exp

from column_types import guess_type
from prepare import CannotTell

ROWS = 24
MORE_ROWS = 150
SEEDS = (11, 12, 13)
QUERY_SECONDS = 5
REPAIRS = 8
DAYS = [datetime.date(2024, 2, 27) + datetime.timedelta(days=n) for n in range(5)]


FAMILIES = (
    ("array", (exp.DataType.Type.ARRAY,)),
    ("struct", (exp.DataType.Type.STRUCT,)),
    ("boolean", (exp.DataType.Type.BOOLEAN,)),
    ("whole", exp.DataType.INTEGER_TYPES),
    ("number", exp.DataType.NUMERIC_TYPES),
    ("date", (exp.DataType.Type.DATE,)),
    ("time", (exp.DataType.Type.TIME,)),
    ("moment", exp.DataType.TEMPORAL_TYPES),
)


def family_of(kind):
    kind = kind if isinstance(kind, exp.DataType) else exp.DataType.build("TEXT")
    for family, types in FAMILIES:
        if kind.this in types:
            return family
    return "text"


class Values:
    """Few different values of each type, so that joins and filters meet."""

    def __init__(self, pair, rng):
        self.rng = rng
        self.texts = ["a", "b", "a/b", "unknown", "1", "2"]
        self.numbers = [0, 1, 2, 3]
        self.days = list(DAYS)
        for query in (pair.before, pair.after):
            for literal in query.find_all(exp.Literal):
                if not literal.is_string:
                    if literal.this.isdigit() and int(literal.this) < 10**9:
                        self.numbers.append(int(literal.this))
                elif len(literal.this) < 60:
                    self.texts.append(literal.this)
                    try:
                        self.days.append(datetime.date.fromisoformat(literal.this[:10]))
                    except ValueError:
                        pass
        self.casts = {}
        for name, expression in pair.case.expressions.items():
            tree = sqlglot.parse_one(expression, dialect=pair.case.dialect)
            for cast in tree.find_all(exp.Cast, exp.TryCast):
                if isinstance(cast.this, exp.Column):
                    self.casts[cast.this.name.lower()] = cast.to

    def of(self, name, kind, family=None):
        family = family or family_of(kind)
        rng = self.rng
        if rng.random() < 0.1:
            return None
        if family == "array":
            inner = kind.expressions[0] if kind.expressions else exp.DataType.build("TEXT")
            return [self.of("", inner) for _ in range(rng.randrange(3))]
        if family == "struct":
            return {
                each.name: self.of(each.name, each.args.get("kind") or each)
                for each in kind.expressions
            }
        if family == "boolean":
            return rng.random() < 0.5
        if family == "whole":
            if name.endswith("_ms"):
                return int(self.moment().timestamp() * 1000)
            return rng.choice(self.numbers)
        if family == "number":
            return rng.choice(self.numbers) * rng.choice((1, 0.5))
        if family == "date":
            return rng.choice(self.days)
        if family == "time":
            return datetime.time(rng.randrange(24), 0)
        if family == "moment":
            return self.moment()
        target = self.casts.get(name.lower())
        if target is not None and family_of(target) != "text" and rng.random() < 0.9:
            value = self.of("", target)
            return None if value is None else str(value)
        text = rng.choice(self.texts)
        return text.upper() if name.endswith("_upper") else text

    def moment(self):
        day = self.rng.choice(self.days)
        return datetime.datetime(day.year, day.month, day.day, self.rng.choice((0, 0, 7)), tzinfo=datetime.timezone.utc).replace(tzinfo=None)


def opaque_functions(query):
    """A function nobody knows becomes a hash of its arguments, on both sides."""

    def change(node):
        name = node.name if isinstance(node, exp.Anonymous) else ""
        dotted = isinstance(node, exp.Dot) and isinstance(node.expression, exp.Anonymous)
        if dotted:
            node, name = node.expression, node.expression.name
        if name and (dotted or name.lower().startswith("jx_") or not known(name)):
            args = [exp.cast(each.copy(), "TEXT") for each in node.expressions]
            return exp.func("MD5", exp.func("CONCAT_WS", exp.Literal.string("|"), exp.Literal.string(name.lower()), *args))
        return node

    return query.transform(change)


_functions = set()


def known(name):
    if not _functions:
        rows = duckdb.sql("SELECT DISTINCT function_name FROM duckdb_functions()").fetchall()
        _functions.update(row[0] for row in rows)
    return name.lower() in _functions


def comparable(value):
    if isinstance(value, float):
        return "nan" if math.isnan(value) else f"{value:.7g}"
    if isinstance(value, dict):
        return tuple((key.lower(), comparable(each)) for key, each in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(comparable(each) for each in value)
    if hasattr(value, "as_tuple"):
        return f"{float(value):.7g}"
    if isinstance(value, bool) or value is None:
        return repr(value)
    return f"{float(value):.7g}" if isinstance(value, int) else str(value)


def run(connection, sql):
    """Output columns and rows as a multiset; a query that takes too long is interrupted."""
    watch = threading.Timer(QUERY_SECONDS, connection.interrupt)
    watch.start()
    try:
        cursor = connection.execute(sql)
    finally:
        watch.cancel()
    names = [each[0].lower() for each in cursor.description]
    return names, collections.Counter(tuple(comparable(v) for v in row) for row in cursor.fetchall())


def fill(connection, pair, rng, count):
    values = Values(pair, rng)
    for table, columns in pair.schema.items():
        if table == "old_ds":
            continue
        kinds = {name: exp.DataType.build(kind, dialect=pair.case.dialect) for name, kind in columns.items()}
        declared = ", ".join(f'"{name}" {plain(kind)}' for name, kind in kinds.items())
        connection.execute(f"CREATE TABLE {table} ({declared})")
        families = [(name, kind, family_of(kind)) for name, kind in kinds.items()]
        rows = [[values.of(*each) for each in families] for _ in range(count)]
        if "is_tombstone" in columns:
            place = list(columns).index("is_tombstone")
            for row in rows:
                row[place] = rng.random() < 0.3
        listed = ", ".join(f"({', '.join(literal(value) for value in row)})" for row in rows)
        connection.execute(f"INSERT INTO {table} VALUES {listed}")


def literal(value):
    # Bound parameters would be slower: the driver looks for optional modules for each.
    if value is None:
        return "NULL"
    if isinstance(value, (bool, int, float)):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(literal(each) for each in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{chr(39)}{key}{chr(39)}: {literal(each)}' for key, each in value.items())}}}"
    text = str(value).replace("'", "''")
    return f"'{text}'"


def plain(kind):
    """Time points without a zone: comparisons of both sides stay the same."""
    return kind.sql("duckdb").replace("TIMESTAMPTZ", "TIMESTAMP")


def translate(pair, qualified):
    sides = []
    for query in (pair.before, pair.after):
        tree = pair.qualified(query) if qualified else query
        sides.append(opaque_functions(tree).sql("duckdb", identify=True).replace("TIMESTAMPTZ", "TIMESTAMP"))
    view = sqlglot.parse_one(pair.case.view(), dialect=pair.case.dialect).sql("duckdb", identify=True)
    return [*sides, view.replace("TIMESTAMPTZ", "TIMESTAMP")]


CONVERSION = re.compile(
    r"(?:to (?:the destination type )?(BOOL|INT64|INT32|DOUBLE|DATE|TIMESTAMP|[A-Z]+\[\])|invalid (date|timestamp) field)"
    r".*?from source column (\w+)",
    re.S,
)
NAMES = {"INT64": "INT64", "INT32": "INT64", "DOUBLE": "FLOAT64", "BOOL": "BOOL"}


def repair(pair, message):
    """Gives a column of a guessed type the one that the database expects; false if it cannot."""
    found = CONVERSION.search(message)
    if found:
        wanted = (found[1] or found[2]).upper()
        kind = NAMES.get(wanted, "ARRAY<STRING>" if wanted.endswith("[]") else wanted)
        return retype(pair, found[3], kind)
    found = re.search(r"Cannot extract field '(\w+)' from expression \"(\w+)\"", message)
    if found:
        known = next(
            (columns[found[2].lower()] for columns in others(pair) if found[2].lower() in columns), ""
        )
        inner = known[7:-1] + ", " if known.startswith("STRUCT<") else ""
        return retype(pair, found[2], f"STRUCT<{inner}{found[1]} {guess_type(found[1])}>")
    found = re.search(r'UNNEST requires a single list.*?UNNEST\((?:"?\w+"?\.)?"?(\w+)"?\)', message, re.S)
    if found:
        return retype(pair, found[1], "ARRAY<STRING>")
    found = re.search(r'(?:column named|Referenced column) "(\w+)"', message)
    if found and not any(found[1].lower() in columns for columns in pair.schema.values()):
        # A column that only a star could have brought along.
        table = re.search(r'(?:Table|Values list) "(\w+)"', message)
        flat = pair.flat_of(table[1]) if table else None
        target = flat or next(iter(pair.others.values()), None)
        if target:
            pair.schema[target][found[1].lower()] = pair.kind(guess_type(found[1]))
            return True
    return False


def others(pair):
    return [columns for table, columns in pair.schema.items() if table.startswith("other_")]


def retype(pair, name, kind):
    if pair.case.dialect == "snowflake":
        if "<" in kind:
            return False
        kind = pair.kind(kind)
    changed = False
    for columns in others(pair):
        if name.lower() in columns and columns[name.lower()] != kind:
            columns[name.lower()] = kind
            changed = True
    return changed


def compare(pair):
    """Verdict and explanation; raises CannotTell where nothing could be compared."""
    rows = ROWS
    for _ in range(REPAIRS):
        try:
            return compare_once(pair, rows)
        except CannotTell as reason:
            message = str(reason)
            if message == "empty" and rows == ROWS:
                # Filters and joins may only need more rows to meet in.
                rows = MORE_ROWS
                continue
            if not message.startswith("old: ") or not repair(pair, message):
                raise
    raise CannotTell(message)


def compare_once(pair, rows):
    failure = "?"
    for qualified in (True, False):
        try:
            old_sql, new_sql, view = translate(pair, qualified)
        except Exception as error:
            failure = f"translation: {error}"
            continue
        seen, unstable = 0, 0
        problem = None
        for seed in SEEDS:
            connection = duckdb.connect()
            connection.execute("SET threads=1")
            try:
                fill(connection, pair, random.Random(seed), rows)
                connection.execute(f"CREATE VIEW old_ds AS {view}")
                names, old = run(connection, old_sql)
            except Exception as error:
                failure = f"old: {error}"
                problem = "old"
                break
            try:
                new_names, new = run(connection, new_sql)
            except Exception as error:
                failure = f"new: {error}"
                problem = "new"
                break
            if names != new_names:
                return "disagrees", f"output columns: {sorted(set(names) ^ set(new_names)) or 'order'}"
            if old != new:
                if unlike_itself(connection, pair, old_sql, old):
                    unstable += 1
                    continue
                return "disagrees", f"seed {seed}: only old {list((old - new).elements())[:1]}, only new {list((new - old).elements())[:1]}"
            seen += sum(old.values())
        if problem == "new" and not qualified:
            return "disagrees", failure
        if problem:
            continue
        if unstable == len(SEEDS):
            raise CannotTell("unstable")
        if seen == 0:
            raise CannotTell("empty")
        return "agrees", f"executed, {seen} rows"
    raise CannotTell(failure)


def unlike_itself(connection, pair, sql, first):
    """Whether the old query gives something else for the same rows in another order."""
    for table in pair.schema:
        if table != "old_ds":
            connection.execute(f"CREATE OR REPLACE TABLE shuffled AS SELECT * FROM {table} ORDER BY hash(rowid + 7)")
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} SELECT * FROM shuffled")
    return run(connection, sql)[1] != first
