//! `cargo xtask serve`: Wishboard on this machine.

mod file_watcher;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, SystemTime};

use anyhow::{Context, Result};

use crate::build::site;
use crate::serve::file_watcher::Watch;
use crate::system::child_process::{Service, stop_signal};
use crate::system::command;
use crate::system::env;
use crate::system::port::{free, status};
use crate::system::terminal::{is_watched, say};

/// Where the API listens; Trunk.toml sends its share of the requests there.
const API: &str = "127.0.0.1:3000";
/// Where Trunk listens, after Trunk.toml.
const APP: &str = "127.0.0.1:8080";
const TICK: Duration = Duration::from_millis(100);

/// Runs the API and Trunk's server, and the API anew after a change.
pub(crate) fn develop(demo: bool) -> Result<()> {
    free(API)?;
    free(APP)?;
    let mut trunk = site::trunk("serve")?;
    // Not dist/: that is the release site, and may be in use by tests or another server.
    trunk.arg("--dist").arg(env::target()?.join("serve"));
    trunk.args(["--disable-address-lookup", "--color", if is_watched() { "always" } else { "never" }]);
    say("Building the API (the first time about 3 minutes)");
    command::run(&mut build_api(), "the API does not build")?;

    let watch = Watch::new(&[&env::root().join("api"), &env::root().join("shared")])?;
    let stopped = stop_signal()?;
    let api = Api::start(demo)?;
    say("Building the app (the first time about 2 minutes)");
    let app = Service::start("app", &mut trunk)?;
    let mut desk = Desk { api, app, watch, building: None, news: News::Waiting };
    while !stopped.load(Ordering::Relaxed) {
        desk.look_after()?;
        thread::sleep(TICK);
    }
    say("Stopping");
    Ok(())
}

/// Builds everything once and runs the one process that serves both.
pub(crate) fn release(demo: bool) -> Result<()> {
    free(API)?;
    site::build()?;
    say("Building the API (the first time about 5 minutes)");
    command::run(
        &mut command::cargo(["build", "--release", "--package", "api", "--bin", "local"]),
        "the API does not build",
    )?;
    let stopped = stop_signal()?;
    let mut server = Command::new(env::target()?.join("release/local"));
    server.env("WISHBOARD_SITE", site::dist()).args(demo.then_some("--demo"));
    let mut api = Service::start("api", at_home(&mut server))?;
    let mut announced = false;
    while !stopped.load(Ordering::Relaxed) {
        api.expect_running()?;
        if !announced && status(API, "/api/health") == Some(200) {
            announce(API);
            announced = true;
        }
        thread::sleep(TICK);
    }
    say("Stopping");
    Ok(())
}

/// What a developer has running.
struct Desk {
    api: Api,
    app: Service,
    watch: Watch,
    building: Option<Service>,
    news: News,
}

/// What has been told so far, on the way to the URL.
#[derive(PartialEq)]
enum News {
    Waiting,
    ApiAnswers,
    AppDoesNotBuild,
    Up,
}

impl Desk {
    /// One round: is all well, is something to be done? Never waits for long.
    fn look_after(&mut self) -> Result<()> {
        self.api.service.expect_running()?;
        self.app.expect_running()?;
        self.tell();
        if let Some(build) = &mut self.building {
            let Some(status) = build.ended()? else { return Ok(()) };
            self.building = None;
            if status.success() {
                self.api.renew()?;
            } else {
                say("api | This does not compile (see above): the API from before goes on running");
            }
        } else if self.watch.has_settled() {
            self.building = Some(Service::start("api", build_api().arg("--quiet"))?);
        }
        Ok(())
    }

    fn tell(&mut self) {
        match self.news {
            News::Waiting if status(API, "/api/health") == Some(200) => self.news = News::ApiAnswers,
            News::Waiting | News::Up => {}
            News::ApiAnswers | News::AppDoesNotBuild => match status(APP, "/") {
                Some(200) => {
                    announce(APP);
                    self.news = News::Up;
                }
                // Trunk listens after its first try, even if that failed.
                Some(_) if self.news == News::ApiAnswers => {
                    say("The app does not build (see above); it is tried again when a file changes");
                    self.news = News::AppDoesNotBuild;
                }
                _ => {}
            },
        }
    }
}

/// The API as it is built by now.
struct Api {
    service: Service,
    program: PathBuf,
    built: SystemTime,
    demo: bool,
}

impl Api {
    fn start(demo: bool) -> Result<Self> {
        let program = env::target()?.join("debug/local");
        let built = modified(&program)?;
        let mut local = Command::new(&program);
        let service = Service::start("api", at_home(local.args(demo.then_some("--demo"))))?;
        Ok(Self { service, program, built, demo })
    }

    /// Starts anew, if there is something new.
    fn renew(&mut self) -> Result<()> {
        if modified(&self.program)? != self.built {
            say("api | Restarting");
            self.service.stop();
            *self = Self::start(self.demo)?;
        }
        Ok(())
    }
}

fn build_api() -> Command {
    let mut build = command::cargo(["build", "--package", "api", "--bin", "local"]);
    if is_watched() {
        build.env("CARGO_TERM_COLOR", "always");
    }
    build
}

/// Runs `local` where its data folder is, on the port that the rest relies on.
fn at_home(local: &mut Command) -> &mut Command {
    if !is_watched() {
        local.env("NO_COLOR", "1");
    }
    local.current_dir(env::root()).env("WISHBOARD_ADDR", API)
}

fn modified(file: &Path) -> Result<SystemTime> {
    file.metadata()
        .and_then(|data| data.modified())
        .with_context(|| format!("{} was built but is not there", file.display()))
}

fn announce(address: &str) {
    say(&format!("\nWishboard is up: http://{address} (Ctrl-C ends it)\n"));
}
