//! `cargo xtask serve`: runs the API and Trunk's server. Trunk rebuilds the app after a change; this module rebuilds
//! and restarts the API.

use std::thread;
use std::time::Duration;

use anyhow::Result;

use crate::build::trunk;
use crate::serve::api_server::{self, API_ADDRESS, ApiServer, print_address};
use crate::serve::file_watcher::FileWatcher;
use crate::system::child_process::ChildProcess;
use crate::system::stop_signal::StopSignal;
use crate::system::terminal::{is_interactive, print};
use crate::system::{command, env, http, port};

/// Where Trunk listens, as configured in Trunk.toml.
const APP_ADDRESS: &str = "127.0.0.1:8080";
const POLL_INTERVAL: Duration = Duration::from_millis(100);

/// Runs the development servers until the user stops them.
pub(crate) fn run(with_demo_data: bool) -> Result<()> {
    port::expect_free(API_ADDRESS)?;
    port::expect_free(APP_ADDRESS)?;
    let mut trunk = trunk::command("serve")?;
    // The folder is not dist/, because dist/ contains the release site, which tests or another server may be using.
    trunk.arg("--dist").arg(env::target_dir()?.join("serve"));
    let color = if is_interactive() { "always" } else { "never" };
    trunk.args(["--disable-address-lookup", "--color", color]);
    print("Building the API (about 3 minutes the first time)");
    command::run(&mut api_server::build_command(), "the API does not build")?;

    let watcher = FileWatcher::new(&[&env::root().join("api"), &env::root().join("shared")])?;
    let stop = StopSignal::install()?;
    let api = ApiServer::start(env::target_dir()?.join("debug/local"), with_demo_data, None)?;
    print("Building the app (about 2 minutes the first time)");
    let app = ChildProcess::start("app", &mut trunk)?;
    let mut servers = Servers { api, app, watcher, api_build: None, startup: Startup::ApiStarting };
    while !stop.is_set() {
        servers.update()?;
        thread::sleep(POLL_INTERVAL);
    }
    print("Stopping");
    Ok(())
}

/// All running processes, and the progress of the startup.
struct Servers {
    api: ApiServer,
    app: ChildProcess,
    watcher: FileWatcher,
    /// The running build of the API, if any.
    api_build: Option<ChildProcess>,
    startup: Startup,
}

/// The progress of the startup.
#[derive(Clone, Copy, PartialEq)]
enum Startup {
    ApiStarting,
    AppBuilding,
    AppBuildFailed,
    Done,
}

impl Servers {
    /// Checks all processes once, without waiting for any of them.
    fn update(&mut self) -> Result<()> {
        self.api.expect_running()?;
        self.app.expect_running()?;
        self.startup = self.next_startup();
        self.rebuild_api()
    }

    /// Returns the progress of the startup now. Prints the address when the startup is done, or that the app does not
    /// build.
    fn next_startup(&self) -> Startup {
        match self.startup {
            Startup::ApiStarting if api_server::is_healthy() => Startup::AppBuilding,
            Startup::ApiStarting | Startup::Done => self.startup,
            Startup::AppBuilding | Startup::AppBuildFailed => {
                match http::status_of(&format!("http://{APP_ADDRESS}/")) {
                    Some(200) => {
                        print_address(APP_ADDRESS);
                        Startup::Done
                    }
                    // Trunk starts to listen after its first build, even if the build failed.
                    Some(_) if self.startup == Startup::AppBuilding => {
                        print(
                            "The app does not build, see above. Trunk builds it again when a file changes.",
                        );
                        Startup::AppBuildFailed
                    }
                    _ => self.startup,
                }
            }
        }
    }

    /// Starts a build of the API after a change, and restarts the API after a successful build.
    fn rebuild_api(&mut self) -> Result<()> {
        if let Some(build) = &mut self.api_build {
            let Some(status) = build.exit_status()? else { return Ok(()) };
            self.api_build = None;
            if status.success() {
                self.api.restart_if_rebuilt()?;
            } else {
                print("api | The API does not build, see above. The previous version keeps running.");
            }
        } else if self.watcher.has_settled() {
            self.api_build = Some(ChildProcess::start("api", api_server::build_command().arg("--quiet"))?);
        }
        Ok(())
    }
}
