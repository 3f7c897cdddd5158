//! CloudFront: the pages and files of the site, and the requests that it forwards to the API.
//!
//! The emulator finds a distribution by the `Host` header, takes the viewer's protocol from `X-Forwarded-Proto`, and
//! caches nothing. It does not accept API Gateway as an origin, so a server of the test receives the requests to the
//! API.

use axum::extract::OriginalUri;
use axum::{Json, Router};
use http::HeaderMap;
use reqwest::redirect::Policy;
use reqwest::{Client, Response};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::cloud::{aws, endpoint, output, physical_id};

/// Sends a request to the distribution, over this protocol.
async fn get(protocol: &str, path: &str) -> Response {
    let id = physical_id("Distribution");
    let query = "Distribution.DomainName";
    let host = aws(&["cloudfront", "get-distribution", "--id", &id, "--query", query]);
    let http = Client::builder().redirect(Policy::none()).build().unwrap();
    let request = http.get(format!("{}{path}", endpoint())).header("host", host.as_str().unwrap());
    request.header("x-forwarded-proto", protocol).send().await.unwrap()
}

#[tokio::test]
async fn routes_of_the_app_return_the_page_and_files_are_served() {
    let mut page = String::new();
    for path in ["/", "/wishes", "/u/ann", "/a/b/c", "/index.html"] {
        let response = get("https", path).await;
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["content-type"], "text/html", "{path}");
        for (name, value) in [
            ("content-security-policy", api::web::content_security_policy::APP_POLICY),
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("referrer-policy", "same-origin"),
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
        ] {
            assert_eq!(response.headers()[name], value, "{path}");
        }
        page = response.text().await.unwrap();
        assert!(page.contains("<div id=app>"), "{path}: {page}");
    }
    let wasm = page.split([' ', '=', '>']).find(|word| word.ends_with(".wasm")).unwrap();
    let file = get("https", wasm).await;
    assert_eq!(
        (file.status().as_u16(), &file.headers()["content-type"]),
        (200, &"application/wasm".parse().unwrap())
    );
}

#[tokio::test]
async fn every_file_of_the_bucket_is_served() {
    let query = "Contents[].Key";
    let files = aws(&["s3api", "list-objects-v2", "--bucket", &output("SiteBucket"), "--query", query]);
    assert!(files.as_array().unwrap().len() > 10, "{files}");
    for file in files.as_array().unwrap() {
        let path = format!("/{}", file.as_str().unwrap());
        assert_eq!(get("https", &path).await.status(), 200, "{path}");
    }
}

#[tokio::test]
async fn a_missing_file_is_a_readable_page() {
    for path in
        ["/no-such-file.js", "/wp-login.php", "/icons/none.gif", "/a/style-0123456789abcdef.css", "/.env"]
    {
        let response = get("https", path).await;
        assert_eq!(response.status(), 404, "{path}");
        let headers = response.headers();
        assert_eq!(headers["content-type"], "text/html; charset=utf-8");
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert!(headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
        let page = response.text().await.unwrap();
        assert!(page.contains("<h1>Page not found</h1>") && page.contains("<p lang=de>"), "{path}: {page}");
    }
}

#[tokio::test]
async fn plain_http_is_redirected_for_pages_and_refused_for_the_api() {
    for path in ["/u/ann", "/lite", "/lite/wishes"] {
        let page = get("http", path).await;
        assert_eq!(page.status(), 301, "{path}");
        assert!(page.headers()["location"].to_str().unwrap().starts_with("https://"), "{path}");
    }
    for path in ["/api/me", "/api/messages", "/.well-known/jwks.json"] {
        assert_eq!(get("http", path).await.status(), 403, "a redirect would expose the token: {path}");
    }
}

#[tokio::test]
async fn a_slash_at_the_end_of_a_lite_page_redirects_to_the_page() {
    for (from, to) in [
        ("/lite/", "/lite"),
        ("/lite//?before=abc-_&x=1", "/lite?before=abc-_"),
        ("/lite/wishes/?before=abc-_", "/lite/wishes?before=abc-_"),
        ("/lite/style.css/", "/lite/style.css"),
    ] {
        let response = get("https", from).await;
        assert_eq!(
            (response.status().as_u16(), response.headers()["location"].to_str().unwrap()),
            (308, to),
            "{from}"
        );
    }
}

/// Responds with the URL and the headers of the request.
async fn echo(headers: HeaderMap, OriginalUri(uri): OriginalUri) -> Json<Value> {
    let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_str().unwrap().into()));
    Json(json!({"uri": uri.to_string(), "headers": serde_json::Map::from_iter(headers)}))
}

/// Creates a copy of the distribution whose API responds with the requests that it receives. Returns its domain.
async fn create_distribution_with_echo() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async { axum::serve(listener, Router::new().fallback(echo)).await.unwrap() });
    let id = physical_id("Distribution");
    let query = "DistributionConfig";
    let mut config = aws(&["cloudfront", "get-distribution-config", "--id", &id, "--query", query]);
    config["CallerReference"] = json!("echo");
    config["Aliases"] = json!({"Quantity": 0});
    let origins = config["Origins"]["Items"].as_array_mut().unwrap();
    let origin = origins.iter_mut().find(|origin| origin["Id"] == "api").unwrap();
    origin["DomainName"] = json!("127.0.0.1");
    origin["CustomOriginConfig"] =
        json!({"HTTPPort": port, "HTTPSPort": 443, "OriginProtocolPolicy": "http-only"});
    let config = config.to_string();
    let query = "Distribution.DomainName";
    let domain =
        aws(&["cloudfront", "create-distribution", "--distribution-config", &config, "--query", query]);
    domain.as_str().unwrap().to_owned()
}

#[tokio::test]
async fn only_cloudfront_can_tell_the_api_the_address_of_the_viewer() {
    let host = create_distribution_with_echo().await;
    for path in ["/api/messages?limit=2", "/api/me", "/.well-known/jwks.json", "/lite"] {
        let request = Client::new().get(format!("{}{path}", endpoint())).header("host", &host);
        let request = request.header("x-forwarded-proto", "https");
        let request =
            request.header("x-wishboard-viewer", "203.0.113.9").header("x-wishboard-edge", "guessed");
        let request = request.header("authorization", "Bearer x").header("cookie", "__Host-session=y");
        let echoed: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(echoed["uri"], path);
        let headers = &echoed["headers"];
        assert_eq!(headers["x-wishboard-viewer"], "127.0.0.1", "not the viewer's header: {headers}");
        assert_eq!(headers["x-wishboard-edge"], edge_secret(), "{path}");
        assert_eq!(headers["authorization"], "Bearer x");
        assert_eq!(headers["cookie"], "__Host-session=y");
        assert!(
            headers["host"].as_str().unwrap().starts_with("127.0.0.1"),
            "the host of the origin: {headers}"
        );
    }
}

/// Returns the secret by which the API recognizes our distribution.
fn edge_secret() -> Value {
    let query = "Environment.Variables.WISHBOARD_EDGE_SECRET";
    let name = physical_id("ApiFunction");
    aws(&["lambda", "get-function-configuration", "--function-name", &name, "--query", query])
}
