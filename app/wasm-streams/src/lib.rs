//! Stands in for the crate of this name, which Leptos brings for the streams of its server
//! functions. This app has none, but the real crate exports its classes to JavaScript, so that the
//! linker could not leave them out: 4 KB of what a visitor would download.

use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// A stream that is always at its end.
pub struct ReadableStream(web_sys::ReadableStream);

impl ReadableStream {
    /// Leaves the stream unread.
    ///
    /// # Panics
    /// If the browser has no streams.
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>>>(_: S) -> Self {
        Self(web_sys::ReadableStream::new().expect("every browser that runs wasm has streams"))
    }

    /// Takes a stream of the browser's.
    pub fn from_raw(raw: web_sys::ReadableStream) -> Self {
        Self(raw)
    }

    /// A stream of the browser's.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        self.0
    }

    /// Its end.
    pub fn into_stream(self) -> End {
        End
    }
}

/// No items.
pub struct End;

impl Stream for End {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
