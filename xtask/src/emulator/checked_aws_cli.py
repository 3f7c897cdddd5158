"""Runs the AWS CLI on the emulator, and compares each request with AWS's own models before it is sent.

The AWS CLI itself checks the names and types of parameters. AWS also checks the patterns and lengths of texts, the
ranges of numbers and the values of enumerations; the emulator does not. The first argument is a file to which the name
of each operation is appended; the others are those of the AWS CLI.
"""

import sys

import awscli.clidriver  # replaces `botocore` by the one of the AWS CLI
import regex


def problems(shape, value, name):
    """Yields a text for each part of a value that its shape does not allow."""
    limits = shape.metadata
    kind = shape.type_name
    if kind == "structure":
        for key, member in value.items():
            yield from problems(shape.members[key], member, f"{name}.{key}")
    elif kind == "map":
        for key, member in value.items():
            yield from problems(shape.key, key, f"{name} (key)")
            yield from problems(shape.value, member, f"{name}.{key}")
    elif kind == "list":
        for index, member in enumerate(value):
            yield from problems(shape.member, member, f"{name}[{index}]")
    elif kind == "string":
        if shape.enum and value not in shape.enum:
            yield f"{name}: {value!r} is not one of {', '.join(shape.enum)}"
        pattern = limits.get("pattern")
        if pattern and not regex.fullmatch(pattern, value):
            yield f"{name}: {value!r} does not match {pattern}"
    size = value if kind in ("integer", "long") else len(value) if kind in ("string", "list", "map") else None
    if size is not None and not limits.get("min", size) <= size <= limits.get("max", size):
        yield f"{name}: {size} is not between {limits.get('min')} and {limits.get('max')}"


def check(params, model, **_):
    """Ends the program if a request does not have the form that AWS documents."""
    with open(LOG, "a", encoding="utf-8") as log:
        log.write(f"{model.service_model.service_name} {model.name}\n")
    found = list(problems(model.input_shape, params, model.name)) if model.input_shape else []
    if found:
        raise ValueError("invalid request: " + "; ".join(found))


LOG = sys.argv.pop(1)
driver = awscli.clidriver.create_clidriver()
driver.session.register("before-parameter-build", check)
sys.exit(driver.main(sys.argv[1:]))
