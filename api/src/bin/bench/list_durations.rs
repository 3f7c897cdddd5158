//! How long each list takes over HTTP.

use std::path::Path;
use std::time::{Duration, Instant};

use http::Request;

use crate::Result;
use crate::connection::Connection;
use crate::local_server::LocalServer;
use crate::requests::{bearer_token, lists, log_in, with_token, without_body};

/// Starts a server with this data. Requests each list several times on one connection, and returns the medians of the
/// durations in milliseconds.
pub async fn measure(
    program: &Path,
    data_folder: &Path,
    shards: u32,
    requests: usize,
) -> Result<Vec<(&'static str, String)>> {
    let server = LocalServer::start(program, data_folder, shards)?;
    let mut connection = Connection::open(server.addr).await?;
    let token = bearer_token(&serde_json::from_slice(connection.send(log_in(0)).await?.body())?)?;
    let mut medians = Vec::new();
    let export = ("first page of the export", "/api/me/export".to_owned());
    for (name, path) in lists().into_iter().chain([export]) {
        let mut durations = Vec::new();
        for _ in 0..requests {
            let request = with_token(without_body(Request::get(&path)), &token);
            let sent = Instant::now();
            connection.send(request).await?;
            durations.push(sent.elapsed());
        }
        medians.push((name, format!("{:.2}", median(durations).as_secs_f64() * 1e3)));
    }
    Ok(medians)
}

fn median(mut durations: Vec<Duration>) -> Duration {
    durations.sort_unstable();
    durations[durations.len() / 2]
}
