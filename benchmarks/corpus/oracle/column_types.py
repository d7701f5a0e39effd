"""A type for a column whose schema nobody gives, from its name."""

import collections
import re

from sqlglot import exp

RULES = [
    (r"^_?(is|has|was|can|should)_|_(flag|enabled|active)$|^_fivetran_deleted$|^is[A-Z]", "BOOL"),
    (r"(_|^)(ts|timestamp|datetime|time)$|_at$|time$|_synced$|_ts_|timestamp|_time_utc$|_at_|datetime", "TIMESTAMP"),
    (r"(_|^)(date|dt|day|month|week|quarter|_date_)$|^date_|_date_|_on$|_from$|_to$", "DATE"),
    (r"(^|_)(amount|price|cost|rate|ratio|percent|pct|avg|average|spend|revenue|tax|fee|total|balance|lat|lon|latitude|longitude|score|value|miles|hours|sum_|arr|amt)(_|$)", "FLOAT64"),
    (r"(^|_)(count|num|number_of|n|cnt|index|rank|order|sequence|position|quantity|seconds|minutes|days|clicks|impressions|conversions|year|version_number|size|length)(_|$)|^num_|^n_|_count", "INT64"),
]
SNOWFLAKE = {
    "STRING": "VARCHAR",
    "INT64": "INTEGER",
    "FLOAT64": "FLOAT",
    "BOOL": "BOOLEAN",
    "TIMESTAMP": "TIMESTAMP_NTZ",
    "DATE": "DATE",
}


def guess_type(name):
    for pattern, kind in RULES:
        if re.search(pattern, name, re.I):
            return kind
    return "STRING"


TEXT = (exp.Like, exp.ILike, exp.Lower, exp.Upper, exp.Trim, exp.Split, exp.RegexpLike, exp.Substring)
MOMENTS = (
    exp.DateDiff, exp.DateAdd, exp.DateSub, exp.DateTrunc, exp.TimestampDiff, exp.TimestampAdd,
    exp.TimestampSub, exp.TimestampTrunc, exp.DatetimeDiff, exp.DatetimeAdd, exp.DatetimeSub,
    exp.DatetimeTrunc, exp.Extract, exp.LastDay,
)


def literal_type(node):
    if isinstance(node, exp.Literal):
        if not node.is_string:
            return "INT64" if node.this.isdigit() else "FLOAT64"
        return "DATE" if re.match(r"\d{4}-\d\d-\d\d", node.this) else "STRING"
    if isinstance(node, exp.Boolean):
        return "BOOL"
    if isinstance(node, exp.CurrentDate):
        return "DATE"
    if isinstance(node, exp.CurrentTimestamp):
        return "TIMESTAMP"
    if isinstance(node, exp.Cast) and node.to.is_type("date", "timestamp"):
        return "DATE" if node.to.is_type("date") else "TIMESTAMP"
    if isinstance(node, exp.Column) and guess_type(node.name) != "STRING":
        return guess_type(node.name)
    return None


def type_hints(queries):
    """Types by column name, from what a column is compared, added or summed with."""
    votes = collections.defaultdict(collections.Counter)

    def vote(node, kind):
        if not isinstance(node, exp.Column) or not kind:
            return
        moment = guess_type(node.name)
        if kind in ("DATE", "TIMESTAMP") and moment in ("DATE", "TIMESTAMP"):
            kind = moment
        votes[node.name.lower()][kind] += 1

    def moment(node):
        vote(node, "DATE" if "date" in getattr(node, "name", "").lower() else "TIMESTAMP")

    for query in queries:
        for node in query.walk():
            sides = [node.args.get("this"), node.args.get("expression"), *(node.args.get("expressions") or [])]
            if isinstance(node, (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.In, exp.Coalesce, exp.Between)):
                sides += [node.args.get("low"), node.args.get("high")]
                for side in sides:
                    for other in sides:
                        if other is not side:
                            vote(side, literal_type(other))
            elif isinstance(node, (exp.Sum, exp.Avg, exp.Round, exp.Mul, exp.Div, exp.Abs)):
                for side in sides:
                    vote(side, "FLOAT64")
            elif isinstance(node, (exp.Add, exp.Sub)):
                interval = any(isinstance(side, exp.Interval) for side in sides)
                number = any(isinstance(side, exp.Literal) and not side.is_string for side in sides)
                for side in sides:
                    if interval:
                        moment(side)
                    elif number:
                        vote(side, "INT64")
            elif isinstance(node, TEXT):
                vote(node.args.get("this"), "STRING")
            elif isinstance(node, MOMENTS):
                for side in sides:
                    moment(side)
            elif isinstance(node, (exp.Or, exp.And, exp.Not, exp.Where)):
                for side in sides:
                    vote(side, "BOOL")
            elif isinstance(node, exp.If):
                vote(node.this, "BOOL")
            elif isinstance(node, exp.Cast) and node.to.is_type("date"):
                moment(node.this)
    return {name: counts.most_common(1)[0][0] for name, counts in votes.items()}
