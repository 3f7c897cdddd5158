//! Door 1: an HTTP server with the database inside, for a laptop or a small host.

use std::future::IntoFuture;
use std::process::ExitCode;
use std::time::Duration;

use api::clock::Clock;
use api::config::Config;
use api::embedded::Folder;
use api::store::Store;
use api::{AppState, log, router};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How long requests that are under way may take after the signal to end.
const GRACE: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() -> ExitCode {
    log::start();
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
    let listener = TcpListener::bind(config.addr).await.map_err(|error| {
        format!("can't listen on {}: {error}; set WISHBOARD_ADDR to another port", config.addr)
    })?;
    let config = config.listening_on(listener.local_addr()?);
    let folder = Folder::open(&config.data)?;
    let store = Store::new(folder.client.clone(), &config.table, config.shards);
    let addr = config.addr;
    let app = router::router(AppState::new(config, store, Clock::default()).await?);
    let mut stop = ended()?;
    let mut grace = stop.clone();
    println!("listening on http://{addr}");
    let server = axum::serve(listener, app.into_make_service_with_connect_info::<std::net::SocketAddr>())
        .with_graceful_shutdown(async move {
            let _ = stop.changed().await;
        });
    tokio::select! {
        result = server.into_future() => result?,
        () = async { let _ = grace.changed().await; tokio::time::sleep(GRACE).await } => {}
    }
    Ok(())
}

/// Changes when this process is asked to end.
fn ended() -> std::io::Result<watch::Receiver<()>> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (sender, receiver) = watch::channel(());
    tokio::spawn(async move {
        tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        let _ = sender.send(());
    });
    Ok(receiver)
}
