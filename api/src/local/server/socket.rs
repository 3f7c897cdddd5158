//! The listening socket, and limits of the operating system: send buffers, the backlog of connections, and open files.

use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};

/// The size of a connection's send buffer in the kernel, in bytes. Without this setting, Linux uses up to 4 MiB for
/// each client that reads nothing (`net.ipv4.tcp_wmem`). A client receives at most about this many bytes per round
/// trip.
const SEND_BUFFER_BYTES: u32 = 64 * 1024;

/// Maximum number of connections that the kernel has completed and the server has not accepted yet.
const BACKLOG_LEN: u32 = 1024;

/// Number of open files in addition to connections and the site's files, for example the database.
const OTHER_OPEN_FILES: u64 = 100;

/// Listens on an address. Accepted connections inherit the size of the send buffer.
///
/// # Errors
/// If the address is in use or does not belong to this machine.
pub fn listen(addr: SocketAddr) -> io::Result<TcpListener> {
    let socket = if addr.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    // As `TcpListener::bind` does, so that a restarted server can use the same port at once.
    socket.set_reuseaddr(true)?;
    socket.set_send_buffer_size(SEND_BUFFER_BYTES)?;
    socket.bind(addr)?;
    socket.listen(BACKLOG_LEN)
}

/// Raises the limit on open files to two per connection, because a connection may also read a file of the site. The
/// default is 1,024 on many systems and 256 on macOS.
pub(super) fn raise_file_limit(max_connections: usize) {
    let needed = 2 * max_connections as u64 + OTHER_OPEN_FILES;
    if let Err(error) = rlimit::increase_nofile_limit(needed) {
        tracing::warn!(%error, "cannot raise the limit on open files");
    }
}
