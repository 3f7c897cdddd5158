//! The units that each operation of a user consumes.

use std::net::{IpAddr, Ipv4Addr};

use api::auth::client_address::ClientAddress;
use api::routes;
use axum::Router;
use axum::body::Body;
use http::header::{COOKIE, IF_MATCH, SET_COOKIE};
use http::{HeaderMap, Request};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::Result;
use crate::capacity_units::{CapacityUnits, MeteredEngine};
use crate::data_set::{DataSet, PASSWORD};
use crate::requests::{bearer_token, lists, log_in, message, with_json, with_token, without_body};

/// An API in this process whose database counts units.
struct MeteredApi {
    router: Router,
    engine: MeteredEngine,
    results: Vec<(&'static str, CapacityUnits)>,
}

impl MeteredApi {
    /// Sends a request, and records the units that it consumes under this name. Returns the head and the JSON body of
    /// the response.
    async fn run(&mut self, name: &'static str, request: Request<Body>) -> Result<(HeaderMap, Value)> {
        self.engine.take();
        let response = self.send(request).await.map_err(|error| format!("{name}: {error}"))?;
        self.results.push((name, self.engine.take()));
        Ok(response)
    }

    /// Sends a request that comes from this machine.
    async fn send(&self, mut request: Request<Body>) -> Result<(HeaderMap, Value)> {
        request.extensions_mut().insert(ClientAddress::from(IpAddr::from(Ipv4Addr::LOCALHOST)));
        let (head, body) = self.router.clone().oneshot(request).await?.into_parts();
        let body = body.collect().await?.to_bytes();
        if !head.status.is_success() {
            return Err(format!("{} {}", head.status, String::from_utf8_lossy(&body)).into());
        }
        Ok((head.headers, serde_json::from_slice(&body).unwrap_or_default()))
    }
}

/// Runs each operation once and returns its units.
pub async fn measure(data: &DataSet) -> Result<Vec<(&'static str, CapacityUnits)>> {
    let engine = MeteredEngine::new(data.engine());
    let router = routes::router(data.app_state(engine.client())?);
    let mut api = MeteredApi { router, engine, results: Vec::new() };
    // The first login also reads the key ring.
    api.send(log_in(1)).await?;
    let username = format!("new-{}-{}", data.shards(), data.posts());
    let sign_up = json!({"username": username, "password": PASSWORD, "name": "Ann"});
    api.run("sign up", with_json(Request::post("/api/signup"), &sign_up)).await?;
    let (headers, login) = api.run("log in", log_in(0)).await?;
    let refresh = Request::post("/api/token").header(COOKIE, session_cookie(&headers)?);
    api.run("refresh the access token", without_body(refresh)).await?;
    for (name, path) in lists() {
        api.run(name, without_body(Request::get(path))).await?;
    }
    let token = bearer_token(&login)?;
    let by_caller = |request| with_token(request, &token);
    let create = with_json(Request::post("/api/messages"), &message());
    let (_, created) = api.run("create a message", by_caller(create)).await?;
    let path = format!("/api/messages/{}", created["id"].as_str().unwrap_or_default());
    let edit = with_json(Request::patch(&path).header(IF_MATCH, "\"1\""), &message());
    api.run("edit a message", by_caller(edit)).await?;
    api.run("delete a message", by_caller(without_body(Request::delete(&path)))).await?;
    api.run("first page of the export", by_caller(without_body(Request::get("/api/me/export")))).await?;
    Ok(api.results)
}

/// Returns the `Cookie` header of the session that a response has created.
fn session_cookie(headers: &HeaderMap) -> Result<String> {
    let cookies = headers.get_all(SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut pairs = cookies.filter_map(|cookie| cookie.split(';').next());
    let pair = pairs.find(|pair| pair.contains("session="));
    Ok(pair.ok_or("the response to a login sets no session cookie")?.to_owned())
}
