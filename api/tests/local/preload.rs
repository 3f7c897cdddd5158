//! The `Link` header that preloads the files that the site names, and the first list of a page.

use super::site::SiteServer;

#[tokio::test]
async fn a_page_with_a_list_preloads_the_list() {
    let site = SiteServer::start().await;
    for (path, list) in [
        ("/", "/api/messages"),
        ("/?before=x", "/api/messages"),
        ("/wishes", "/api/wishes"),
        ("/wishes/", "/api/wishes"),
        ("/u/ann", "/api/users/ann/wishes"),
        ("/u/Ann_B-1/", "/api/users/ann_b-1/wishes"),
        ("/u/abcdefghijabcdefghijabcdefghij", "/api/users/abcdefghijabcdefghijabcdefghij/wishes"),
    ] {
        let link = format!("<{list}>; rel=preload; as=fetch; crossorigin");
        let page = site.server.guest().get(path).await;
        assert_eq!((page.status, page.header("link")), (200, link.as_str()), "{path}");
        let known = site.server.guest().with("if-modified-since", page.header("last-modified"));
        let unchanged = known.get(path).await;
        assert_eq!((unchanged.status, unchanged.header("link")), (304, link.as_str()), "{path}");
    }
}

#[tokio::test]
async fn every_page_preloads_the_files_that_the_site_names() {
    let files = "</style-1f.css>; rel=preload; as=style, </start-2e.js>; rel=modulepreload";
    let site = SiteServer::start_with(&[("preload.txt", files)]).await;
    for (path, list) in [("/account", ""), ("/wishes", ", </api/wishes>; rel=preload; as=fetch; crossorigin")]
    {
        let page = site.server.guest().get(path).await;
        assert_eq!((page.status, page.header("link")), (200, format!("{files}{list}").as_str()), "{path}");
    }
    let script = site.server.guest().get("/app-0123456789abcdef.js").await;
    assert_eq!(script.header("link"), "");
}

#[tokio::test]
async fn other_pages_and_files_preload_nothing() {
    let site = SiteServer::start().await;
    let long = format!("/u/{}", "a".repeat(5_000));
    for path in [
        "//",
        "/wishes//",
        "/wishes/x",
        "/WISHES",
        "/u",
        "/u/",
        "/u/ab",
        "/u/ann/more",
        "/u/ann//",
        "/u/abcdefghijabcdefghijabcdefghijk",
        "/u/a.nn",
        "/u/<script>",
        "/u/ann>;rel=preload",
        "/u/%3Cscript%3E",
        "/u/ann%0d%0aset-cookie:%20x=y",
        "/u/ann%00",
        "/u/änn",
        "/u/\u{a0}ann",
        "/u/..%2fann",
        "/u/%61nn",
        "/wishes%2f",
        "/signup",
        "/account",
        "/nowhere",
        "/index.html",
        "/app-0123456789abcdef.js",
        &long,
    ] {
        let response = site.exchange("GET", path, "").await;
        assert!(response.starts_with("HTTP/1.1 "), "{path}: {response}");
        assert!(!response.to_lowercase().contains("\r\nlink:"), "{path}: {response}");
    }
    for (method, headers) in [("POST", ""), ("GET", "Range: bytes=0-3\r\n")] {
        let response = site.exchange(method, "/", headers).await;
        assert!(!response.starts_with("HTTP/1.1 200"), "{method}: {response}");
        assert!(!response.to_lowercase().contains("\r\nlink:"), "{method}: {response}");
    }
    std::fs::remove_file(site.folder.join("dist/index.html")).unwrap();
    let missing = site.server.guest().get("/").await;
    assert_eq!((missing.status, missing.header("link")), (404, ""));
    site.assert_log_has_no_errors();
}
