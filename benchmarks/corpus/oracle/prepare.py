"""Brings a query and its rewrite into one form: flat table names, one schema."""

import re

import sqlglot
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify

from column_types import SNOWFLAKE, guess_type, type_hints
from columns import base_tables, demanded_columns, table_key, without_case

NOW = "2024-03-01"

class CannotTell(Exception):
    pass


class Pair:
    """The old and the new query over flat tables, with the columns of each table."""

    def __init__(self, case, before, after):
        self.case = case
        self.before, self.after = without_case(before), without_case(after)
        self.others = {}
        self.aliases = {}
        for query, mine in ((self.before, "before"), (self.after, "after")):
            for table in base_tables(query):
                self._flatten(table, mine)
        self.before, self.after = self._settle(self.before), self._settle(self.after)
        self.schema = self._schema()

    def _flatten(self, table, which):
        key = table_key(table)
        alias = table.alias or table.name
        flat = None
        if which == "before" and key in self.case.old_keys:
            flat = "old_ds"
        elif which == "after" and key in self.case.new_keys:
            flat = "new_ds"
        elif key in self.case.old_keys:
            raise CannotTell("the new query still reads the old dataset")
        else:
            flat = self.others.setdefault(key, f"other_{len(self.others)}")
        self.aliases[alias.lower()] = flat
        table.set("this", exp.to_identifier(flat))
        table.set("db", None)
        table.set("catalog", None)
        if not table.args.get("alias"):
            table.set("alias", exp.TableAlias(this=exp.to_identifier(alias)))

    def _settle(self, query):
        """Freezes the clock, and makes what was opaque to the renderer a value."""

        def change(node):
            if isinstance(node, exp.CurrentDate):
                return exp.cast(exp.Literal.string(NOW), "DATE")
            if isinstance(node, (exp.CurrentTimestamp, exp.CurrentDatetime)):
                return exp.cast(exp.Literal.string(f"{NOW} 00:00:00"), "TIMESTAMP")
            if isinstance(node, exp.Extract) and node.name.upper() == "DATE":
                return exp.cast(node.expression, "DATE")
            if isinstance(node, exp.Uuid):
                return exp.Literal.string("uuid")
            if isinstance(node, (exp.Rand, exp.Randn)):
                return exp.Literal.number("0.5")
            if isinstance(node, exp.Column) and re.match(r"jx_[0-9a-f]{8}$", node.name):
                return exp.Literal.string(node.name)
            if isinstance(node, (exp.Parameter, exp.Placeholder)):
                return exp.Literal.string(NOW)
            return node

        return query.transform(change)

    def _schema(self):
        schema = {
            "old_ds": dict(self.case.old_fields),
            "new_ds": dict(self.case.new_fields),
        }
        uncertain = {}
        hints = type_hints([self.before, self.after])
        old = {name.lower(): kind for name, kind in self.case.old_fields.items()}
        for query in (self.before, self.after):
            for table, columns in demanded_columns(query, uncertain).items():
                if table not in ("old_ds", "new_ds"):
                    schema.setdefault(table, {}).update({name: None for name in columns})
        mine = set(old) | {name.lower() for name in self.case.new_fields}
        for name, tables in uncertain.items():
            theirs = sorted(tables - {"old_ds", "new_ds"})
            if theirs and not (name in mine and len(theirs) < len(tables)):
                schema.setdefault(theirs[0], {}).setdefault(name, None)
        for flat in self.others.values():
            columns = schema.setdefault(flat, {})
            if not columns:
                columns["filler"] = None
            for name in columns:
                columns[name] = self.kind(hints.get(name) or old.get(name) or guess_type(name))
        return schema

    def kind(self, name):
        return SNOWFLAKE.get(name, name) if self.case.dialect == "snowflake" else name

    def flat_of(self, alias):
        """The table of others that an alias stands for somewhere in the queries."""
        flat = self.aliases.get(alias.lower(), "")
        return flat if flat.startswith("other_") else None

    def qualified(self, query):
        return qualify(
            query.copy(),
            dialect=self.case.dialect,
            schema=self.schema,
            validate_qualify_columns=False,
            identify=False,
            quote_identifiers=False,
        )


def expanded(pair):
    """The old query with the view, as a derived table, in place of the old dataset."""
    query = pair.before.copy()
    for table in list(query.find_all(exp.Table)):
        if table.name == "old_ds":
            view = sqlglot.parse_one(pair.case.view(), dialect=pair.case.dialect)
            table.replace(exp.Subquery(this=view, alias=table.args["alias"].copy(), joins=table.args.get("joins")))
    return query
