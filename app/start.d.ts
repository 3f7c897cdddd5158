/** Starts the app. wasm-bindgen defines it. */
declare function wasm_bindgen(options: { module_or_path: string }): Promise<unknown>
