//! The local server serves the built site.

use std::fs::File;

use crate::support::local_server::{LocalServer, data_folder};
use crate::support::raw_http;
use crate::support::temp_folder::TempFolder;

/// A running server, and a folder with its site (`dist`), its log (`log.txt`) and a file outside the site
/// (`secret.txt`).
pub struct SiteServer {
    pub server: LocalServer,
    pub folder: TempFolder,
}

impl SiteServer {
    pub async fn start() -> Self {
        Self::start_with(&[]).await
    }

    /// Starts a server whose site also contains these files: names and contents.
    pub async fn start_with(more_files: &[(&str, &str)]) -> Self {
        let folder = data_folder().await;
        let dist = folder.join("dist");
        std::fs::create_dir(&dist).unwrap();
        let files = [
            ("index.html", "<!doctype html>the page"),
            ("app-0123456789abcdef.js", "plain"),
            ("app-0123456789abcdef.js.br", "smaller"),
            ("site.webmanifest", "{}"),
        ];
        for (name, content) in files.iter().chain(more_files) {
            std::fs::write(dist.join(name), content).unwrap();
        }
        std::fs::write(folder.join("secret.txt"), "secret").unwrap();
        let mut command = LocalServer::command(folder.path());
        command.env("WISHBOARD_SITE", &dist);
        let log = File::create(folder.join("log.txt")).unwrap();
        Self { server: LocalServer::start_with_log(command, log), folder }
    }

    /// Sends a request whose path need not be valid. Each of the headers ends with a line break.
    pub async fn exchange(&self, method: &str, path: &str, headers: &str) -> String {
        let request = format!("{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n");
        raw_http::exchange(self.server.addr(), request).await
    }

    /// Checks that the server has logged no warning and no error.
    #[track_caller]
    pub fn assert_log_has_no_errors(&self) {
        let log = std::fs::read_to_string(self.folder.join("log.txt")).unwrap();
        assert!(!log.contains("ERROR") && !log.contains("WARN") && !log.contains("panicked"), "{log}");
    }
}

#[tokio::test]
async fn every_route_of_the_app_returns_index_html_and_is_revalidated() {
    let site = SiteServer::start().await;
    for path in ["/", "/signup", "/u/ann", "/no/such/page", "/index.html"] {
        let reply = site.server.guest().get(path).await;
        assert_eq!(reply.status, 200, "{path}");
        assert_eq!(reply.header("cache-control"), "no-cache");
        assert!(reply.header("content-security-policy").contains("script-src 'self' 'wasm-unsafe-eval'"));
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
        assert_eq!(reply.html(), "<!doctype html>the page");
    }
}

#[tokio::test]
async fn files_with_a_hash_are_immutable_and_sent_compressed() {
    let site = SiteServer::start().await;
    let get = async |encoding| {
        let guest = site.server.guest().with("accept-encoding", encoding);
        guest.get("/app-0123456789abcdef.js").await
    };
    let reply = get("gzip, br").await;
    assert_eq!(reply.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(reply.header("content-encoding"), "br");
    assert!(reply.header("content-type").contains("javascript"));
    assert_eq!(reply.body, "smaller");
    assert_eq!(get("identity").await.body, "plain");
}

#[tokio::test]
async fn a_file_whose_hash_lacks_the_leading_zeros_is_immutable() {
    let site = SiteServer::start_with(&[("style-123456789abcdef.css", "")]).await;
    let reply = site.server.guest().get("/style-123456789abcdef.css").await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, "public, max-age=31536000, immutable"));
}

#[tokio::test]
async fn files_without_a_hash_are_revalidated() {
    let site = SiteServer::start().await;
    let reply = site.server.guest().get("/site.webmanifest").await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("cache-control"), "no-cache");
    assert_eq!(reply.header("content-type"), "application/manifest+json");
}

#[tokio::test]
async fn a_page_whose_path_looks_like_a_hash_is_not_immutable() {
    let site = SiteServer::start().await;
    let reply = site.server.guest().get("/wish-0123456789abcdef").await;
    assert_eq!((reply.status, reply.header("cache-control")), (200, "no-cache"));
}

#[tokio::test]
async fn a_missing_file_is_404_and_not_cached() {
    let site = SiteServer::start().await;
    for path in ["/app-old.js", "/favicon.ico", "/api/nothing", "/.well-known/nothing"] {
        let reply = site.server.guest().get(path).await;
        assert_eq!((reply.status, reply.header("cache-control")), (404, "no-store"), "{path}");
    }
}

#[tokio::test]
async fn no_path_escapes_the_site_folder() {
    let site = SiteServer::start().await;
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..\\secret.txt",
        "/..%5csecret.txt",
        "/x/../../secret.txt",
        "//../secret.txt",
        "/app-0123456789abcdef.js/../../secret.txt",
        "/%00/../secret.txt",
        "/..;/secret.txt",
        "/../wishboard.db",
    ] {
        let response = site.exchange("GET", path, "").await;
        assert!(response.starts_with("HTTP/1.1 40") || response.contains("the page"), "{path}: {response}");
        assert!(!response.contains("\r\n\r\nsecret") && !response.contains("SQLite"), "{path}: {response}");
    }
}

#[tokio::test]
async fn a_path_that_cannot_be_a_file_name_is_404() {
    let site = SiteServer::start().await;
    let long = |length: usize, end: &str| format!("/{}{end}", "a".repeat(length));
    let mut paths = vec![
        long(252, ".js"),
        long(253, ".js"),
        long(255, ".js"),
        long(5_000, ".js"),
        long(60_000, ".js"),
        format!("{}/x.js", "/abc".repeat(2_000)),
        format!("{}/x.js", long(300, "")),
    ];
    for path in [
        "/x%00.js",
        "/%00.js",
        "/%00/x.js",
        "/x.js%00",
        "/.",
        "/..",
        "/%2e%2e%2fx.js",
        "/..%5cx.js",
        "/\\x.js",
        "/%ff.js",
        "/%c0%ae%c0%ae/x.js",
        "/%ed%a0%80.js",
        "/%.js",
        "/%zz.js",
        "/x.js%",
        "/%0a.js",
        "/index.html/x.js",
        "/app-0123456789abcdef.js/x.js",
        "/folder.d",
        "/folder.d/x.js",
    ] {
        paths.push(path.to_owned());
    }
    std::fs::create_dir(site.folder.join("dist/folder.d")).unwrap();
    for path in paths {
        for method in ["GET", "HEAD"] {
            for headers in ["", "Accept-Encoding: br\r\n"] {
                let response = site.exchange(method, &path, headers).await;
                let start = path.chars().take(20).collect::<String>();
                assert!(response.starts_with("HTTP/1.1 404"), "{method} {start}: {response}");
            }
        }
    }
    site.assert_log_has_no_errors();
}

#[tokio::test]
async fn unusual_headers_and_methods_cause_no_server_error() {
    let site = SiteServer::start().await;
    std::fs::write(site.folder.join("dist/empty.txt"), "").unwrap();
    for headers in [
        "Range: bytes=0-18446744073709551615",
        "Range: bytes=99999999999999999999999-",
        "Range: bytes=-0",
        "Range: bytes=5-2",
        "Range: bytes=0-0,2-2",
        "Range: lines=1",
        "If-Modified-Since: garbage",
        "If-Modified-Since: Fri, 99 Dec 99999 99:99:99 GMT",
        "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
        "If-Match: \"x",
        "If-None-Match: ,,\"",
        "Accept-Encoding: br;q=NaN, *;q=9",
        "Accept-Encoding: identity;q=0",
    ] {
        for path in ["/", "/app-0123456789abcdef.js", "/empty.txt", "/missing.js"] {
            for method in ["GET", "HEAD", "POST", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get"] {
                let response = site.exchange(method, path, &format!("{headers}\r\n")).await;
                let is_expected = ["2", "3", "4"].iter().any(|class| response[9..].starts_with(class));
                assert!(is_expected, "{method} {path} {headers}: {response}");
            }
        }
    }
    site.assert_log_has_no_errors();
}
