//! The built site, served by the local server.

use std::io::{Read, Write};
use std::net::TcpStream;

use reqwest::Client;

use crate::support::local::{Folder, Local};

/// A site with a secret beside it.
fn site() -> (Folder, Local) {
    let folder = Folder::new();
    let dist = folder.0.join("dist");
    std::fs::create_dir(&dist).unwrap();
    std::fs::write(dist.join("index.html"), "<!doctype html>the page").unwrap();
    std::fs::write(dist.join("app-0123456789abcdef.js"), "plain").unwrap();
    std::fs::write(dist.join("app-0123456789abcdef.js.br"), "smaller").unwrap();
    std::fs::write(dist.join("site.webmanifest"), "{}").unwrap();
    std::fs::write(folder.0.join("secret.txt"), "secret").unwrap();
    let mut command = Local::command(&folder.0.join("data"));
    command.env("WISHBOARD_SITE", &dist);
    let local = Local::start_by(command);
    (folder, local)
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
        let mut client = TcpStream::connect(local.url.trim_start_matches("http://")).unwrap();
        write!(client, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 40") || answer.contains("the page"), "{path}: {answer}");
        assert!(!answer.contains("\r\n\r\nsecret") && !answer.contains("SQLite"), "{path}: {answer}");
    }
}
