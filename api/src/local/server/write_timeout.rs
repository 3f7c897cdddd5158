//! A stream whose writes fail if the peer reads too slowly.
//!
//! hyper limits the time in which a request's head must arrive, but not the time in which a response must be read. The
//! crate tokio-io-timeout limits each single write, so a client could read one byte at a time.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// Minimum number of bytes that the peer must accept in each period while a write is waiting.
const MIN_BYTES_PER_PERIOD: usize = 10 * 1024;

/// A stream whose writes fail with `TimedOut` if, within `timeout`, the peer accepts neither 10 KiB nor the rest of the
/// data.
pub(super) struct WriteTimeout<S> {
    stream: S,
    timeout: Duration,
    /// The current period. It begins when a write has to wait, restarts after 10 KiB, and ends with the next flush.
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

    /// Counts the written bytes. Replaces `Pending` with an error when the period has ended.
    fn limit_wait(
        &mut self,
        cx: &mut Context<'_>,
        result: Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        match (&result, &mut self.period) {
            (Poll::Ready(Ok(bytes)), Some(period)) => {
                period.written += bytes;
                if period.written >= MIN_BYTES_PER_PERIOD {
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
        this.limit_wait(cx, result)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        let result = Pin::new(&mut this.stream).poll_write_vectored(cx, bufs);
        this.limit_wait(cx, result)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    /// Ends the period, because hyper flushes after it has written all bytes.
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
