"""Compares where each output column comes from, where the queries cannot be run."""

from sqlglot import exp
from sqlglot.optimizer.pushdown_projections import pushdown_projections
from sqlglot.optimizer.scope import Scope, build_scope

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
            if isinstance(source.expression, exp.Query):
                result |= _leaves(source, column.name, memo)
        else:
            result.add(("?", column.name.lower()))
    return result


def describe(query, pair):
    """Leaves of each output, and how often the dataset and its condition are named."""
    tree = pushdown_projections(pair.qualified(query), schema=pair.schema)
    memo = {}
    root = build_scope(tree)
    outputs = {name.lower(): _leaves(root, name, memo) for name in tree.named_selects}
    reads = sum(table.name.lower() == "new_ds" for table in tree.find_all(exp.Table))
    conditions = sum(each.name.lower() == "is_tombstone" for each in tree.find_all(exp.Column))
    return outputs, (reads, min(reads, conditions))


def compare_lineage(pair):
    try:
        old, new = describe(expanded(pair), pair), describe(pair.after, pair)
    except CannotTell:
        raise
    except Exception as error:
        raise CannotTell(f"lineage: {error}") from error
    if old[0] != new[0]:
        differing = [name for name in {**old[0], **new[0]} if old[0].get(name) != new[0].get(name)]
        text = "; ".join(
            f"{name}: {sorted(old[0].get(name, []))} / {sorted(new[0].get(name, []))}"
            for name in differing[:2]
        )
        return "disagrees", f"lineage, outputs: {text}"
    if old[1] != new[1]:
        return "disagrees", f"lineage, reads and conditions: {old[1]} / {new[1]}"
    return "agrees", "lineage"
