"""A type for a column whose schema nobody gives, from its name."""

import re

RULES = [
    (r"^_?(is|has|was|can|should)_|_(flag|enabled|active)$|^_fivetran_deleted$|^is[A-Z]", "BOOL"),
    (r"(_|^)(ts|timestamp|datetime|time)$|_at$|time$|_synced$|_ts_|timestamp|_time_utc$|_at_|datetime", "TIMESTAMP"),
    (r"(_|^)(date|dt|day|month|week|quarter|_date_)$|^date_|_date_|_on$|_from$|_to$", "DATE"),
    (r"(amount|price|cost|rate|ratio|percent|pct|avg|average|spend|revenue|tax|fee|total|balance|lat|lon|latitude|longitude|score|value|miles|hours|sum_|arr|amt)(_|$)", "FLOAT64"),
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
