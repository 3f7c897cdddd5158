//! The `Link` header that preloads the files that the site names, and the first list of a page.

use super::site::SiteServer;
use crate::support::preload_paths::{FILES, PAGES_WITH_LIST, PAGES_WITHOUT_LIST};

#[tokio::test]
async fn a_page_with_a_list_preloads_the_list() {
    let site = SiteServer::start().await;
    for (path, list) in PAGES_WITH_LIST.into_iter().chain([("/?before=x", "/api/messages")]) {
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
    let more = ["/app-0123456789abcdef.js", &long];
    for path in PAGES_WITHOUT_LIST.into_iter().chain(FILES).chain(more) {
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
