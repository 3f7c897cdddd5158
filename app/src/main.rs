//! The program that the browser runs.

fn main() {
    app::start();
}
