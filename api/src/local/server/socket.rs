//! What the operating system lets the server keep open, and keeps for its clients.

use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};

/// Kernel memory for what a connection has yet to send, in bytes. Without a limit, Linux keeps up to
/// 4 MiB for each client that reads nothing (`net.ipv4.tcp_wmem`). It bounds a client's speed, too:
/// to about this size per round trip.
const SEND_BUFFER_SIZE: u32 = 64 * 1024;

/// Number of connections that the kernel completes before the server accepts them.
const BACKLOG: u32 = 1024;

/// Files that are open besides the connections and the site's files: the database, the log.
const OTHER_FILES: u64 = 100;

/// Listens on an address. Accepted connections inherit the small send buffer.
///
/// # Errors
/// If the address is in use or not this machine's.
pub fn listen(addr: SocketAddr) -> io::Result<TcpListener> {
    let socket = if addr.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As `TcpListener::bind` does, so that a restarted server gets its port back.
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER_SIZE)?;
    socket.bind(addr)?;
    socket.listen(BACKLOG)
}

/// Raises the number of files that this process may open: each connection may also hold a file of
/// the site. Unless a process asks for more, many systems allow 1,024, and macOS 256.
pub(super) fn raise_file_limit(max_connections: usize) {
    let needed = 2 * max_connections as u64 + OTHER_FILES;
    if let Err(error) = rlimit::increase_nofile_limit(needed) {
        tracing::warn!(%error, "can't raise the limit of open files");
    }
}
