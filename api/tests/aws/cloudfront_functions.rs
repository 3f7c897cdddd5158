//! The CloudFront functions of the site, run in Node.js with the events that CloudFront sends ("CloudFront Functions
//! event structure", CloudFront Developer Guide).

use std::process::Command;

use serde_json::{Value, json};

use crate::cloud::TEMPLATE;
use crate::preload_paths::{FILES, PAGES_WITH_LIST, PAGES_WITHOUT_LIST};

/// Runs a function of the template with each of these events.
fn run(function: &str, events: &[Value]) -> Vec<Value> {
    let (_, resource) = TEMPLATE.split_once(&format!("\n  {function}:\n")).expect(function);
    let (_, code) = resource.split_once("FunctionCode: |\n").unwrap();
    let is_code = |line: &&str| line.is_empty() || line.starts_with("        ");
    let code: Vec<&str> = code.lines().take_while(is_code).collect();
    let print = "process.stdout.write(JSON.stringify(JSON.parse(process.argv[1]).map(handler)))";
    let script = format!("'use strict';\n{}\n{print}", code.join("\n"));
    let node = Command::new("node").args(["--eval", &script, "--"]).arg(json!(events).to_string()).output();
    let output = node.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A request as CloudFront describes it.
fn request(uri: &str) -> Value {
    json!({"method": "GET", "uri": uri, "querystring": {}, "cookies": {}, "headers": {"host": {"value": "x"}}})
}

/// A response as CloudFront describes it. If `content_type` is empty, the response has no `Content-Type` header.
fn response(status: u16, content_type: &str) -> Value {
    let mut response = json!({"statusCode": status, "headers": {"etag": {"value": "\"x\""}}, "cookies": {}});
    if !content_type.is_empty() {
        response["headers"]["content-type"] = json!({ "value": content_type });
    }
    response
}

/// Returns the requests as SiteFunction changes them.
fn rewrite(requests: &[Value]) -> Vec<Value> {
    let events: Vec<Value> = requests.iter().map(|request| json!({ "request": request })).collect();
    run("SiteFunction", &events)
}

/// Returns the `Link` header that PreloadFunction adds to the response to each of these requests; null for none.
fn links(requests: &[Value], response: &Value) -> Vec<Value> {
    let event = |request| json!({"request": request, "response": response});
    let events: Vec<Value> = requests.iter().map(event).collect();
    let results = run("PreloadFunction", &events).into_iter().map(|mut result| {
        let link = result["headers"].as_object_mut().unwrap().remove("link");
        assert_eq!(&result, response, "the rest of the response is unchanged");
        link.map_or(Value::Null, |link| link["value"].clone())
    });
    results.collect()
}

#[test]
fn a_page_with_a_list_preloads_the_list() {
    let original = PAGES_WITH_LIST.map(|(path, _)| request(path));
    let rewritten = rewrite(&original);
    let expected =
        PAGES_WITH_LIST.map(|(_, list)| json!(format!("<{list}>; rel=preload; as=fetch; crossorigin")));
    for response in [response(200, "text/html"), response(200, "text/html; charset=utf-8"), response(304, "")]
    {
        // On AWS, the function sees one of these requests; deploy/README.md says why it works with both.
        assert_eq!(links(&original, &response), expected);
        assert_eq!(links(&rewritten, &response), expected);
    }
    assert!(rewritten.iter().all(|request| request["uri"] == "/index.html"));
}

/// `cargo xtask deploy` stores this metadata with the page in the bucket.
#[test]
fn a_page_preloads_the_files_in_its_metadata() {
    let files = "</style-1f.css>; rel=preload; as=style";
    let mut page = response(200, "text/html");
    page["headers"]["x-amz-meta-preload"] = json!({ "value": files });
    for (path, list) in [("/account", ""), ("/wishes", ", </api/wishes>; rel=preload; as=fetch; crossorigin")]
    {
        let result = run("PreloadFunction", &[json!({"request": request(path), "response": page})]);
        assert_eq!(result[0]["headers"]["link"]["value"], format!("{files}{list}"), "{path}");
        assert_eq!(result[0]["headers"]["x-amz-meta-preload"], Value::Null);
    }
}

#[test]
fn other_pages_and_files_preload_nothing() {
    let long = format!("/u/{}", "a".repeat(8_000));
    let more = ["/u/ann\r\nset-cookie: x=y", "/u/ann\n", "/wishes\n", "", &long];
    let pages: Vec<Value> = PAGES_WITHOUT_LIST.into_iter().chain(more).map(request).collect();
    let files = FILES.map(request);
    let rewritten = rewrite(&pages);
    for (original, rewritten) in pages.iter().zip(&rewritten) {
        assert_eq!(rewritten["uri"], "/index.html");
        assert_eq!(rewritten["headers"], original["headers"], "{original}");
    }
    assert_eq!(rewrite(&files[..1]), files[..1], "the site has an index.html");
    assert!(rewrite(&files[1..]).iter().all(|response| response["statusCode"] == 404));
    for requests in [&pages[..], &rewritten, &files] {
        let page = response(200, "text/html");
        assert_eq!(links(requests, &page), vec![Value::Null; requests.len()], "{requests:?}");
    }
}

#[test]
fn only_a_page_that_was_found_preloads_its_list() {
    let page = rewrite(&[request("/wishes")]);
    for (status, content_type) in [
        (206, "text/html"),
        (301, ""),
        (200, "application/xml"),
        (200, ""),
        (200, "image/svg+xml"),
        (204, ""),
    ] {
        assert_eq!(links(&page, &response(status, content_type)), [Value::Null], "{status} {content_type}");
    }
}

/// A request with the header in which SiteFunction sends the path of a page.
fn with_path_header(path: &str, header: &str) -> Value {
    let mut request = request(path);
    request["headers"]["x-wishboard-page"] = json!({ "value": header });
    request
}

#[test]
fn the_path_header_of_a_viewer_is_removed_and_checked() {
    for (path, header) in
        [("/signup", "/wishes"), ("/app.js", "/"), ("/wishes", "/u/ann"), ("/", "/u/<script>")]
    {
        assert_eq!(rewrite(&[with_path_header(path, header)]), rewrite(&[request(path)]), "{path}");
    }
    let hostile = ["/u/<script>", "/u/ann\r\nx: y", "", "https://evil.example/", "//evil.example/"];
    let forged = hostile.map(|header| with_path_header("/", header));
    assert_eq!(links(&forged, &response(200, "text/html")), hostile.map(|_| Value::Null));
}
