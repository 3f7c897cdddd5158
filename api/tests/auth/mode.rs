//! Production mode, whose cookies need HTTPS, and development mode, whose cookies do not.

use api::config::{Config, Mode};

use crate::support::dynamodb_server::DynamoDbServer;
use crate::support::gateway::{GatewayRequest, Payload};
use crate::support::lambda::{API, LambdaFunction};
use crate::support::local_server::{LocalServer, data_folder};
use crate::support::{TestApp, sign_up_body};

#[tokio::test]
async fn the_origins_determine_the_mode() {
    for (origins, expected) in [
        (vec![], Mode::Development),
        (vec!["http://localhost:8080", "http://[::1]"], Mode::Development),
        (vec!["http://localhost:8080", "https://wishboard.example"], Mode::Production),
        (vec!["https://localhost:8080"], Mode::Production),
    ] {
        let app = TestApp::with_config(|config| {
            config.origins = origins.iter().map(|&origin| origin.to_owned()).collect()
        });
        assert_eq!(app.await.state.config.mode, expected, "{origins:?}");
    }
}

#[tokio::test]
async fn the_environment_determines_the_mode() {
    for (variable, cookie) in [
        (None, "wishboard-session="),
        (Some(("WISHBOARD_ORIGINS", "http://localhost:9,http://[::1]")), "wishboard-session="),
        (Some(("WISHBOARD_ORIGINS", "http://localhost:9,https://wishboard.example")), "__Host-session="),
        (Some(("WISHBOARD_TRUSTED_PROXIES", "127.0.0.1")), "__Host-session="),
    ] {
        let folder = data_folder().await;
        let mut command = LocalServer::command(folder.path());
        command.envs(variable);
        let server = LocalServer::start_command(command);
        // The headers of a request do not change the mode.
        let guest = server.guest().with("host", "wishboard.example");
        let reply = guest.post("/api/signup", sign_up_body("ann")).await;
        assert_eq!(reply.status, 201, "{variable:?}");
        assert!(reply.cookie().starts_with(cookie), "{variable:?}: {reply:?}");
    }
}

#[tokio::test]
async fn the_default_origins_have_the_port_of_the_address() {
    let config = (*TestApp::start().await.state.config).clone();
    for (addr, has_ipv6) in [("127.0.0.1:4000", false), ("[::1]:4000", true)] {
        let config = Config { origins: Vec::new(), ..config.clone() }.listening_on(addr.parse().unwrap());
        assert_eq!(config.mode, Mode::Development, "{addr}");
        assert!(config.origins.contains(&"http://localhost:4000".to_owned()), "{addr}");
        assert_eq!(config.origins.contains(&"http://[::1]:4000".to_owned()), has_ipv6, "{addr}");
    }
}

#[tokio::test]
async fn a_lambda_function_is_never_in_development_mode() {
    let database = DynamoDbServer::start().await;
    let origins = ("WISHBOARD_ORIGINS", "http://localhost:3000");
    let lambda = LambdaFunction::start_with_env(API, &database, &[origins]).await;
    let sign_up = GatewayRequest::new("POST", "/api/signup").json(&sign_up_body("ann"));
    let signed_up = lambda.send(Payload::V2, &sign_up).await;
    let set_cookie = signed_up.set_cookies()[0];
    assert!(set_cookie.starts_with("__Host-session=") && set_cookie.contains("; Secure;"), "{set_cookie}");
    let secret = set_cookie.split(['=', ';']).nth(1).unwrap();
    for payload in Payload::ALL {
        for (cookie, status) in [
            (format!("a=1; __Host-session={secret}"), 200),
            (format!("wishboard-session={secret}"), 401),
            (format!("\u{2000}__Host-session={secret}"), 401),
            (format!("\u{3000}__Host-session={secret}"), 401),
            (format!("__Host-session={secret}; __Host-session={secret}"), 401),
        ] {
            let refresh = GatewayRequest::new("POST", "/api/token").with_cookie(cookie.clone());
            assert_eq!(lambda.send(payload, &refresh).await.status(), status, "{cookie}");
        }
    }
}
