"""Prints the AWS regions that have API Gateway HTTP APIs, separated by spaces. Needs no network."""

import awscli  # replaces `botocore` by the one of the AWS CLI

import botocore.session

print(*botocore.session.get_session().get_available_regions("apigatewayv2"))
