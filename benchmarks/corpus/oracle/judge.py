"""Whether each migrated SQL file still means the same, by other means than the engine's.

    python judge.py OUT

Reads OUT/outcomes.json, writes OUT/judgements.json: {case, path, verdict, how}.
"""

import functools
import glob
import json
import logging
import multiprocessing
import os
import re
import sys

import sqlglot
from sqlglot import exp

from case import Case
from execute import compare
from lineage import compare_lineage
from prepare import CannotTell, Pair
from render import render

logging.getLogger("sqlglot").setLevel(logging.CRITICAL)


def halves(statement):
    """The query of a statement, and what is around it."""
    if isinstance(statement, exp.Query):
        return statement, ""
    rest = statement.copy()
    query = rest.find(exp.Query)
    if query is None:
        return None, rest.sql()
    found = statement.find(exp.Query)
    query.replace(exp.Placeholder())
    return found, rest.sql()


def judge_pair(case, before, after):
    old, around_old = halves(before)
    new, around_new = halves(after)
    if around_old != around_new:
        return "disagrees", "what is around the query changed"
    if old is None or new is None:
        raise CannotTell("no query")
    pair = Pair(case, old, new)
    try:
        return compare(pair)
    except CannotTell as reason:
        try:
            verdict, how = compare_lineage(pair)
        except CannotTell as second:
            raise CannotTell(f"{reason} / {second}") from second
        return verdict, f"{how} (not run: {str(reason)[:160]})"


def parse_rendered(case, text, fields, branch):
    for clauses in (0, 1, 2):
        try:
            statements = sqlglot.parse(render(text, fields, branch, clauses), dialect=case.dialect)
            return [each for each in statements if each]
        except Exception as error:
            failure = error
    raise CannotTell(f"parse: {str(failure)[:160]}")


def judge_file(case, before, after):
    fields = {name.lower() for name in case.old_fields}
    notes = []
    for branch in (0, 1) if "{%" in before else (0,):
        sides = [parse_rendered(case, text, fields, branch) for text in (before, after)]
        if len(sides[0]) != len(sides[1]):
            return "disagrees", "the number of statements changed"
        for old, new in zip(*sides):
            if old == new:
                continue
            verdict, how = judge_pair(case, old, new)
            notes.append(how)
            if verdict != "agrees":
                return verdict, f"branch {branch}: {how}"
    if not notes:
        raise CannotTell("no difference is left after Jinja")
    return "agrees", "; ".join(sorted(set(notes)))


CODE_STRING = re.compile(
    r'"""(.*?)"""|\'\'\'(.*?)\'\'\'|"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'', re.S
)


def joined_strings(code):
    """The strings of a program; those that stand side by side are one."""
    strings, end = [], None
    for match in CODE_STRING.finditer(code):
        text = next((each for each in match.groups() if each), "")
        if end is not None and not code[end : match.start()].strip():
            strings[-1] += text
        else:
            strings.append(text)
        end = match.end()
    return strings


def judge_code(case, before, after):
    """SQL in the strings of a program, pair by pair; anything else is for a person to read."""
    sides = [joined_strings(text) for text in (before, after)]
    if len(sides[0]) != len(sides[1]):
        raise CannotTell("strings were added or removed")
    if CODE_STRING.sub("", before) != CODE_STRING.sub("", after):
        raise CannotTell("code outside of strings changed")
    notes = []
    for pair in zip(*sides):
        if pair[0] == pair[1]:
            continue
        queries = [plain_sql(text) for text in pair]
        if not re.search(r"\bselect\b", queries[0], re.I):
            raise CannotTell("a string that is no query changed")
        trees = []
        for sql in queries:
            try:
                trees.append([each for each in sqlglot.parse(sql, dialect=case.dialect) if each])
            except Exception as error:
                raise CannotTell(f"parse: {str(error)[:160]}") from error
        for old, new in zip(*trees):
            if old != new:
                verdict, how = judge_pair(case, old, new)
                notes.append(how)
                if verdict != "agrees":
                    return verdict, how
    return "agrees", "; ".join(sorted(set(notes)))


def plain_sql(text):
    text = re.sub(r"^[ \t]*\|", "", text, flags=re.M)
    text = re.sub(r"\[([\w-]+):([\w.]+)\]", r"`\1.\2`", text)
    return re.sub(r"\$?\{[^{}]*\}|%s", "'2024-03-01'", text)


@functools.lru_cache(maxsize=4)
def case_of(folder):
    return Case(folder)


def judge_outcome(folder, outcome):
    judge = judge_file if outcome["path"].endswith(".sql") else judge_code
    name = outcome["case"]
    try:
        verdict, how = judge(case_of(folder), outcome["before"], outcome["after"])
    except CannotTell as reason:
        verdict, how = "cannot-tell", str(reason)
    except Exception as error:
        verdict, how = "cannot-tell", f"oracle: {type(error).__name__}: {str(error)[:200]}"
    how = " ".join(how.split())
    if os.environ.get("CORPUS_VERBOSE"):
        print(name, outcome["path"], verdict, how[:200], flush=True)
    return {"case": name, "path": outcome["path"], "verdict": verdict, "how": how}


def main():
    out = sys.argv[1]
    with open(os.path.join(out, "outcomes.json"), encoding="utf-8") as file:
        outcomes = json.load(file)
    folders = {
        os.path.basename(os.path.dirname(path)): os.path.dirname(path)
        for path in glob.glob(os.path.join(out, "*", "*", "plan.yaml"))
    }
    judged = [
        (folders[each["case"]], each)
        for each in outcomes
        if "after" in each and each["path"].endswith((".sql", ".py", ".scala"))
    ]
    with multiprocessing.Pool(int(os.environ.get("CORPUS_LANES") or os.cpu_count())) as pool:
        judgements = pool.starmap(judge_outcome, judged, chunksize=4)
    with open(os.path.join(out, "judgements.json"), "w", encoding="utf-8") as file:
        json.dump(judgements, file, indent=1)
    for verdict in ("agrees", "disagrees", "cannot-tell"):
        count = sum(each["verdict"] == verdict for each in judgements)
        print(f"oracle: {verdict} {count}")
    for each in judgements:
        if each["verdict"] == "disagrees":
            print(f"  {each['case']} {each['path']}: {each['how'][:300]}")


if __name__ == "__main__":
    main()
