"""Compares where each output column comes from, where the queries cannot be run."""

from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.scope import Scope, build_scope, traverse_scope

from prepare import CannotTell, expanded


def _leaves(scope, name, memo):
    mark = (id(scope), name.lower())
    if mark in memo:
        return memo[mark]
    memo[mark] = frozenset()
    result = set()
    if scope.union_scopes:
        position = [each.lower() for each in scope.expression.named_selects].index(name.lower())
        for each in scope.union_scopes:
            names = each.expression.named_selects
            if position >= len(names):
                raise CannotTell("arms of a union differ")
            result |= _leaves(each, names[position], memo)
    else:
        found = [each for each in scope.expression.selects if each.alias_or_name.lower() == name.lower()]
        if not found:
            raise CannotTell(f"no output {name}")
        result |= columns_under(scope, found[0], memo)
    memo[mark] = frozenset(result)
    return memo[mark]


def columns_under(scope, node, memo):
    result = set()
    for column in node.find_all(exp.Column):
        source = scope.sources.get(column.table)
        if isinstance(source, exp.Table):
            result.add((source.name, column.name.lower()))
        elif isinstance(source, Scope):
            if source.expression.is_type("unnest") if hasattr(source.expression, "is_type") else False:
                continue
            if isinstance(source.expression, exp.Query):
                result |= _leaves(source, column.name, memo)
        else:
            result.add(("?", column.name.lower()))
    return result


def describe(query, pair):
    tree = pushdown_projections(pair.qualified(query), schema=pair.schema)
    memo = {}
    root = build_scope(tree)
    outputs = {name.lower(): _leaves(root, name, memo) for name in tree.named_selects}
    everywhere = set()
    deleted = 0
    for scope in traverse_scope(tree):
        for column in scope.columns:
            source = scope.sources.get(column.table)
            if isinstance(source, exp.Table):
                everywhere.add((source.name, column.name.lower()))
    for column in tree.find_all(exp.Column):
        deleted += column.name == "is_deleted"
    return outputs, everywhere, deleted


def compare_lineage(pair):
    try:
        old, new = describe(expanded(pair), pair), describe(pair.after, pair)
    except CannotTell:
        raise
    except Exception as error:
        raise CannotTell(f"lineage: {error}") from error
    if old == new:
        return "agrees", "lineage"
    for what, left, right in zip(("outputs", "columns read", "filters"), old, new):
        if left != right:
            if isinstance(left, dict):
                differing = [name for name in {**left, **right} if left.get(name) != right.get(name)]
                text = "; ".join(f"{n}: {sorted(left.get(n, []))} / {sorted(right.get(n, []))}" for n in differing[:2])
            elif isinstance(left, set):
                text = f"{sorted(left - right)} / {sorted(right - left)}"
            else:
                text = f"{left} / {right}"
            return "disagrees", f"lineage, {what}: {text}"
    return "agrees", "lineage"
