//! The program the browser runs: replaces the shell by the app.

fn main() {
    app::start();
}
