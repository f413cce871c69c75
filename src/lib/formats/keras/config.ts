import type { Size } from '../../ops';

/** A layer as Keras writes it down, in versions 1 to 3. */
export interface LayerConfig {
	readonly class_name: string;
	readonly name?: string;
	readonly config: Config;
	readonly inbound_nodes?: unknown;
	readonly build_config?: { readonly input_shape?: unknown };
}

export type Config = Readonly<Record<string, unknown>>;

export const nameOf = ({ name, config, class_name }: LayerConfig): string =>
	String(config['name'] ?? name ?? class_name);

/** Whether a layer is a model of layers. */
export const isModel = ({ class_name }: Pick<LayerConfig, 'class_name'>): boolean =>
	['Functional', 'Model', 'Sequential'].includes(class_name);

/** The layers of a model; old versions of Keras write those of a sequential one alone. */
export function layersIn(config: unknown): readonly LayerConfig[] {
	const layers = Array.isArray(config) ? config : (config as Config | null)?.['layers'];
	return Array.isArray(layers) ? (layers as LayerConfig[]) : [];
}

export const numberIn = (config: Config, name: string, fallback: number): number => {
	const value = config[name];
	return typeof value === 'number' ? value : fallback;
};

export function numbersIn(value: unknown): number[] | null {
	const list = Array.isArray(value) ? value.flat(4) : typeof value === 'number' ? [value] : null;
	return list?.every((n) => typeof n === 'number') ? list : null;
}

export function pairIn(value: unknown, fallback: number): readonly [number, number] {
	const list = numbersIn(value) ?? [fallback];
	return [list[0] ?? fallback, list[1] ?? list[0] ?? fallback];
}

/** `1`, `[1, 2]` or `[[0, 1], [0, 1]]`. */
export function sidesIn(value: unknown): readonly [readonly [number, number], readonly [number, number]] {
	if (Array.isArray(value) && value.every(Array.isArray)) return [pairIn(value[0], 0), pairIn(value[1], 0)];
	const [rows, columns] = pairIn(value, 1);
	return [
		[rows, rows],
		[columns, columns]
	];
}

export const paddingIn = (config: Config): 'valid' | 'same' =>
	config['padding'] === 'same' || config['border_mode'] === 'same' ? 'same' : 'valid';

export const isLastAxis = (axis: unknown) => {
	const [only = -1] = numbersIn(axis) ?? [];
	return only === -1 || only === 3;
};

interface Window {
	readonly kernelSize: readonly [number, number];
	readonly stride: readonly [number, number];
	readonly dilation: readonly [number, number];
	readonly padding: 'valid' | 'same';
}

export function windowOf(config: Config): Window {
	const kernelSize = pairIn(config['kernel_size'] as Size | undefined, 1);
	return {
		kernelSize,
		stride: pairIn(config['strides'], 1),
		dilation: pairIn(config['dilation_rate'], 1),
		padding: paddingIn(config)
	};
}

/** Layer, its call, and which of its outputs. */
export type End = readonly [name: string, call: number, tensor: number];

/** `[["a", 0, 0], …]`, or a single `["a", 0, 0]`. */
export function endsOf(given: unknown): End[] {
	if (!Array.isArray(given)) return [];
	const list = typeof given[0] === 'string' ? [given] : given;
	return list
		.filter((end): end is unknown[] => Array.isArray(end))
		.map(([name, call, tensor]) => [String(name), Number(call) || 0, Number(tensor) || 0]);
}

/** For each call of a layer, what it reads: Keras 2 has lists of lists, Keras 3 arguments with histories. */
export function callsOf(given: unknown): End[][] {
	if (!Array.isArray(given)) return [];
	return given.map((node) => {
		if (Array.isArray(node)) return endsOf(node);
		const ends: End[] = [];
		const walk = (value: unknown, depth: number): void => {
			if (depth > 8 || typeof value !== 'object' || value === null) return;
			const history = (value as { config?: { keras_history?: unknown } }).config?.keras_history;
			if (Array.isArray(history)) ends.push(...endsOf(history));
			else for (const inner of Object.values(value)) walk(inner, depth + 1);
		};
		walk((node as { args?: unknown } | null)?.args, 0);
		return ends;
	});
}
