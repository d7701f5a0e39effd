"""A derived plan as the oracle reads it, by its own reading of the YAML."""

import os

import yaml


def _load(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return yaml.safe_load(file)


def _fields(contract):
    return {
        each["name"]: each["physicalType"] for each in contract["schema"][0]["properties"]
    }


def _keys(contract, names):
    table = contract["schema"][0]["name"]
    keys = set()
    for server in contract.get("servers", []):
        keys |= {
            f"{server['project']}.{server['dataset']}.{table}",
            f"{server['dataset']}.{table}",
            table,
        }
    dbt = names.get("dbt", {})
    if "ref" in dbt:
        keys.add(f"ref__.{dbt['ref']}")
    if "source" in dbt:
        keys.add(f"source__{dbt['source'][0]}.{dbt['source'][1]}")
    return {key.lower() for key in keys}


class Case:
    def __init__(self, folder):
        plan = _load(folder, "plan.yaml")["spec"]
        old, new = _load(folder, "old.odcs.yaml"), _load(folder, "new.odcs.yaml")
        mapping = plan["mapping"]
        self.dialect = mapping["dialect"]
        self.where = mapping["rows"]["where"]
        self.old_fields, self.new_fields = _fields(old), _fields(new)
        self.old_keys = _keys(old, plan["from"].get("names", {}))
        self.new_keys = _keys(new, plan["to"].get("names", {}))
        self.expressions = {
            name: self._expression(name, mapping["fields"].get(name)) for name in self.old_fields
        }

    def _expression(self, name, field):
        if field is None:
            return name
        if isinstance(field, str):
            return field
        if "is" in field:
            return field["is"]
        if "ask" in field:
            return field["options"][0]["is"]
        return f"CAST(NULL AS {self.old_fields[name]})"

    def view(self):
        columns = ", ".join(f"{each} AS {name}" for name, each in self.expressions.items())
        return f"SELECT {columns} FROM new_ds WHERE {self.where}"
