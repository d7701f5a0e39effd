"""Takes Jinja away by plain text rules, so that what is left is SQL.

This is on purpose not a template engine and shares nothing with the codemod: of every
`if` one branch is kept, of every loop one round, and a call becomes an opaque name that
is the same before and after a change, unless the change reached into it.
"""

import hashlib
import re

TAG = re.compile(r"\{#.*?#\}|\{%-?\s*(.*?)\s*-?%\}|\{\{-?\s*((?:'[^']*'|\"[^\"]*\"|[^'\"])*?)\s*-?\}\}", re.S)
CALL = re.compile(
    r"""\b(ref|source)\(\s*(['"])([^'"]+)\2\s*(?:,\s*(['"])([^'"]+)\4\s*)?"""
)
STRING = re.compile(r"""(['"])([\w.]+)\1""")
IDENTIFIER = re.compile(r"^(?:\w+\.)?\w+$")


def reference_name(call, first, second):
    """The name that stands for a dbt reference in rendered SQL; its last part is the alias."""
    return f"source__{first}.{second}" if call == "source" else f"ref__.{second or first}"


def _expression(body, fields):
    found = CALL.match(body)
    if found:
        return reference_name(found[1], found[3], found[5])
    if re.match(r"config\s*\(|log\s*\(|print\s*\(", body):
        return ""
    if re.match(r"this\b", body):
        return "this__model"
    if body.startswith(("'", '"')):
        return body[1:-1]
    types = re.match(r"dbt(?:_utils)?\.type_(\w+)\(", body)
    if types:
        return {
            "string": "STRING",
            "int": "INT64",
            "float": "FLOAT64",
            "numeric": "NUMERIC",
            "timestamp": "TIMESTAMP",
            "boolean": "BOOL",
        }.get(types[1], "STRING")
    names = [
        each[1]
        for each in STRING.findall(body)
        if IDENTIFIER.match(each[1])
        and each[1].split(".")[-1].lower() in fields
    ]
    digest = hashlib.sha1(re.sub(r"\s+", " ", body).encode()).hexdigest()[:8]
    tables = [reference_name(c[0], c[2], c[4]) for c in CALL.findall(body)]
    if tables:
        return f"jx_{digest}__{'__'.join(tables).replace('.', '')}"
    return f"jx_{digest}({', '.join(names)})" if names else f"jx_{digest}"


def render(text, fields=frozenset(), branch=0, clauses=0):
    """SQL of one choice of branches: 0 keeps the first branch of each `if`, 1 the last.

    With `clauses` 1, a call that has a line to itself is taken for a clause, and left out;
    with 2, every call that names nothing is.
    """
    out = []
    # One entry per open block: whether its text is kept now.
    stack = []
    position = 0

    def live():
        return all(kept for _, kept in stack)

    for tag in TAG.finditer(text):
        if live():
            out.append(text[position : tag.start()])
        position = tag.end()
        if tag[2] is not None:
            if live():
                inside = text[max(0, tag.start() - 1) : tag.start()] in ("'", '"', "`")
                value = _expression(tag[2], fields)
                line = text[text.rfind("\n", 0, tag.start()) + 1 : tag.start()]
                if (
                    value.startswith("jx_")
                    and re.search(r"\bas\s*\(\s*$", text[max(0, tag.start() - 80) : tag.start()], re.I)
                    and re.match(r"\s*\)", text[tag.end() :])
                ):
                    # The whole body of a CTE: rows of a table that nobody knows.
                    value = f"SELECT * FROM {re.sub(r'[(].*', '', value)}"
                if value.startswith(("ref__", "source__")) and line[-1:].isalnum():
                    value = f" {value}"
                if clauses == 2 and re.fullmatch(r"jx_[0-9a-f]{8}", value):
                    value = ""
                if clauses and value.startswith("jx_") and not line.strip():
                    value = "" if re.match(r"[ \t]*(\n|$)", text[tag.end() :]) else value
                out.append(re.sub(r"\(.*", "", value) if inside else value)
            continue
        if tag[1] is None:
            continue
        word = tag[1].split("(")[0].split()
        word = word[0] if word else ""
        if word == "if":
            stack.append(["if", branch == 0])
        elif word in ("elif", "else") and stack:
            stack[-1][1] = stack[-1][0] == "if" and branch == 1 and word == "else"
        elif word == "for":
            stack.append(["for", True])
        elif word in ("macro", "test", "call", "filter"):
            stack.append([word, False])
        elif word == "set" and "=" not in tag[1]:
            stack.append(["set", False])
        elif word in ("snapshot", "block"):
            stack.append([word, True])
        elif word.startswith("end") and stack:
            stack.pop()
    if live():
        out.append(text[position:])
    return "".join(out)
