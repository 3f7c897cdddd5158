//! A stream that fails if its peer stops reading.
//!
//! hyper limits how long a request may take to arrive, but not how long a response may take to be
//! read. A crate that limits each write (tokio-io-timeout) is satisfied by one byte at a time.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// Minimum number of bytes that a peer has to accept in each period while bytes wait for it.
const MIN_PROGRESS: usize = 10 * 1024;

/// A stream whose writes fail with `TimedOut` while the peer reads too slowly: while bytes wait to
/// be written, it must accept 10 KiB, or all of them, in each `timeout`.
pub(super) struct WriteTimeout<S> {
    stream: S,
    timeout: Duration,
    /// The period that began when a write first had to wait; none while nothing waits.
    period: Option<Period>,
}

struct Period {
    end: Pin<Box<Sleep>>,
    /// Bytes written in this period.
    written: usize,
}

impl<S: Unpin> WriteTimeout<S> {
    pub(super) fn new(stream: S, timeout: Duration) -> Self {
        Self { stream, timeout, period: None }
    }

    /// Counts what was written, and replaces `Pending` by an error when the period is over.
    fn check(&mut self, cx: &mut Context<'_>, result: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        match (&result, &mut self.period) {
            (Poll::Ready(Ok(bytes)), Some(period)) => {
                period.written += bytes;
                if period.written >= MIN_PROGRESS {
                    period.end.as_mut().reset(Instant::now() + self.timeout);
                    period.written = 0;
                }
                result
            }
            (Poll::Ready(_), _) => result,
            (Poll::Pending, period) => {
                let timeout = self.timeout;
                let period =
                    period.get_or_insert_with(|| Period { end: Box::pin(sleep(timeout)), written: 0 });
                ready!(period.end.as_mut().poll(cx));
                Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for WriteTimeout<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.stream).poll_write(cx, buf);
        this.check(cx, result)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.stream).poll_write_vectored(cx, bufs);
        this.check(cx, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// hyper flushes once it has written everything.
    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        this.period = None;
        Pin::new(&mut this.stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for WriteTimeout<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_read(cx, buf)
    }
}
