//! The built site, served by the local server.

use std::io::{Read, Write};
use std::net::TcpStream;

use reqwest::Client;

use crate::support::local_server::{LocalServer, TempFolder};

/// A site with a secret beside it, whose log goes to `log.txt` there.
fn site() -> (TempFolder, LocalServer) {
    let folder = TempFolder::new();
    let dist = folder.0.join("dist");
    std::fs::create_dir(&dist).unwrap();
    std::fs::write(dist.join("index.html"), "<!doctype html>the page").unwrap();
    std::fs::write(dist.join("app-0123456789abcdef.js"), "plain").unwrap();
    std::fs::write(dist.join("app-0123456789abcdef.js.br"), "smaller").unwrap();
    std::fs::write(dist.join("site.webmanifest"), "{}").unwrap();
    std::fs::write(folder.0.join("secret.txt"), "secret").unwrap();
    let mut command = LocalServer::command(&folder.0.join("data"));
    command.env("WISHBOARD_SITE", &dist);
    let log = std::fs::File::create(folder.0.join("log.txt")).unwrap();
    let local = LocalServer::start_with_log(command, log);
    (folder, local)
}

/// The response to a request that is sent as it is.
fn raw(local: &LocalServer, method: &str, path: &str, headers: &str) -> String {
    let mut client = TcpStream::connect(local.url.trim_start_matches("http://")).unwrap();
    write!(client, "{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{headers}\r\n").unwrap();
    let mut response = Vec::new();
    client.read_to_end(&mut response).unwrap();
    String::from_utf8_lossy(&response).into_owned()
}

/// Checks that nothing has gone wrong on the server's side.
#[track_caller]
fn has_no_errors(folder: &TempFolder) {
    let log = std::fs::read_to_string(folder.0.join("log.txt")).unwrap();
    assert!(!log.contains("ERROR") && !log.contains("WARN") && !log.contains("panicked"), "{log}");
}

#[tokio::test]
async fn every_page_is_the_app_and_asks_each_time() {
    let (_folder, local) = site();
    for path in ["/", "/signup", "/u/ann", "/no/such/page", "/index.html"] {
        let reply = Client::new().get(format!("{}{path}", local.url)).send().await.unwrap();
        assert_eq!(reply.status(), 200);
        let headers = reply.headers().clone();
        assert_eq!(headers["cache-control"], "no-cache");
        assert!(
            headers["content-security-policy"]
                .to_str()
                .unwrap()
                .contains("script-src 'self' 'wasm-unsafe-eval'")
        );
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(reply.text().await.unwrap(), "<!doctype html>the page");
    }
}

#[tokio::test]
async fn files_with_a_hash_are_kept_for_good_and_sent_compressed() {
    let (_folder, local) = site();
    let get = async |encoding: &'static str| {
        let request = Client::new().get(format!("{}/app-0123456789abcdef.js", local.url));
        request.header("accept-encoding", encoding).send().await.unwrap()
    };
    let reply = get("gzip, br").await;
    assert_eq!(reply.headers()["cache-control"], "public, max-age=31536000, immutable");
    assert_eq!(reply.headers()["content-encoding"], "br");
    assert!(reply.headers()["content-type"].to_str().unwrap().contains("javascript"));
    assert_eq!(reply.text().await.unwrap(), "smaller");
    assert_eq!(get("identity").await.text().await.unwrap(), "plain");
}

#[tokio::test]
async fn files_without_a_hash_are_asked_for_each_time() {
    let (_folder, local) = site();
    let reply = Client::new().get(format!("{}/site.webmanifest", local.url)).send().await.unwrap();
    assert_eq!(reply.status(), 200);
    assert_eq!(reply.headers()["cache-control"], "no-cache");
    assert_eq!(reply.headers()["content-type"], "application/manifest+json");
}

#[tokio::test]
async fn what_is_not_there_is_404_and_kept_nowhere() {
    let (_folder, local) = site();
    for path in ["/app-old.js", "/favicon.ico", "/api/nothing", "/.well-known/nothing"] {
        let reply = Client::new().get(format!("{}{path}", local.url)).send().await.unwrap();
        assert_eq!(reply.status(), 404, "{path}");
        assert_eq!(reply.headers()["cache-control"], "no-store", "{path}");
    }
}

#[test]
fn no_path_leads_out_of_the_site() {
    let (_folder, local) = site();
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
        "/../data/wishboard.db",
    ] {
        let answer = raw(&local, "GET", path, "");
        assert!(answer.starts_with("HTTP/1.1 40") || answer.contains("the page"), "{path}: {answer}");
        assert!(!answer.contains("\r\n\r\nsecret") && !answer.contains("SQLite"), "{path}: {answer}");
    }
}

#[test]
fn a_path_that_no_file_can_have_is_404() {
    let (folder, local) = site();
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
    std::fs::create_dir(folder.0.join("dist/folder.d")).unwrap();
    for path in paths {
        for method in ["GET", "HEAD"] {
            for headers in ["", "Accept-Encoding: br\r\n"] {
                let response = raw(&local, method, &path, headers);
                let start = path.chars().take(20).collect::<String>();
                assert!(response.starts_with("HTTP/1.1 404"), "{method} {start}: {response}");
            }
        }
    }
    has_no_errors(&folder);
}

#[test]
fn odd_headers_and_methods_are_no_server_errors() {
    let (folder, local) = site();
    std::fs::write(folder.0.join("dist/empty.txt"), "").unwrap();
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
                let response = raw(&local, method, path, &format!("{headers}\r\n"));
                let is_expected = ["2", "3", "4"].iter().any(|class| response[9..].starts_with(class));
                assert!(is_expected, "{method} {path} {headers}: {response}");
            }
        }
    }
    has_no_errors(&folder);
}

#[tokio::test]
async fn only_a_file_is_immutable() {
    let (_folder, local) = site();
    let reply = Client::new().get(format!("{}/wish-0123456789abcdef", local.url)).send().await.unwrap();
    assert_eq!(reply.status(), 200);
    assert_eq!(reply.headers()["cache-control"], "no-cache");
}
