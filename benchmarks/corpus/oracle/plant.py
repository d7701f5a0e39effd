"""How many planted mistakes the oracle notices: one per migrated file that it agrees with.

    python plant.py OUT [FILES]
"""

import collections
import glob
import json
import os
import random
import re
import sys

from case import Case
from judge import judge_file
from prepare import CannotTell


def mistakes(case, after, rng):
    """Plausible wrong edits of a migrated file, by name."""
    found = {}
    without = re.sub(r"(\bwhere|\band)\s+not\s+(\w+\.)?is_tombstone\b", r"\1 TRUE", after, flags=re.I)
    if without != after:
        found["condition dropped"] = without
    used = [name for name in case.new_fields if re.search(rf"\b{name}\b", after)]
    kinds = collections.defaultdict(list)
    for name, kind in case.new_fields.items():
        kinds[kind].append(name)
    changed = [name for name in used if name not in case.old_fields]
    for name in rng.sample(changed, len(changed)):
        twins = [each for each in kinds[case.new_fields[name]] if each != name]
        if twins:
            found["wrong column"] = re.sub(rf"\b{name}\b", rng.choice(twins), after, count=1)
            break
    for pattern, instead in ((r" = 1\b", " = 0"), (r"/ 100\b", "/ 10"), (r"'/'", "'-'"), (r"'unknown'", "'none'")):
        if re.search(pattern, after):
            found["value changed"] = re.sub(pattern, instead, after, count=1)
            break
    return found


def main():
    out = sys.argv[1]
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    with open(os.path.join(out, "outcomes.json"), encoding="utf-8") as file:
        outcomes = {(each["case"], each["path"]): each for each in json.load(file)}
    with open(os.path.join(out, "judgements.json"), encoding="utf-8") as file:
        agreed = [
            each
            for each in json.load(file)
            if each["verdict"] == "agrees" and each["path"].endswith(".sql")
        ]
    rng = random.Random(7)
    rng.shuffle(agreed)
    folders = {
        os.path.basename(os.path.dirname(path)): os.path.dirname(path)
        for path in glob.glob(os.path.join(out, "*", "*", "plan.yaml"))
    }
    counts = collections.Counter()
    for each in agreed[:most]:
        outcome = outcomes[(each["case"], each["path"])]
        case = Case(folders[each["case"]])
        how = each["how"].split()[0].strip(",")
        for name, text in mistakes(case, outcome["after"], rng).items():
            try:
                verdict, _ = judge_file(case, outcome["before"], text)
            except CannotTell:
                verdict = "cannot-tell"
            except Exception:
                verdict = "cannot-tell"
            counts[(how, name, verdict)] += 1
    for key in sorted(counts):
        print(*key, counts[key], sep="\t")


if __name__ == "__main__":
    main()
