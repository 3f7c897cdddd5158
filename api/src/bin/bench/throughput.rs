//! Requests per second of the local server, by the number of connections.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use http::Request;
use http::header::{ACCEPT_ENCODING, ETAG, IF_NONE_MATCH};

use crate::Result;
use crate::connection::Connection;
use crate::data_set::USERS;
use crate::load::{Load, MakeRequest};
use crate::local_server::{LocalServer, cpu_time};
use crate::requests::{bearer_token, log_in, message, with_json, with_token, without_body};

const CONNECTIONS: [usize; 3] = [1, 16, 64];

/// Starts a server with this data, and prints a table of its throughput.
pub async fn measure(program: &Path, data_folder: &Path, duration: Duration) -> Result<()> {
    let server = LocalServer::start(program, data_folder, 1)?;
    println!(
        "| Request | Connections | Per second | Median, ms | 99 %, ms | Cores of the server | Processor time per request, µs | Cores of this program |"
    );
    println!("|{}", " --- |".repeat(8));
    for (name, request) in requests(server.addr).await? {
        for connections in CONNECTIONS {
            let before = (server.cpu_time(), cpu_time("self"));
            let load = Load::run(server.addr, connections, duration, &request).await?;
            let cpu = |before: Option<Duration>, after: Option<Duration>| Some(after? - before?);
            let server_cpu = cpu(before.0, server.cpu_time()).unwrap_or_default();
            let own_cpu = cpu(before.1, cpu_time("self")).unwrap_or_default();
            println!(
                "| {name} | {connections} | {:.0} | {:.2} | {:.2} | {:.2} | {:.0} | {:.2} |",
                load.requests_per_second(),
                load.percentile(50),
                load.percentile(99),
                load.busy_cores(server_cpu),
                load.cpu_per_request(server_cpu),
                load.busy_cores(own_cpu),
            );
        }
    }
    Ok(())
}

/// Returns the kinds of requests, with their names.
async fn requests(addr: SocketAddr) -> Result<Vec<(&'static str, MakeRequest)>> {
    let mut connection = Connection::open(addr).await?;
    let first_page = connection.send(without_body(list())).await?;
    let etag = first_page.headers().get(ETAG).ok_or("a list has no entity tag")?.clone();
    let mut tokens = Vec::new();
    for user in 0..USERS {
        tokens.push(bearer_token(&serde_json::from_slice(connection.send(log_in(user)).await?.body())?)?);
    }
    let create = move |connection: usize| {
        with_token(with_json(Request::post("/api/messages"), &message()), &tokens[connection])
    };
    Ok(vec![
        ("read", Arc::new(|_| without_body(list()))),
        ("read, compressed", Arc::new(|_| without_body(list().header(ACCEPT_ENCODING, "br")))),
        ("read, not modified", Arc::new(move |_| without_body(list().header(IF_NONE_MATCH, &etag)))),
        ("post", Arc::new(create)),
        ("login", Arc::new(log_in)),
    ])
}

fn list() -> http::request::Builder {
    Request::get("/api/messages")
}
