import type { LayerKind } from '$lib/nets';
import type { LatencyLayer } from '$lib/nets/times/timing';

/** A device, as far as a roofline has it. */
export interface Device {
	/** FLOPs in a second at most. */
	readonly peak: number;
	/** FLOPs that it does at its peak while it moves one byte. */
	readonly balance: number;
}

/** A layer with multiply-adds under the roof. */
export interface RoofLayer {
	readonly id: string;
	readonly kind: LayerKind;
	readonly flops: number;
	readonly bytes: number;
	/** FLOPs for each byte: its operational intensity. */
	readonly intensity: number;
	/** FLOPs in a second as measured, and at most. */
	readonly measured: number;
	readonly roof: number;
	/** Seconds as measured, and at least. */
	readonly seconds: number;
	readonly least: number;
}

/** FLOPs in a second that a layer of this intensity can reach: memory holds it back, or arithmetic does. */
export function roofAt(intensity: number, { peak, balance }: Device): number {
	return Math.min(peak, (peak / balance) * intensity);
}

/** Layers that multiply, under the roof of a device. What multiplies nothing has no place in the figure. */
export function roofLayers(layers: readonly LatencyLayer[], device: Device): readonly RoofLayer[] {
	return layers
		.filter(({ macs, bytes }) => macs > 0 && bytes > 0)
		.map(({ id, kind, macs, bytes, time }) => {
			const flops = 2 * macs;
			const intensity = flops / bytes;
			const seconds = time.median / 1000;
			const roof = roofAt(intensity, device);
			return {
				...{ id, kind, flops, bytes, intensity, roof, seconds },
				measured: flops / seconds,
				least: flops / roof
			};
		});
}

/** The fastest of the layers: what the device has been seen to do in a second. */
export function peakOf(layers: readonly LatencyLayer[]): number {
	return Math.max(
		...layers.filter(({ macs }) => macs > 0).map(({ macs, time }) => (2 * macs) / (time.median / 1000))
	);
}

/** What a kind of layer has of the FLOPs, and of the time of all that multiplies: as the roof allows it, and as measured. */
export interface KindShares {
	readonly kind: LayerKind;
	readonly flops: number;
	readonly roof: number;
	readonly measured: number;
}

/** Shares of the kinds, the one with most FLOPs first. */
export function kindShares(layers: readonly RoofLayer[]): readonly KindShares[] {
	const kinds = [...new Set(layers.map(({ kind }) => kind))];
	const sum = (of: readonly RoofLayer[], value: (layer: RoofLayer) => number) =>
		of.reduce((total, layer) => total + value(layer), 0);
	const share = (kind: LayerKind, value: (layer: RoofLayer) => number) =>
		sum(
			layers.filter((layer) => layer.kind === kind),
			value
		) / sum(layers, value);
	return kinds
		.map((kind) => ({
			kind,
			flops: share(kind, ({ flops }) => flops),
			roof: share(kind, ({ least }) => least),
			measured: share(kind, ({ seconds }) => seconds)
		}))
		.sort((a, b) => b.flops - a.flops);
}
