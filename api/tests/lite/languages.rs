//! The language of the pages of `/lite`: `Accept-Language` (RFC 9110, section 12.5.4; RFC 4647, section 3.4).

use super::html;
use crate::support::TestApp;

#[tokio::test]
async fn accept_language_decides() {
    let app = TestApp::start().await;
    for (accepted, language) in [
        ("de", "de"),
        ("DE", "de"),
        ("de-AT", "de"),
        ("de-Latn-CH-1996", "de"),
        ("de-AT,de;q=0.9,en-US;q=0.8,en;q=0.7", "de"),
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("fr, de;q=0.3", "de"),
        ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "en"),
        ("fr", "en"),
        // The higher weight wins, and otherwise the first range.
        ("en;q=0.5, de;q=0.501", "de"),
        ("en;q=0.5 , de ; q=0.6", "de"),
        ("en, de", "en"),
        ("de, en", "de"),
        ("de;q=0.8, en;q=0.8", "de"),
        ("en;q=0.1, de;q=1.000", "de"),
        ("en;Q=0.1,\tde;Q=0.2", "de"),
        ("de;q=0.5, de-AT;q=0.9, en;q=0.7", "de"),
        // `*` matches the languages that no other range matches.
        ("*", "en"),
        ("*;q=0.5, de;q=0.4", "en"),
        ("*;q=0.4, de;q=0.5", "de"),
        ("en;q=0.5, *", "de"),
        ("fr, *;q=0.5", "en"),
        // The weight 0 rejects a language.
        ("de;q=0", "en"),
        ("de;q=0.000, de-AT", "en"),
        ("de-AT;q=0, de;q=0.5", "de"),
        ("en;q=0, *;q=0.5", "de"),
        ("en;q=0", "en"),
        ("*;q=0", "en"),
        ("*;q=0, de", "de"),
    ] {
        let reply = app.guest().with("accept-language", accepted).get("/lite").await;
        html(&reply, 200);
        assert_eq!(reply.header("content-language"), language, "{accepted}");
    }
}

#[tokio::test]
async fn several_headers_count_as_one_list() {
    let app = TestApp::start().await;
    let client = app.guest().with("accept-language", "en;q=0.5").with("accept-language", "de;q=0.8, fr");
    assert_eq!(client.get("/lite").await.header("content-language"), "de");
}

#[tokio::test]
async fn without_the_header_the_language_is_english() {
    let app = TestApp::start().await;
    let reply = app.guest().get("/lite").await;
    html(&reply, 200);
    assert_eq!(reply.header("content-language"), "en");
}

#[tokio::test]
async fn malformed_elements_are_ignored() {
    let app = TestApp::start().await;
    for malformed in [
        "de;q=1.1",
        "de;q=2",
        "de;q=0.5555",
        "de;q=+1",
        "de;q=-1",
        "de;q=1.",
        "de;q=NaN",
        "de;q=",
        "de;q",
        "de;",
        "de;q=0.9;q=0.8",
        "de;level=1",
        "de_AT",
        "de AT",
        "de-",
        "-de",
        "de-toolongsubtag",
        "deu",
        "den",
        "d",
        "*-DE",
        "<script>",
        ",;,=,-,*-*,",
    ] {
        for list in [malformed.to_owned(), format!("{malformed}, en;q=0.1"), format!("{malformed},")] {
            let reply = app.guest().with("accept-language", &list).get("/lite").await;
            html(&reply, 200);
            let is_valid = malformed == "de;q=1.";
            assert_eq!(reply.header("content-language"), if is_valid { "de" } else { "en" }, "{list}");
        }
        let reply = app.guest().with("accept-language", format!("{malformed}, de;q=0.1")).get("/lite").await;
        assert_eq!(reply.header("content-language"), "de", "{malformed}");
    }
    let reply = app.guest().with("accept-language", b"\xff\xfe, d\xe9, de").get("/lite").await;
    assert_eq!((reply.status, reply.header("content-language")), (200, "de"));
}

#[tokio::test]
async fn a_long_header_does_not_fail() {
    let app = TestApp::start().await;
    for (long, language) in [
        (format!("{}de", "fr;q=0.9,".repeat(1_500)), "de"),
        (format!("de{}", ",".repeat(15_000)), "de"),
        (format!("de;q=0.{}", "9".repeat(15_000)), "en"),
        (format!("de{}", "-a".repeat(7_000)), "de"),
        ("x".repeat(15_000), "en"),
        (";q=".repeat(5_000), "en"),
    ] {
        let reply = app.guest().with("accept-language", &long).get("/lite/wishes").await;
        html(&reply, 200);
        assert_eq!(reply.header("content-language"), language, "{}", &long[..40]);
    }
}

#[tokio::test]
async fn only_pages_depend_on_the_language() {
    let app = TestApp::start().await;
    for path in ["/lite/style.css", "/lite/login/", "/api/messages", "/api/nothing"] {
        let reply = app.guest().with("accept-language", "de").get(path).await;
        assert_eq!(reply.header("content-language"), "", "{path}");
        assert!(!reply.header("vary").contains("accept-language"), "{path}");
    }
}
