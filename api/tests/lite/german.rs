//! The pages of `/lite` in German.

use serde_json::json;

use super::{LOGIN_FIELDS, SIGN_UP_FIELDS, add_wish, get_form_key, html, post_message, sign_up};
use crate::support::stored::{message_by, store_message};
use crate::support::{PASSWORD, Reply, TestApp, TestClient};

/// Adds a header that prefers German.
fn german(client: &TestClient) -> TestClient {
    client.with("accept-language", "de-AT,de;q=0.9,en;q=0.8")
}

/// English words that the texts of the pages contain, and German ones do not.
const ENGLISH: [&str; 12] = [
    "Log in", "Log out", "Sign up", "Username", "Password", "Messages", "Wishes", "Please", "This ", "You ",
    "Error", "Older",
];

/// Checks that this is a German page with this status, without English texts, and returns its HTML.
#[track_caller]
fn german_html(reply: &Reply, status: u16) -> &str {
    let html = html(reply, status);
    assert_eq!(reply.header("content-language"), "de", "{html}");
    for english in ENGLISH {
        assert!(!html.contains(english), "{english}: {html}");
    }
    html
}

#[track_caller]
fn assert_contains(html: &str, texts: &[&str]) {
    for text in texts {
        assert!(html.contains(text), "{text}: {html}");
    }
}

#[tokio::test]
async fn pages_of_guests_are_german() {
    let app = TestApp::start().await;
    let guest = german(&app.guest());
    let messages = guest.get("/lite").await;
    let skip = "Zum Inhalt springen";
    let forms = ["<h1>Willkommen</h1>", "Anmelden", "Registrieren", "Benutzername", "Passwort"];
    assert_contains(german_html(&messages, 200), &forms);
    let frame =
        ["<title>Nachrichten · Wishboard</title>", skip, "Noch keine Nachrichten", "braucht JavaScript."];
    assert_contains(german_html(&messages, 200), &frame);
    let wishes = guest.get("/lite/wishes").await;
    let hint = "Melde dich an</a> oder <a href=\"/lite#sign-up\">registriere dich</a>, um eine Wunschliste anzulegen.";
    assert_contains(german_html(&wishes, 200), &["<h1>Wünsche</h1>", "Noch keine Wünsche", hint]);
}

#[tokio::test]
async fn pages_of_users_are_german() {
    let app = TestApp::start().await;
    let ann = german(&sign_up(&app).await);
    let bob = app.sign_up("bob").await;
    let edited = bob.create_post("/api/messages", &json!({"body": "hallo"})).await;
    bob.if_match(1).patch(&edited, json!({"body": "hallo!"})).await;
    let received = bob.create_post("/api/wishes", &json!({"name": "Drachen"})).await;
    bob.if_match(1).patch(&received, json!({"received": true})).await;
    for number in 0..20 {
        bob.create_post("/api/wishes", &json!({"name": format!("Buch {number}")})).await;
    }
    let messages = ann.get("/lite").await;
    let form = ["Nachricht schreiben", ">Senden<", "Abmelden", "Angemeldet als", "bearbeitet"];
    assert_contains(german_html(&messages, 200), &form);
    let wishes = ann.get("/lite/wishes").await;
    let form =
        ["Wunsch hinzufügen", ">Hinzufügen<", "Beschreibung (optional)", "Link (optional)", "Ältere Wünsche"];
    let older = german_html(&wishes, 200);
    assert_contains(older, &form);
    let older = older.split("href=\"/lite/wishes?before=").nth(1).unwrap().split('#').next().unwrap();
    let page = ann.get(&format!("/lite/wishes?before={older}")).await;
    assert_contains(german_html(&page, 200), &["<s><bdi>Drachen</bdi></s>", ">Erhalten<"]);
}

#[tokio::test]
async fn dates_have_the_format_of_the_language() {
    let app = TestApp::start().await;
    app.sign_up("bob").await;
    for (created_at, english, german_date) in [
        ("2026-01-05T08:07:00.000Z", "5 January 2026, 08:07 UTC", "5. Januar 2026, 08:07 UTC"),
        ("2025-03-31T23:59:59.999Z", "31 March 2025, 23:59 UTC", "31. März 2025, 23:59 UTC"),
        ("2024-12-24T00:00:00.000Z", "24 December 2024, 00:00 UTC", "24. Dezember 2024, 00:00 UTC"),
    ] {
        let mut message = message_by("bob", "hallo");
        message.created_at = created_at.to_owned().try_into().unwrap();
        store_message(&app.state.store, message).await;
        let english = format!("<time class=\"hint\" datetime=\"{created_at}\">{english}</time>");
        assert_contains(html(&app.guest().get("/lite").await, 200), &[&english]);
        let page = german(&app.guest()).get("/lite").await;
        let german_date = format!("<time class=\"hint\" datetime=\"{created_at}\">{german_date}</time>");
        assert_contains(german_html(&page, 200), &[&german_date]);
    }
}

#[tokio::test]
async fn field_errors_are_german() {
    let app = TestApp::start().await;
    app.sign_up("bob").await;
    let guest = german(&app.guest());
    for (field, value, status, error) in [
        ("username", "  ", 422, "Verwende mindestens 3 Zeichen.<"),
        ("username", "Anna Bolena", 422, "Verwende nur a–z, 0–9, _ und -.<"),
        ("username", "u-anna", 422, "Ein Benutzername kann nicht mit u- beginnen.<"),
        ("username", "bob", 409, "Dieser Benutzername ist vergeben. Bitte wähle einen anderen.<"),
        ("name", " ", 422, "Das darf nicht leer sein.<"),
        ("name", "\u{301}Ann", 422, "Beginne mit einem Buchstaben, einer Ziffer oder einem Symbol.<"),
        (
            "name",
            "A\u{202e}nn",
            422,
            "Das enthält ein unsichtbares Zeichen, das die Schreibrichtung ändert.<",
        ),
        ("password", "kurz", 422, "Verwende mindestens 8 Zeichen.<"),
        ("password", "password1", 422, "Dieses Passwort ist zu leicht zu erraten. Gut sind"),
    ] {
        let fields = SIGN_UP_FIELDS.map(|(name, valid)| (name, if name == field { value } else { valid }));
        let reply = guest.submit_form("/lite/signup", &fields).await;
        let html = german_html(&reply, status);
        let error = format!("<p class=\"field-error\" id=\"sign-up-{field}-error\">{error}");
        assert_contains(html, &["<title>Fehler: Nachrichten · Wishboard</title>", &error]);
    }
    let ann = german(&sign_up(&app).await);
    let key = get_form_key(&ann).await;
    let too_long = post_message(&ann, &key, &"x".repeat(2_001)).await;
    assert_contains(german_html(&too_long, 422), &["Verwende höchstens 2.000 Zeichen."]);
    let invisible = add_wish(&ann, &key, ["\u{200b}", "", ""]).await;
    assert_contains(german_html(&invisible, 422), &["Verwende mindestens ein sichtbares Zeichen."]);
    let no_link = add_wish(&ann, &key, ["Drachen", "", "laden"]).await;
    let error = "Verwende einen Link, der mit http:// oder https:// beginnt.";
    assert_contains(german_html(&no_link, 422), &[error]);
}

#[tokio::test]
async fn errors_of_posts_are_german() {
    let app = TestApp::start().await;
    let ann = german(&sign_up(&app).await);
    let key = get_form_key(&ann).await;
    let logged_out = post_message(&ann.without("cookie"), &key, "hallo").await;
    assert_contains(
        german_html(&logged_out, 401),
        &["Du wurdest abgemeldet", "aria-label=\"Nicht gesendet\""],
    );
    let bob = german(&app.sign_up("bob").await.without("authorization"));
    let other_user = post_message(&bob, &key, "hallo").await;
    let text = "In diesem Browser ist jetzt ein anderes Konto angemeldet";
    assert_contains(german_html(&other_user, 403), &[text, "Drücke „Senden“"]);
    add_wish(&ann, &key, ["Drachen", "", ""]).await;
    let reused = add_wish(&ann, &key, ["Lampe", "", ""]).await;
    let text = "Eine frühere Fassung davon wurde schon gesendet. Drücke „Hinzufügen“";
    assert_contains(german_html(&reused, 409), &[text]);
    let refreshed = ann.post("/api/token", json!({})).await;
    ann.with_token(refreshed.token()).delete(&format!("/api/wishes/{key}")).await;
    let gone = add_wish(&ann, &key, ["Drachen", "", ""]).await;
    assert_contains(german_html(&gone, 410), &["Das wurde schon gesendet und dann gelöscht."]);
}

#[tokio::test]
async fn errors_of_the_login_are_german() {
    let app = TestApp::start().await;
    app.sign_up("ann").await;
    let guest = german(&app.guest());
    let wrong = [("username", "ann"), ("password", "nicht das Passwort")];
    for _ in 0..10 {
        let reply = guest.submit_form("/lite/login", &wrong).await;
        assert_contains(german_html(&reply, 401), &["Benutzername oder Passwort ist falsch."]);
    }
    let reply = guest.submit_form("/lite/login", &LOGIN_FIELDS).await;
    let seconds: u32 = reply.header("retry-after").parse().unwrap();
    let expected = format!("Zu viele Versuche. Bitte warte {}:{:02}.", seconds / 60, seconds % 60);
    assert_contains(german_html(&reply, 429), &[&expected]);
}

#[tokio::test]
async fn error_pages_are_german() {
    let app = TestApp::start().await;
    let guest = german(&app.guest());
    let not_found = "Vielleicht ist die Adresse falsch, oder die Seite gibt es nicht mehr.";
    for (path, status) in
        [("/lite/nothing", 404), ("/lite?before=x", 422), ("/lite/wishes?limit=x", 422), ("/lite/login", 405)]
    {
        let reply = guest.get(path).await;
        let heading = "<h1>Etwas ist schiefgegangen</h1>";
        let texts = ["<title>Fehler · Wishboard</title>", heading, not_found, "Zu den Nachrichten"];
        assert_contains(german_html(&reply, status), &texts);
    }
    let invalid = "Diese Anfrage ist ungültig.";
    let repeated = guest.submit_form("/lite/login", &[("username", "a"), ("username", "b")]).await;
    assert_contains(german_html(&repeated, 400), &[invalid]);
    let unknown_field = [("username", "ann"), ("password", PASSWORD), ("next", "/")];
    assert_contains(german_html(&guest.submit_form("/lite/login", &unknown_field).await, 422), &[invalid]);
    let cross_site = guest.with("origin", "https://evil.example").submit_form("/lite/logout", &[]).await;
    assert_contains(german_html(&cross_site, 403), &["Diese Anfrage kam von einer anderen Website."]);
    let too_large = guest.submit_form("/lite/login", &[("username", &"x".repeat(65_537))]).await;
    assert_contains(german_html(&too_large, 413), &["Das ist zu lang."]);
}
