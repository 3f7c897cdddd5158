//! Sends requests through several connections at once, each as fast as the server responds.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use http::Request;
use tokio::task::JoinSet;

use crate::Result;
use crate::connection::Connection;

/// Makes the next request of the connection with this number.
pub type MakeRequest = Arc<dyn Fn(usize) -> Request<Body> + Send + Sync>;

/// The durations of the requests of one load, ascending.
pub struct Load {
    durations: Vec<Duration>,
    elapsed: Duration,
}

impl Load {
    /// Repeats requests on this number of connections for some time.
    pub async fn run(
        addr: SocketAddr,
        connections: usize,
        duration: Duration,
        request: &MakeRequest,
    ) -> Result<Self> {
        let mut opened = Vec::new();
        for _ in 0..connections {
            opened.push(Connection::open(addr).await?);
        }
        let (start, mut tasks) = (Instant::now(), JoinSet::new());
        for (number, mut connection) in opened.into_iter().enumerate() {
            let request = request.clone();
            tasks.spawn(async move {
                let mut durations = Vec::new();
                while start.elapsed() < duration {
                    let sent = Instant::now();
                    connection.send(request(number)).await?;
                    durations.push(sent.elapsed());
                }
                Result::Ok(durations)
            });
        }
        let mut durations = Vec::new();
        while let Some(finished) = tasks.join_next().await {
            durations.extend(finished??);
        }
        durations.sort_unstable();
        Ok(Self { durations, elapsed: start.elapsed() })
    }

    pub fn requests_per_second(&self) -> f64 {
        self.durations.len() as f64 / self.elapsed.as_secs_f64()
    }

    /// Returns the processor time per request in microseconds, if this is the processor time of the whole load.
    pub fn cpu_per_request(&self, cpu: Duration) -> f64 {
        cpu.as_secs_f64() * 1e6 / self.durations.len() as f64
    }

    /// Returns how many cores were busy on average, if this is the processor time of the whole load.
    pub fn busy_cores(&self, cpu: Duration) -> f64 {
        cpu.as_secs_f64() / self.elapsed.as_secs_f64()
    }

    /// Returns the duration in milliseconds that this percentage of the requests did not exceed.
    pub fn percentile(&self, percent: usize) -> f64 {
        let index = (self.durations.len() * percent / 100).min(self.durations.len() - 1);
        self.durations[index].as_secs_f64() * 1e3
    }
}
