//! Makes the linker keep the relocations of the wasm, which `cargo xtask build` needs in order to split it.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    if cfg!(feature = "split") {
        println!("cargo:rustc-link-arg-bins=--emit-relocs");
    }
}
