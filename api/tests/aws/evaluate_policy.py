"""Evaluates the policy of the keys table in the template (argument 1) with the emulator's evaluator of IAM policies.

Argument 2 is a JSON list of requests: [principal, action, context]. Prints whether the policy denies each of them.
"""

import json
import sys

from cfnlint.decode.cfn_yaml import load
from ministack.core.iam_evaluator import EvalContext, evaluate_resource_policy

PARAMETERS = {"AWS::Partition": "aws", "AWS::Region": "us-east-1", "AWS::AccountId": "000000000000", "Table": "wishboard"}


def resolve(value):
    """Replaces Fn::Sub by its result."""
    if isinstance(value, dict):
        if list(value) == ["Fn::Sub"]:
            text = str(value["Fn::Sub"])
            for name, replacement in PARAMETERS.items():
                text = text.replace("${" + name + "}", replacement)
            return text
        return {str(key): resolve(member) for key, member in value.items()}
    if isinstance(value, list):
        return [resolve(member) for member in value]
    return str(value)


def is_denied(principal, action, context):
    request = EvalContext(
        principal_arn=f"arn:aws:iam::000000000000:{principal}",
        principal_type="User",
        principal_account="000000000000",
        action=f"dynamodb:{action}",
        resource_arn="arn:aws:dynamodb:us-east-1:000000000000:table/wishboard-keys",
        region="us-east-1",
        service_context={key.lower(): value for key, value in context.items()},
    )
    return evaluate_resource_policy(policy, request).decision == "Deny"


table = load(sys.argv[1])["Resources"]["KeysTable"]["Properties"]
policy = resolve(table["ResourcePolicy"]["PolicyDocument"])
print(json.dumps([is_denied(*request) for request in json.loads(sys.argv[2])]))
