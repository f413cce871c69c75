/**
 * Bytes that a page fetches before a network can run on WASM, compressed: the worker, TensorFlow.js's core and its WASM. A browser
 * test measures the built site and fails where this is far off.
 */
export const engineBytes = 350_000;
