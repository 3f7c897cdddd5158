//! Validation of the wire types.

use serde_json::json;
use shared::messages::MessageBody;
use shared::posts::{Post, PostPage};
use shared::problem::{Problem, ProblemType};
use shared::sessions::LogInRequest;
use shared::users::{DisplayName, NewUsername, Password, PasswordInput, SignUpRequest, Username};
use shared::validation::ValidationError;
use shared::wishes::{EditWish, WishUrl};

#[test]
fn a_username_has_3_to_30_lower_case_letters_digits_underscores_and_hyphens() {
    for (typed, parsed) in [("ann", "ann"), (" Ann_B-2 ", "ann_b-2"), (&"x".repeat(30), &"x".repeat(30))] {
        assert_eq!(Username::parse(typed).map(|name| name.as_str().to_owned()), Ok(parsed.to_owned()));
    }
    assert_eq!(Username::parse("an"), Err(ValidationError::TooShort(3)));
    assert_eq!(Username::parse(&"x".repeat(31)), Err(ValidationError::TooLong(30)));
    for typed in ["änn", "ann b", "ann.b", "ann@b", "аnn", "ann\0", "K\u{212a}elvin"] {
        assert_eq!(Username::parse(typed), Err(ValidationError::NotAUsername), "{typed}");
    }
}

#[test]
fn a_new_username_cannot_start_with_the_prefix_of_external_users() {
    assert_eq!(NewUsername::parse("U-abc"), Err(ValidationError::Reserved));
    assert!(NewUsername::parse("uabc").is_ok());
    assert!(Username::parse("u-abc").is_ok());
}

#[test]
fn a_password_is_8_to_128_characters_of_any_kind() {
    assert!(matches!(Password::parse("1234567"), Err(ValidationError::TooShort(8))));
    assert!(matches!(Password::parse(&"x".repeat(129)), Err(ValidationError::TooLong(128))));
    assert!(Password::parse(&"é".repeat(8)).is_ok());
    assert_eq!(
        Password::parse("  spaces stay  ").map(|p| p.expose().to_owned()),
        Ok("  spaces stay  ".to_owned())
    );
}

#[test]
fn debug_output_does_not_contain_a_password() {
    let login =
        LogInRequest { username: "ann".to_owned(), password: PasswordInput::from("secret words".to_owned()) };
    let signup: SignUpRequest =
        serde_json::from_value(json!({"username": "ann", "password": "secret words", "name": "Ann"}))
            .expect("is valid");
    assert!(!format!("{login:?}{signup:?}").contains("secret"));
}

#[test]
fn a_name_is_one_line_of_1_to_80_characters() {
    assert_eq!(DisplayName::parse(" Ann\tB ").map(|name| name.as_str().to_owned()), Ok("Ann B".to_owned()));
    assert_eq!(DisplayName::parse(" \n "), Err(ValidationError::Empty));
    assert_eq!(DisplayName::parse("a\nb"), Err(ValidationError::ControlCharacter));
    assert_eq!(DisplayName::parse(&"é".repeat(81)), Err(ValidationError::TooLong(80)));
    assert!(DisplayName::parse(&"👩‍🚀".repeat(26)).is_ok());
}

#[test]
fn a_message_has_1_to_2000_characters_on_any_number_of_lines() {
    assert_eq!(
        MessageBody::parse("\r\n a\r\nb\rc\td \n").map(|body| body.as_str().to_owned()),
        Ok("a\nb\nc d".to_owned())
    );
    assert_eq!(MessageBody::parse("\t"), Err(ValidationError::Empty));
    assert_eq!(MessageBody::parse("\u{b}hi"), Err(ValidationError::ControlCharacter));
    assert_eq!(MessageBody::parse("a\u{1b}[31m"), Err(ValidationError::ControlCharacter));
    assert_eq!(MessageBody::parse("a\u{85}b"), Err(ValidationError::ControlCharacter));
    assert_eq!(MessageBody::parse(&"x".repeat(2_001)), Err(ValidationError::TooLong(2_000)));
}

#[test]
fn a_problem_from_a_newer_server_can_be_read() {
    let json = json!({"type": "/problems/new", "title": "New", "status": 418, "detail": "tea", "more": 1});
    let problem: Problem = serde_json::from_value(json).expect("is read");
    assert_eq!((problem.kind, problem.status, problem.field), (ProblemType::Unknown, 418, None));
}

#[test]
fn messages_and_wishes_are_read_as_posts_and_written_unchanged() {
    let user = json!({"username": "ada", "name": "Ada"});
    let created_at = "2026-11-20T10:00:00.000Z";
    let message = json!({
        "id": "1", "author": user, "body": "Hello", "created_at": created_at, "edited_at": null, "version": 1,
    });
    let wish = json!({
        "id": "2", "owner": user, "name": "A telescope", "description": "", "url": null, "received": true,
        "created_at": created_at, "version": 3,
    });
    for json in [message.clone(), wish.clone()] {
        let post: Post = serde_json::from_value(json.clone()).unwrap();
        assert_eq!((post.owner().username.as_str(), post.created_at().as_str()), ("ada", created_at));
        assert_eq!(serde_json::to_value(post).unwrap(), json);
    }
    for page in [json!({"messages": [message], "next": "x"}), json!({"wishes": [wish], "next": null})] {
        assert_eq!(serde_json::from_value::<PostPage>(page).unwrap().posts.len(), 1);
    }
    assert!(serde_json::from_value::<Post>(user).is_err());
}

#[test]
fn null_removes_the_url_of_a_wish_and_a_missing_field_keeps_it() {
    let parse = |edit: serde_json::Value| serde_json::from_value::<EditWish>(edit).unwrap();
    assert!(parse(json!({})).url.is_none());
    assert!(matches!(parse(json!({"url": null})).url, Some(None)));
    assert!(matches!(parse(json!({"url": "https://example.com/"})).url, Some(Some(_))));
    for edit in [json!({}), json!({"url": null}), json!({"url": "https://example.com/"})] {
        assert_eq!(serde_json::to_value(parse(edit.clone())).unwrap(), edit);
    }
}

#[test]
fn a_link_without_a_scheme_gets_https_in_a_form() {
    for (typed, url) in [
        ("shop.example/x", "https://shop.example/x"),
        ("//shop.example", "https://shop.example"),
        (" www.shop.example:8080/a?b#c\t", "https://www.shop.example:8080/a?b#c"),
        ("bücher.example", "https://bücher.example"),
        ("shop.example?page=http://other.example", "https://shop.example?page=http://other.example"),
        (" HTTP://shop.example/ ", "HTTP://shop.example/"),
        ("https://localhost:3000", "https://localhost:3000"),
    ] {
        let parsed = WishUrl::parse_field(typed).map(|link| link.map(|link| link.as_str().to_owned()));
        assert_eq!(parsed, Ok(Some(url.to_owned())), "{typed}");
    }
    for empty in ["", " \t\n"] {
        assert_eq!(WishUrl::parse_field(empty), Ok(None));
    }
}

#[test]
fn a_text_other_than_a_host_name_is_not_a_link() {
    for typed in [
        "javascript:alert(1)",
        "javascript:alert.call(1)",
        "mailto:ann@shop.example",
        "ann@shop.example",
        "ftp://shop.example",
        "http:shop.example",
        "https:/shop.example",
        "///shop.example",
        "\\\\shop.example",
        "localhost",
        "localhost:3000/x",
        "shop",
        "shop.",
        ".example",
        "shop..example",
        "19.99",
        "127.0.0.1",
        "shop.example:",
        "shop.example:port",
        "shop.example:123456",
        "a shop.example",
        "shop.example/a b",
        "shop.exa\u{202e}mple",
        "shop.example\\@evil.example",
        "shop.example\0",
    ] {
        assert_eq!(WishUrl::parse_field(typed), Err(ValidationError::NotALink), "{typed}");
    }
    let long = format!("shop.example/{}", "x".repeat(2_048));
    assert_eq!(WishUrl::parse_field(&long), Err(ValidationError::TooLong(2_048)));
    assert!(WishUrl::parse("shop.example").is_err(), "the API needs a scheme");
}
