//! The entry point of the wasm module.

fn main() {
    app::start();
}
