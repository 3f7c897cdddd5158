//! A stub of the crate wasm-streams. Leptos uses that crate for the streams of server functions. The app has no server
//! functions, so it calls none of the functions in this stub.
// size: the linker cannot remove the original, docs/size-tricks.md#a-stub-for-wasm-streams

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// A browser stream.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Creates an empty browser stream. Ignores the given stream.
    ///
    /// # Panics
    /// Panics if the browser does not support streams.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>>>(_: S) -> Self {
        Self(web_sys::ReadableStream::new().expect("every browser that supports wasm also supports streams"))
    }

    /// Wraps a browser stream.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// Returns the browser stream.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Returns a stream without items.
    pub fn into_stream(self) -> Empty {
        Empty
    }
}

/// A stream without items.
pub struct Empty;

impl Stream for Empty {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
