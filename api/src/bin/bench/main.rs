//! The program behind `cargo xtask bench api`: measures how the API behaves under load and with many posts.
//!
//! It prints three tables in Markdown. docs/scale.md quotes them.
//!
//! 1. The read and write units that each operation consumes in DynamoDB, by the number of posts and shards. The
//!    requests run in this process, because the embedded engine reports the units.
//! 2. The duration of each list, over HTTP, by the number of posts and shards.
//! 3. Requests per second of the local server, by the number of connections.

mod bulk_import;
mod capacity_units;
mod connection;
mod data_set;
mod list_durations;
mod load;
mod local_server;
mod operations;
mod requests;
mod table;
mod throughput;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use crate::data_set::DataSet;
use crate::table::Table;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

const USAGE: &str = "Usage: bench <program `local`> <folder for the data> [--quick]";

/// What to measure, and where.
struct Plan {
    /// The program `local`.
    server: PathBuf,
    /// A folder that exists. Each data set gets a folder in it.
    folder: PathBuf,
    shards: &'static [u32],
    /// Numbers of posts, ascending.
    posts: &'static [usize],
    /// How many times each list is requested.
    list_requests: usize,
    /// How many posts exist when the throughput is measured.
    throughput_posts: usize,
    /// How long each kind of request is repeated.
    throughput_duration: Duration,
}

impl Plan {
    fn parse(args: &[String]) -> Option<Self> {
        let [server, folder, options @ ..] = args else { return None };
        let plan = Self {
            server: server.into(),
            folder: folder.into(),
            shards: &[1, 8, 64],
            posts: &[100, 10_000, 1_000_000],
            list_requests: 200,
            throughput_posts: 10_000,
            throughput_duration: Duration::from_secs(5),
        };
        match options {
            [] => Some(plan),
            [option] if option == "--quick" => Some(Self {
                posts: &[100, 1_000],
                list_requests: 20,
                throughput_posts: 1_000,
                throughput_duration: Duration::from_millis(500),
                ..plan
            }),
            _ => None,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(plan) = Plan::parse(&args) else {
        eprintln!("{USAGE}");
        return ExitCode::FAILURE;
    };
    match measure_all(&plan).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure_all(plan: &Plan) -> Result<()> {
    measure_sizes(plan).await?;
    let mut data = DataSet::create(&plan.folder.join("throughput"), 1).await?;
    data.add_posts(plan.throughput_posts).await?;
    let folder = data.close();
    println!("\nThe local server with {} posts and one shard:\n", plan.throughput_posts);
    throughput::measure(&plan.server, &folder, plan.throughput_duration).await
}

/// Measures units and durations with each number of shards and posts, and prints both tables.
async fn measure_sizes(plan: &Plan) -> Result<()> {
    let mut units = Table::new(["Operation", "Shards"], plan.posts);
    let mut durations = Table::new(["List", "Shards"], plan.posts);
    for &shards in plan.shards {
        let mut data = DataSet::create(&plan.folder.join(format!("shards-{shards}")), shards).await?;
        for &posts in plan.posts {
            data.add_posts(posts).await?;
            for (operation, consumed) in operations::measure(&data).await? {
                units.add([operation, &shards.to_string()], consumed.to_string());
            }
            let folder = data.close();
            for (list, duration) in
                list_durations::measure(&plan.server, &folder, shards, plan.list_requests).await?
            {
                durations.add([list, &shards.to_string()], duration.to_string());
            }
            data = DataSet::open(folder, shards, posts)?;
        }
        std::fs::remove_dir_all(data.close())?;
    }
    println!("\nRead and write units of each operation, by the number of posts:\n\n{units}");
    println!("Median duration of each list in milliseconds, by the number of posts:\n\n{durations}");
    Ok(())
}
