//! Defines the function at which the wasm is split.

/// Defines the async function that loads a chunk and returns its value.
macro_rules! split_point {
    ($(#[$doc:meta])* $chunk:ident -> $value:ty $body:block) => {
        $(#[$doc])*
        #[cfg(feature = "split")]
        #[leptos::wasm_split::wasm_split($chunk, wasm_split_path = leptos::wasm_split, fallible)]
        pub fn $chunk() -> Result<$value, $crate::chunks::load_error::LoadError> {
            Ok($body)
        }

        $(#[$doc])*
        #[cfg(not(feature = "split"))]
        pub async fn $chunk() -> Result<$value, $crate::chunks::load_error::LoadError> {
            Ok($body)
        }
    };
}
pub(crate) use split_point;
