//! `deploy/template.yaml` contains exactly the routes of the table. A failure shows the lines to paste.

use std::collections::BTreeMap;

use api::routes::{Access, ROUTES, Route};

const TEMPLATE: &str = include_str!("../../../deploy/template.yaml");

/// The last part of every method of the REST API.
const INTEGRATION: &str = r#"x-amazon-apigateway-integration: {type: aws_proxy, httpMethod: POST, uri: !Sub "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${ApiFunction.Arn}/invocations"}}"#;

#[test]
fn the_http_api_has_exactly_the_routes_of_the_table() {
    let missing: Vec<_> =
        ROUTES.iter().filter(|route| !TEMPLATE.contains(&http_api_resource(route))).collect();
    let lines: String = missing
        .iter()
        .map(|route| format!("  {}:\n{}", resource_name(route), http_api_resource(route)))
        .collect();
    assert!(missing.is_empty(), "add these lines to deploy/template.yaml:\n{lines}");
    let count = TEMPLATE.matches("Type: AWS::ApiGatewayV2::Route\n").count();
    assert_eq!(count, ROUTES.len(), "deploy/template.yaml contains a route that is not in api/src/routes.rs");
}

#[test]
fn the_rest_api_has_exactly_the_routes_of_the_table() {
    let (_, paths) = TEMPLATE.split_once("        paths:\n").unwrap();
    let (paths, _) = paths.split_once("          # Answers the CORS preflight requests").unwrap();
    let mut expected = BTreeMap::<&str, String>::new();
    for route in ROUTES {
        expected.entry(route.path).or_default().push_str(&rest_api_method(route));
    }
    let expected: Vec<_> = expected
        .into_iter()
        .map(|(path, methods)| format!("          {}:\n{methods}", quoted(path)))
        .collect();
    let missing: String = expected.iter().filter(|path| !paths.contains(*path)).map(String::as_str).collect();
    assert!(
        missing.is_empty(),
        "add these lines to the paths of RestGateway in deploy/template.yaml:\n{missing}"
    );
    let length: usize = expected.iter().map(String::len).sum();
    assert_eq!(paths.len(), length, "deploy/template.yaml contains a route that is not in api/src/routes.rs");
}

/// Returns the resource of a route of the HTTP API, without its name.
fn http_api_resource(Route { method, path, access, .. }: &Route) -> String {
    let properties = match access {
        Access::Public | Access::OptionalCookie | Access::Cookie => format!(
            r#"    Properties: {{ApiId: !Ref HttpApi, RouteKey: "{method} {path}", Target: !Sub "integrations/${{ApiIntegration}}"}}"#
        ),
        Access::Caller => format!(
            r#"    Condition: Guarded
    Properties:
      ApiId: !Ref HttpApi
      RouteKey: "{method} {path}"
      Target: !Sub "integrations/${{ApiIntegration}}"
      AuthorizationType: JWT
      AuthorizerId: !Ref JwtAuthorizer
      AuthorizationScopes: !If [OwnTokens, [wishboard], !Ref "AWS::NoValue"]"#
        ),
    };
    format!("    Type: AWS::ApiGatewayV2::Route\n{properties}\n")
}

/// Returns a name for the resource of a route, such as `PatchMessagesId`.
fn resource_name(route: &Route) -> String {
    let words = route.path.trim_start_matches("/api").split(|c: char| !c.is_ascii_alphanumeric());
    let method = route.method.to_ascii_lowercase();
    let words = [method.as_str()].into_iter().chain(words).filter(|word| !word.is_empty());
    words.map(|word| word[..1].to_ascii_uppercase() + &word[1..]).collect()
}

/// Returns the line of a method of the REST API.
fn rest_api_method(route: &Route) -> String {
    let security = if route.access == Access::Caller { "security: [{token: []}], " } else { "" };
    format!("            {}: {{{security}{INTEGRATION}\n", route.method.to_ascii_lowercase())
}

fn quoted(path: &str) -> String {
    if path.contains('{') { format!("\"{path}\"") } else { path.to_owned() }
}
