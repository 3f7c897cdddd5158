//! The error of loading a chunk.

/// The chunk cannot be loaded. The browser's console says why.
#[derive(Clone, Copy, Debug)]
pub struct LoadError;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for LoadError {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}
