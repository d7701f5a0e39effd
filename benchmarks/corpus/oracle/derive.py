"""A migration that nobody planned: some fields renamed, others retyped or split."""

MOST_FIELDS = 60


def _options(dialect, name, kind):
    """What can become of a field: (new fields, expression, whether it is a mere rename)."""
    snow = dialect == "snowflake"
    text, whole, real = (
        ("VARCHAR", "INTEGER", "FLOAT") if snow else ("STRING", "INT64", "FLOAT64")
    )
    stamp = "TIMESTAMP_NTZ" if snow else "TIMESTAMP"
    rename = ({f"{name}_value": kind}, f"{name}_value", True)
    cast = (lambda e, t: f"TRY_CAST({e} AS {t})") if snow else (lambda e, t: f"SAFE_CAST({e} AS {t})")
    base = kind.split("(")[0]
    if base in ("STRING", "VARCHAR"):
        return [
            rename,
            ({f"{name}_head": text, f"{name}_tail": text}, f"CONCAT({name}_head, '/', {name}_tail)", False),
            ({f"{name}_upper": text}, f"LOWER({name}_upper)", False),
            ({name: whole}, f"CAST({name} AS {text})", False),
            ({f"{name}_raw": text}, f"COALESCE({name}_raw, 'unknown')", False),
        ]
    if base in ("INT64", "INTEGER"):
        return [
            rename,
            ({name: text}, cast(name, whole), False),
            ({f"{name}_left": kind, f"{name}_right": kind}, f"{name}_left + {name}_right", False),
            ({f"{name}_or_null": kind}, f"COALESCE({name}_or_null, 0)", False),
        ]
    if base in ("FLOAT64", "FLOAT"):
        return [
            rename,
            ({f"{name}_cents": whole}, f"CAST({name}_cents AS {real}) / 100", False),
            ({f"{name}_base": kind, f"{name}_extra": kind}, f"{name}_base - {name}_extra", False),
        ]
    if base in ("BOOL", "BOOLEAN"):
        return [
            rename,
            ({f"{name}_code": whole}, f"{name}_code = 1", False),
            ({f"not_{name}": kind}, f"NOT not_{name}", False),
        ]
    if base in ("TIMESTAMP", "TIMESTAMP_NTZ"):
        return [
            rename,
            ({f"{name}_text": text}, cast(f"{name}_text", stamp), False),
            *([] if snow else [({f"{name}_ms": whole}, f"TIMESTAMP_MILLIS({name}_ms)", False)]),
        ]
    if base == "DATETIME":
        return [rename, ({f"{name}_text": text}, cast(f"{name}_text", "DATETIME"), False)]
    if base == "DATE":
        return [
            rename,
            ({f"{name}_ts": stamp}, f"CAST({name}_ts AS DATE)", False),
            ({name: text}, cast(name, "DATE"), False),
        ]
    return [rename]


def _captured(fields, others, taken):
    """A name that other tables of the consumers have, and the old dataset has not."""
    for name, _ in sorted(others.items(), key=lambda item: (-item[1], item[0])):
        if name.lower() not in taken and name.isidentifier() and name.lower() != "is_tombstone":
            return name
    return "label"


def _contract(dataset, table, version, fields, required):
    schema = {
        "name": table,
        "physicalName": table,
        "properties": [
            {"name": name, "physicalType": kind, **({"required": True} if name in required else {})}
            for name, kind in fields.items()
        ],
    }
    document = {
        "apiVersion": "v3.1.0",
        "kind": "DataContract",
        "id": dataset.table,
        "version": version,
        "status": "active",
        "schema": [schema],
    }
    if dataset.addressing == "table":
        front = dataset.parts[:-1]
        server = {"server": "warehouse", "type": "bigquery", "dataset": front[-1]}
        if len(front) > 1:
            server["project"] = front[0]
        document["servers"] = [server]
    return document


def _kept_required(field, columns, required):
    """New columns of a required field that are required too: those that say nothing else."""
    optional = ("_or_null", "_raw")
    return {each for each in columns if field in required and not each.endswith(optional)}


def derive_plan(name, dataset, dialect, fields, used, others, rng, required=()):
    by_use = sorted(fields, key=lambda field: (-used.get(field, 0), field))
    kept = {field for place, field in enumerate(by_use) if place < MOST_FIELDS or used.get(field)}
    old = {field: fields[field] for field in fields if field in kept}
    order = [field for field in by_use if field in old]
    # Fields that are read are changed first: a change nobody notices measures nothing.
    read = [field for field in order if used.get(field)]
    unread = [field for field in order if not used.get(field)]
    rng.shuffle(read)
    rng.shuffle(unread)
    pool = read + unread
    # Seldom read fields are asked for and gone, so that they do not decide every file.
    rare = sorted(pool, key=lambda field: (used.get(field, 0) == 0, used.get(field, 0), field))
    if len(read) < 6 and len(unread) > 3:
        # With few fields read, all files would hang on these two.
        rare = unread
    scalar = [f for f in rare if "<" not in old[f]]
    ask = scalar[0]
    gone = scalar[1]
    changed = [field for field in pool if field not in (ask, gone)]
    changed = changed[: max(3, min(12, len(changed) // 2))]
    new = dict(old)
    mapping = {}
    needed = {"is_tombstone"} | (set(required) - set(changed) - {ask, gone})
    for field in [*changed, ask, gone]:
        del new[field]
    taken = {field.lower() for field in old}
    for position, field in enumerate(changed):
        options = _options(dialect, field, old[field])
        expressions = [option for option in options if not option[2]]
        # Two of three are expressions or change the type, where the type has any.
        pick = rng.choice(expressions) if position % 3 and expressions else options[0]
        columns, expression, renamed = pick
        new.update(columns)
        needed |= _kept_required(field, columns, required)
        mapping[field] = expression if renamed else {"is": expression}
    kind = old[ask]
    new[f"{ask}_first"] = kind
    new[f"{ask}_second"] = kind
    needed |= _kept_required(ask, [f"{ask}_first", f"{ask}_second"], required)
    mapping[ask] = {
        "ask": f"Which {ask} does this consumer need?",
        "options": [
            {"label": "First", "is": f"{ask}_first"},
            {"label": "Second", "is": f"{ask}_second"},
        ],
        "guide": "https://example.com/guides/fields",
    }
    mapping[gone] = {"gone": "No equivalent.", "guide": "https://example.com/guides/gone"}
    new["is_tombstone"] = "BOOLEAN" if dialect == "snowflake" else "BOOL"
    captured = _captured(old, others, taken | {each.lower() for each in new})
    new[captured] = "VARCHAR" if dialect == "snowflake" else "STRING"
    old_table, new_table = dataset.table, f"{dataset.table}_next"
    names_old, names_new = {}, {}
    if dataset.addressing == "ref":
        names_old["dbt"], names_new["dbt"] = {"ref": old_table}, {"ref": new_table}
    elif dataset.addressing == "source":
        source = dataset.parts[0]
        names_old["dbt"] = {"source": [source, old_table]}
        names_new["dbt"] = {"source": [source, new_table]}
    side = lambda version, names: {
        "dataset": f"resource:default/{name[:50]}-{version}",
        "contract": f"./{'old' if version == 'v1' else 'new'}.odcs.yaml",
        **({"names": names} if names else {}),
    }
    plan = {
        "apiVersion": "dataset-migration/v1alpha1",
        "kind": "MigrationPlan",
        "metadata": {"name": name[:60].strip("-")},
        "spec": {
            "owner": "group:default/data-platform",
            "from": side("v1", names_old),
            "to": side("v2", names_new),
            "mapping": {
                "dialect": dialect,
                "output": "keep",
                "rows": {"grain": "same", "where": "NOT is_tombstone"},
                "fields": mapping,
            },
        },
    }
    return {
        "plan.yaml": plan,
        "old.odcs.yaml": _contract(dataset, old_table, "1.0.0", old, set(required)),
        "new.odcs.yaml": _contract(dataset, new_table, "2.0.0", new, needed),
    }
