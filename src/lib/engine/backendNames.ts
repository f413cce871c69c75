/**
 * What networks can run on, in the order in which they are preferred where nothing else decides. Pages list these; all else of a
 * backend is its entry in `backends.ts`, and its words are in the messages of `backends`.
 */
export const backendNames = ['wasm', 'webgpu', 'webgl'] as const;
export type BackendName = (typeof backendNames)[number];

/** What every browser has, and what takes over where another is not to be had or fails. */
export const fallback: BackendName = 'wasm';
