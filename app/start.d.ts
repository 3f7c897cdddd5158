/** Loads the wasm and starts the app. wasm-bindgen generates the script that defines this function. */
declare function wasm_bindgen(options: { module_or_path: string }): Promise<unknown>
