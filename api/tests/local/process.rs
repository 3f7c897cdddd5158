//! The local server as a process: starting, stopping, restarting, and the demo data.

use api::local::seed;

use crate::support::local_server::{LocalServer, data_folder};
use crate::support::wait::within_one_login_window;

#[tokio::test]
async fn a_second_server_with_the_same_data_refuses_to_start() {
    let folder = data_folder().await;
    let _first = LocalServer::start(folder.path());
    let second = LocalServer::command(folder.path()).output().unwrap();
    assert_eq!(second.status.code(), Some(1));
    let error = String::from_utf8_lossy(&second.stderr);
    assert!(error.contains("another Wishboard already uses the data"), "{error}");
}

#[tokio::test]
async fn a_server_with_a_port_in_use_refuses_to_start() {
    let (first_folder, second_folder) = (data_folder().await, data_folder().await);
    let first = LocalServer::start(first_folder.path());
    let second = LocalServer::command(second_folder.path()).env("WISHBOARD_ADDR", first.addr()).output();
    let second = second.unwrap();
    assert_eq!(second.status.code(), Some(1));
    let error = String::from_utf8_lossy(&second.stderr);
    assert!(error.contains("WISHBOARD_ADDR"), "{error}");
}

#[tokio::test]
async fn sigterm_stops_the_server_without_an_error() {
    let folder = data_folder().await;
    LocalServer::start(folder.path()).terminate();
}

#[tokio::test]
async fn a_locked_account_stays_locked_after_a_restart() {
    let statuses = within_one_login_window(async || {
        let folder = data_folder().await;
        let mut statuses = Vec::new();
        for attempts in [10, 1] {
            let server = LocalServer::start(folder.path());
            for _ in 0..attempts {
                statuses.push(server.guest().log_in_with_wrong_password("ann").await.status);
            }
        }
        statuses
    })
    .await;
    assert_eq!(statuses, [401, 401, 401, 401, 401, 401, 401, 401, 401, 401, 429]);
}

#[tokio::test]
async fn the_demo_data_is_inserted_once_and_its_user_can_log_in() {
    let folder = data_folder().await;
    let read_lists = async || {
        let mut command = LocalServer::command(folder.path());
        command.arg("--demo");
        let server = LocalServer::start_command(command);
        assert_eq!(server.guest().try_log_in(seed::USERNAME, seed::PASSWORD).await.status, 200);
        let messages = server.guest().get("/api/messages").await.body;
        let wishes = server.guest().get("/api/wishes").await.body;
        assert!(messages["messages"].as_array().unwrap().len() > 5, "{messages}");
        assert!(wishes["wishes"].as_array().unwrap().len() > 5, "{wishes}");
        (messages, wishes)
    };
    let first = read_lists().await;
    assert_eq!(read_lists().await, first);
}
