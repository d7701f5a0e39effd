"""Which columns of which table a query reads, as far as that is certain."""

from sqlglot import exp
from sqlglot.optimizer.scope import Scope, traverse_scope


def without_case(query):
    """Names of columns and aliases in lower case: neither dialect tells them apart."""

    def change(node):
        if isinstance(node, exp.Identifier) and not isinstance(node.parent, exp.Table):
            node.set("this", node.this.lower())
        return node

    query = query.transform(change)
    for table in query.find_all(exp.Table):
        # A table without alias is addressed by its name.
        if isinstance(table.this, exp.Identifier):
            table.this.set("this", table.name.lower())
    return query


def table_key(table):
    return ".".join(part.name for part in table.parts).lower()


def base_tables(query):
    """Every table node of a query that is no CTE in its own scope."""
    found = []
    for scope in traverse_scope(query):
        for source in scope.sources.values():
            if isinstance(source, exp.Table) and all(
                source is not each for each in found
            ):
                found.append(source)
    return found


def demanded_columns(query, uncertain=None):
    """Columns by table key. A column that could be several tables' goes to `uncertain`."""
    demand = {}
    seen = set()

    def require(scope, name, source_name=None):
        mark = (id(scope), name.lower(), source_name)
        if mark in seen:
            return
        seen.add(mark)
        sources = {
            key: value
            for key, value in scope.selected_sources.items()
            if source_name is None or key == source_name
        }
        owners = [
            key
            for key, (_, source) in sources.items()
            if isinstance(source, Scope) and offers(source, name) is True
        ]
        open_ends = [
            key
            for key, (_, source) in sources.items()
            if not isinstance(source, Scope) or offers(source, name) is None
        ]
        targets = owners or open_ends
        if len(targets) == 1:
            give(sources[targets[0]][1], name)
        elif targets and not owners and uncertain is not None:
            for key in targets:
                source = sources[key][1]
                if isinstance(source, exp.Table):
                    uncertain.setdefault(name.lower(), set()).add(table_key(source))

    def offers(scope, name):
        """True, False, or None where a star leaves it open."""
        expression = scope.expression
        if isinstance(expression, exp.SetOperation):
            expression = expression.left
            while isinstance(expression, (exp.SetOperation, exp.Subquery)):
                expression = (
                    expression.left
                    if isinstance(expression, exp.SetOperation)
                    else expression.this
                )
        if not isinstance(expression, exp.Select):
            return None
        star = False
        for item in expression.selects:
            if item.is_star:
                star = True
            elif item.alias_or_name.lower() == name.lower():
                return True
        return None if star else False

    def give(source, name):
        if isinstance(source, exp.Table):
            demand.setdefault(table_key(source), {}).setdefault(name.lower(), name)
        elif isinstance(source, Scope):
            passes_through(source, name)

    def passes_through(scope, name):
        if scope.union_scopes:
            for each in scope.union_scopes:
                passes_through(each, name)
            return
        if offers(scope, name) is None and isinstance(scope.expression, exp.Select):
            for item in scope.expression.selects:
                if isinstance(item, exp.Column) and item.is_star:
                    require(scope, name, item.table)
                elif isinstance(item, exp.Star):
                    require(scope, name)

    for scope in traverse_scope(query):
        aliases = set()
        if isinstance(scope.expression, exp.Select):
            aliases = {
                item.alias.lower()
                for item in scope.expression.selects
                if isinstance(item, exp.Alias)
            }
        for column in scope.columns:
            name = column.name
            if not name or name == "*":
                continue
            if column.table:
                if column.table in scope.selected_sources:
                    require(scope, name, column.table)
                elif column.table in scope.sources:
                    give(scope.sources[column.table], name)
                continue
            late = column.find_ancestor(exp.Group, exp.Order, exp.Having, exp.Qualify)
            if late and name.lower() in aliases:
                continue
            require(scope, name)
        for join in scope.expression.args.get("joins") or []:
            for name in join.args.get("using") or []:
                for _, source in scope.selected_sources.values():
                    if isinstance(source, exp.Table):
                        give(source, name.name)
    return demand
