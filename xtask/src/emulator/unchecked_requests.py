"""Prints the operations that xtask's sources name, but that no checked request has used.

The first argument is the log of checked_aws_cli.py, the second the folder with the sources. An operation is a string
such as "describe-stacks" that AWS's models list for a service whose name is also in the sources.
"""

import pathlib
import re
import sys

import awscli  # replaces `botocore` by the one of the AWS CLI

import botocore.session
from botocore import xform_name

log = {line.strip() for line in open(sys.argv[1], encoding="utf-8")}
sources = "".join(file.read_text(encoding="utf-8") for file in pathlib.Path(sys.argv[2]).rglob("*.rs"))
words = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*)"', sources))
session = botocore.session.get_session()
services = set(session.get_available_services()) & (words | ({"s3"} if "s3api" in words else set()))
named = [
    f"{service} {operation}"
    for service in sorted(services)
    for operation in session.get_service_model(service).operation_names
    if "-" in xform_name(operation, "-") and xform_name(operation, "-") in words
]
if len(named) < 20:
    sys.exit("cannot find the operations in the sources")
print("\n".join(operation for operation in named if operation not in log))
