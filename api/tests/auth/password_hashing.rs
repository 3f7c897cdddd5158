//! The cost of password hashing under load: memory and time are limited, and other requests are still served.

use tokio::task::JoinSet;

use crate::support::local_server::{LocalServer, data_folder};
use crate::support::{PASSWORD, TestApp, sign_up_body};

/// A hash of another password that takes about 15 times as long as the hashes of new passwords: 64 MiB and 10 passes
/// are the maximum that the API accepts.
const EXPENSIVE_HASH: &str =
    "$argon2id$v=19$m=65536,t=10,p=1$AAAAAAAAAAAAAAAAAAAAAA$+DMg0Hsxx2CZGOKL/waFFg82zXwGXdCIU5N1SN6XKPQ";

/// Returns the maximum memory that a process has used so far, in MiB.
#[cfg(target_os = "linux")]
fn peak_memory(process: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<usize>().unwrap() / 1024
}

/// A hash needs 19 MiB. If each request had its own thread, the requests would need more than 1 GB.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_hundred_parallel_requests_use_the_memory_of_one_hash_per_core() {
    let folder = data_folder().await;
    let server = LocalServer::start(folder.path());
    let guest = server.guest();
    let mut requests = JoinSet::new();
    for number in 0..80 {
        let guest = guest.clone();
        requests.spawn(async move { guest.try_log_in(&format!("unknown-{number}"), PASSWORD).await.status });
    }
    for number in 0..20 {
        let (guest, sign_up) = (guest.clone(), sign_up_body(&format!("new-{number}")));
        requests.spawn(async move { guest.post("/api/signup", sign_up).await.status });
    }
    for status in requests.join_all().await {
        // A slow machine cannot compute all hashes in time.
        assert!([401, 201, 503].contains(&status), "{status}");
    }
    let cores = std::thread::available_parallelism().unwrap().get();
    let peak = peak_memory(server.process.id());
    assert!(peak < 150 + 20 * cores, "{peak} MiB");
}

#[tokio::test]
async fn logins_get_503_if_their_hashes_cannot_begin_in_time_and_other_requests_are_answered() {
    let app = TestApp::with_limit_factor(100).await;
    let cores = std::thread::available_parallelism().unwrap().get();
    let mut hashes = JoinSet::new();
    for _ in 0..60 * cores {
        let hasher = app.state.password_hasher.clone();
        hashes.spawn(async move { hasher.verify("password", Some(EXPENSIVE_HASH)).await });
    }
    // When the waiting hashes time out, some of these logins may still get a thread.
    let mut logins = JoinSet::new();
    for number in 0..10 * cores {
        let guest = app.guest();
        logins.spawn(async move { guest.try_log_in(&format!("user{number}"), PASSWORD).await });
    }
    assert_eq!(app.guest().get("/api/health").await.status, 200);
    assert!(logins.try_join_next().is_none(), "the logins wait");

    let (busy, answered): (Vec<_>, Vec<_>) =
        logins.join_all().await.into_iter().partition(|reply| reply.status == 503);
    assert!(!busy.is_empty());
    for reply in busy {
        reply.assert_problem(503, "unavailable");
        assert_eq!(reply.header("retry-after"), "2");
    }
    for reply in answered {
        reply.assert_problem(401, "wrong-login");
    }
    hashes.join_all().await;
    app.guest().try_log_in("ann", PASSWORD).await.assert_problem(401, "wrong-login");
}
