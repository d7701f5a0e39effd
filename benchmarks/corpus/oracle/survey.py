"""Chooses the most used tables of a project, and derives a migration of each.

    python survey.py PROJECT.json OUT

PROJECT.json: {name, root, dialect, addressing: [ref|source|table…], tables, seed}, and for tables
that are not the project's own: only: [{dataset, fields?, required?}], schemas: root of the project that makes them.
Writes one folder per dataset: plan.yaml, old.odcs.yaml, new.odcs.yaml, affected.json, excluded.json.
"""

import collections
import json
import os
import random
import re
import sys

import logging

import sqlglot
import yaml
from sqlglot import exp

from column_types import SNOWFLAKE, guess_type, type_hints
from columns import demanded_columns, without_case
from derive import derive_plan
from names import Dataset, kind_of
from render import reference_name, render

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)

REF = re.compile(r"""\bref\(\s*(?:['"]\w+['"]\s*,\s*)?['"](\w+)['"]""")
SOURCE = re.compile(r"""\bsource\(\s*['"](\w+)['"]\s*,\s*['"](\w+)['"]""")
TABLE = re.compile(r"(?:from|join)\s+`?([\w-]+)`?\.`?([\w$]+)`?\.`?(\w+)", re.I)
SKIP = re.compile(r"(^|/)(\.git|node_modules|dbt_packages|docs|target)/")


def read_project(root):
    files = {}
    for folder, _, names in os.walk(root):
        for name in names:
            full = os.path.join(folder, name)
            path = os.path.relpath(full, root)
            if kind_of(path) and not SKIP.search(path) and os.path.getsize(full) < 1_000_000:
                with open(full, encoding="utf-8", errors="replace") as file:
                    files[path] = file.read()
    return files


def candidates(files, addressing):
    """Tables by the number of files that read them."""
    counts = collections.Counter()
    models = {path.rsplit("/", 1)[-1][:-4] for path in files if path.endswith(".sql")}
    for path, text in files.items():
        found = set()
        if "ref" in addressing and path.endswith(".sql"):
            found |= {("ref", name) for name in REF.findall(text)}
        if "source" in addressing and path.endswith(".sql"):
            # The name of a source that is also a model's would say too little.
            found |= {
                ("source", *name) for name in SOURCE.findall(text) if name[1] not in models
            }
        if "table" in addressing and kind_of(path) in ("sql", "py", "scala", "notebook"):
            found |= {
                ("table", *name)
                for name in TABLE.findall(text)
                if not name[1].startswith("udf") and not name[1].startswith("INFORMATION")
            }
        counts.update(found)
    return counts


CODE_STRING = re.compile(r'"""(.*?)"""|"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'', re.S)


def embedded_queries(text, dialect):
    """Queries in the strings of a program; a hole of interpolation is just a name."""
    for groups in CODE_STRING.findall(text):
        sql = next((each for each in groups if each), "")
        if not re.search(r"\bselect\b.*\bfrom\b", sql, re.I | re.S):
            continue
        sql = re.sub(r"\$?\{[^{}]*\}", "hole", re.sub(r"^\s*\|", "", sql, flags=re.M))
        sql = re.sub(r"\[([\w-]+):([\w.]+)\]", r"`\1.\2`", sql)
        yield from queries_of(sql, dialect)


def queries_of(text, dialect, fields=frozenset()):
    for branch in (0, 1) if "{%" in text else (0,):
        for clauses in (0, 1, 2):
            try:
                statements = sqlglot.parse(render(text, fields, branch, clauses), dialect=dialect)
            except Exception:
                continue
            for statement in statements:
                query = statement and statement.find(exp.Query)
                if query:
                    yield without_case(query)
            break


def table_keys(dataset):
    if dataset.addressing == "table":
        parts = dataset.parts
        return {".".join(parts[n:]).lower() for n in range(len(parts))}
    name = reference_name(dataset.addressing, dataset.parts[0], dataset.parts[-1])
    return {name.lower()}


def declared_columns(files, dataset):
    """Names, and types where given, from schema files."""
    columns = {}
    for path, text in files.items():
        name = path.rsplit("/", 1)[-1].lower()
        if name in (f"{dataset.table}.schema.json".lower(), f"{dataset.table}.json".lower()):
            for field in json.loads(text):
                columns[field["name"].lower()] = bigquery_type(field)
            continue
        if not path.endswith((".yml", ".yaml")) or dataset.table not in text:
            if not (path.endswith("/schema.yaml") and f"/{dataset.table}/" in path):
                continue
        try:
            document = yaml.safe_load(re.sub(r"!\S+", "", text))
        except yaml.YAMLError:
            continue
        if not isinstance(document, dict):
            continue
        if path.endswith("/schema.yaml") and path.split("/")[-2] == dataset.table:
            if path.split("/")[-3] == dataset.parts[-2]:
                for field in document.get("fields") or []:
                    columns[field["name"]] = bigquery_type(field)
            continue
        tables = list(document.get("models") or [])
        for source in document.get("sources") or []:
            if isinstance(source, dict):
                tables += source.get("tables") or []
        for table in tables:
            if isinstance(table, dict) and table.get("name") == dataset.table:
                for column in table.get("columns") or []:
                    if isinstance(column, dict) and re.match(r"^\w+$", str(column.get("name"))):
                        columns.setdefault(column["name"], None)
    return columns


def bigquery_type(field):
    names = {"INTEGER": "INT64", "FLOAT": "FLOAT64", "BOOLEAN": "BOOL"}
    kind = names.get(field.get("type", "STRING"), field.get("type", "STRING"))
    if kind in ("RECORD", "STRUCT"):
        inner = ", ".join(
            f"{each['name']} {bigquery_type(each)}" for each in field.get("fields") or []
        )
        kind = f"STRUCT<{inner}>"
    return f"ARRAY<{kind}>" if field.get("mode") == "REPEATED" else kind


def produced_columns(files, dataset, dialect):
    for path, text in files.items():
        if dataset.addressing != "source" and path.endswith(f"/{dataset.table}.sql"):
            for query in queries_of(text, dialect):
                names = query.named_selects
                if names and "*" not in names:
                    return {name: None for name in names if re.match(r"^(?!jx_)\w+$", name)}
    return {}


def survey(files, dataset, dialect, given=None, declarations=None, complete=False):
    """Fields of the dataset, how often each is read, and names that others have."""
    found = sorted(path for path, text in files.items() if dataset.mentioned(path, text))
    excluded = {path: dataset.not_a_consumer(path, files[path]) for path in found}
    affected = [path for path in found if excluded[path] is None]
    excluded = [{"path": path, "why": why} for path, why in excluded.items() if why]
    keys = table_keys(dataset)
    fields = {**(given or {}), **declared_columns(declarations or files, dataset)}
    for name, kind in produced_columns(declarations or files, dataset, dialect).items():
        fields.setdefault(name, kind)
    known = {name.lower() for name in fields}
    used, others = collections.Counter(), collections.Counter()
    queries = []
    for path in affected:
        mine, theirs = set(), set()
        queries_here = (
            queries_of(files[path], dialect, known)
            if kind_of(path) == "sql"
            else embedded_queries(files[path], dialect)
            if kind_of(path) in ("py", "scala", "notebook")
            else ()
        )
        for query in queries_here:
            queries.append(query)
            try:
                demand = demanded_columns(query)
            except Exception:
                continue
            for key, columns in demand.items():
                if key in keys:
                    mine |= {each for each in columns.values() if not each.startswith("jx_")}
                else:
                    theirs |= set(columns.values())
        used.update(mine)
        others.update(theirs)
    for name in list(used):
        if name.lower() not in known and (given or (complete and any(fields.values()))):
            del used[name]
        elif name.lower() not in known:
            known.add(name.lower())
            fields[name] = None
    spelled = {name.lower(): name for name in fields}
    counts = collections.Counter()
    for name, count in used.items():
        counts[spelled[name.lower()]] += count
    # Where nobody declares a type, consumers show which one would work for them.
    hints = type_hints(queries)
    fields = {name: kind or hints.get(name.lower()) for name, kind in fields.items()}
    return affected, excluded, fields, counts, others


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        project = json.load(file)
    out = sys.argv[2]
    files = read_project(project["root"])
    dialect = project["dialect"]
    chosen = 0
    counts = candidates(files, project["addressing"])
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    only = project.get("only")
    if only:
        ranked = [(tuple(each["dataset"]), 0) for each in only]
    given = {tuple(each["dataset"]): each.get("fields") for each in only or []}
    required = {tuple(each["dataset"]): each.get("required", []) for each in only or []}
    declarations = read_project(project["schemas"]) if "schemas" in project else None
    for (addressing, *parts), _ in ranked:
        if chosen >= project["tables"]:
            break
        dataset = Dataset(addressing, list(parts))
        affected, excluded, fields, used, others = survey(
            files, dataset, dialect, given.get((addressing, *parts)), declarations, project.get("declared")
        )
        # A handful of fields cannot carry all that a plan has to have.
        too_small = not only and (len(affected) < 2 or len(fields) < 6)
        guessed = project.get("declared") and not declared_columns(files, dataset)
        if not affected or too_small or guessed:
            continue
        typed = {
            name: SNOWFLAKE.get(kind or guess_type(name), kind)
            if dialect == "snowflake"
            else kind or guess_type(name)
            for name, kind in fields.items()
        }
        name = re.sub(r"[^a-z0-9]+", "-", "-".join([project["name"], *parts[-2:]]).lower())
        rng = random.Random(f"{project['seed']} {name}")
        documents = derive_plan(
            name, dataset, dialect, typed, used, others, rng, required.get((addressing, *parts), [])
        )
        folder = os.path.join(out, name)
        os.makedirs(folder, exist_ok=True)
        for file_name, document in documents.items():
            with open(os.path.join(folder, file_name), "w", encoding="utf-8") as file:
                yaml.safe_dump(document, file, sort_keys=False, allow_unicode=True)
        with open(os.path.join(folder, "affected.json"), "w", encoding="utf-8") as file:
            json.dump(affected, file)
        with open(os.path.join(folder, "excluded.json"), "w", encoding="utf-8") as file:
            json.dump(excluded, file)
        print(f"{name}: {len(affected)} files, {len(fields)} fields, {len(used)} used")
        chosen += 1


if __name__ == "__main__":
    main()
