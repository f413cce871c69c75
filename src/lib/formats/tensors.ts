import type { StoredIntegers } from '../nets/quantization/kernel';

/** A tensor of a weights file: its name there, and its values, row-major, as float32. */
export interface NamedTensor {
	readonly name: string;
	readonly shape: readonly number[];
	readonly data: Float32Array;
}

/** Values of one weight, row-major. */
export interface WeightArray {
	readonly shape: readonly number[];
	readonly data: Float32Array;
	/** The integers in the same order, where the file has such: `data` is a view of them. */
	readonly quantized?: StoredIntegers;
}

/** Weights by node id, and of each node by the names of its `WeightSpec`s (`kernel`, `bias`, `gamma`, …). */
export type NetworkWeights = Readonly<Record<string, Readonly<Record<string, WeightArray>>>>;

/**
 * What can be wrong with a weights file.
 *
 * - `notJson` (`file`, `reason`), `notAModel` (`file`, `path`, `expected`): model.json is not what it should be
 * - `missingFile` (`file`): the manifest names a file that is not there
 * - `fetch` (`file`, `status`): the site answered with an error; status 0 is no answer at all
 * - `altered` (`file`, `expected` bytes): what came from the site, twice, is not the file: a sign-in page, or cut short
 * - `size` (`file`, `expected`, `actual`): a file, or group of shards, has other than the bytes that its tensors take
 * - `dataType` (`file`, `tensor`, `type`): numbers of a kind that is not read
 * - `duplicate` (`file`, `tensor`): two tensors of one name
 * - `notSafetensors` (`file`, `reason`): the header does not fit the file
 * - `unknownFiles` (`files`): none of the files dropped holds weights
 * - `otherThanSet` (`file`): it has another content than the set.json that came with it says
 */
export type WeightsErrorCode =
	| 'notJson'
	| 'notAModel'
	| 'missingFile'
	| 'fetch'
	| 'altered'
	| 'size'
	| 'dataType'
	| 'duplicate'
	| 'notSafetensors'
	| 'unknownFiles'
	| 'otherThanSet';

/** Values that a translated sentence is filled with. */
export type Params = Readonly<Record<string, string | number>>;

/** A weights file that cannot be read: the English sentence, and a code and values for translations. */
export class WeightsError extends Error {
	override readonly name = 'WeightsError';

	constructor(
		readonly code: WeightsErrorCode,
		message: string,
		readonly params: Params
	) {
		super(message);
	}
}

/** `1×1×128×64`, as errors show a shape; `scalar` for none. */
export function formatShape(shape: readonly number[]): string {
	return shape.length === 0 ? 'scalar' : shape.join('×');
}

/** Number of values of a shape. */
export function countOf(shape: readonly number[]): number {
	return shape.reduce((product, n) => product * n, 1);
}

/** @throws {WeightsError} where two tensors have one name */
export function checkDuplicates(tensors: readonly NamedTensor[], file: string): void {
	const seen = new Set<string>();
	for (const { name } of tensors) {
		if (seen.has(name))
			throw new WeightsError('duplicate', `${file}: ${name} is there twice`, { file, tensor: name });
		seen.add(name);
	}
}
