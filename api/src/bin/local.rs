//! The local server: HTTP with an embedded database, for development or a small host. `--demo` adds demo data.

use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use api::clock::Clock;
use api::config::{Config, Mode};
use api::local::database_file::LocalDatabase;
use api::local::{dynamodb_engine, seed, server};
use api::logging;
use api::store::Store;
use api::{AppState, routes};
use tokio::signal::unix::{SignalKind, signal};

/// Time between two deletions of expired items: 1 minute.
const DELETE_EXPIRED_INTERVAL: Duration = Duration::from_secs(60);

#[tokio::main]
async fn main() -> ExitCode {
    logging::start();
    match serve().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn serve() -> Result<(), Box<dyn std::error::Error>> {
    let config = Config::from_env()?;
    let listener = server::listen(config.addr).map_err(|error| {
        format!("cannot listen on {}: {error}; set WISHBOARD_ADDR to another port", config.addr)
    })?;
    let config = config.listening_on(listener.local_addr()?);
    let database = LocalDatabase::open(&config.data_folder)?;
    let store = Store::new(database.client.clone(), &config.table, config.shards);
    store.create_tables().await?;
    tokio::spawn(dynamodb_engine::delete_expired(database.engine.clone(), DELETE_EXPIRED_INTERVAL));
    let (addr, proxies) = (config.addr, config.trusted_proxies.clone());
    if config.mode == Mode::Development {
        tracing::info!("development mode: cookies are not Secure, so that they work over http");
    }
    let state = AppState::new(config, store, Clock::default());
    state.key_ring.preload();
    let wants_demo = std::env::args().skip(1).any(|argument| argument == "--demo");
    let has_demo_data = wants_demo && seed::insert_demo_data(&state).await?;
    let app = routes::router(state);
    let stop_signal = stop_signal()?;
    print_line(&format!("listening on http://{addr}"));
    if has_demo_data {
        print_line(&format!("log in as {} with the password: {}", seed::USERNAME, seed::PASSWORD));
    }
    server::serve(listener, app, proxies, stop_signal).await;
    Ok(())
}

/// Prints a line. Ignores errors, because the parent process may have closed the pipe.
fn print_line(line: &str) {
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Returns a future that completes at SIGTERM or SIGINT.
fn stop_signal() -> std::io::Result<impl Future<Output = ()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
    })
}
