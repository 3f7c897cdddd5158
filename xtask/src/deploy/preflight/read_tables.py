"""Prints the properties of the tables in deploy/template.yaml as JSON, by their logical names."""

import json
import sys

from cfnlint.decode import cfn_yaml

resources = cfn_yaml.load(sys.argv[1])["Resources"]
tables = {name: part["Properties"] for name, part in resources.items() if part["Type"] == "AWS::DynamoDB::Table"}
print(json.dumps(tables))
