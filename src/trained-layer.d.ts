/** A 1×1 layer of a set in static/weights, by `tools/vite-layer.ts`. */
declare module 'virtual:trained-layer/*' {
	/** `[1, 1, inputs, filters]` */
	export const shape: readonly [number, number, number, number];
	/** The weights, row by row, little-endian, in base64. */
	export const float16: string;
}
