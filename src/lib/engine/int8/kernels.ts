import { compile, hasRelaxedSimd } from '../kernels';
import { startHelper } from '../kernels/startHelper';
import type { IntegerKernels } from './program';

export interface IntegerOptions {
	/** Threads of a program where memory is shared; default: what the device has. */
	readonly threads?: number;
	/** Use relaxed SIMD; default: where the browser has it, and computes what it should. */
	readonly relaxed?: boolean;
}

/** Compiles the kernels for what this browser has. Programs that run one after another can share them. */
export async function compileIntegerKernels(options: IntegerOptions = {}): Promise<IntegerKernels> {
	const shared = globalThis.crossOriginIsolated === true;
	const relaxed = options.relaxed ?? (hasRelaxedSimd() && (await isExact()));
	const module = await compile(relaxed, shared);
	const threads = options.threads ?? globalThis.navigator?.hardwareConcurrency ?? 1;
	return shared
		? { module, relaxed, threads: { helpers: threads - 1, start: startHelper } }
		: { module, relaxed };
}

/**
 * Whether products of the largest integers come out right. With operands of 7 and 8 bits they do on every processor; V8 11.3 has an
 * error in one of its two compilers.
 */
async function isExact(): Promise<boolean> {
	const memory = new WebAssembly.Memory({ initial: 1 });
	const { exports } = await WebAssembly.instantiate(await compile(true, false), { env: { memory } });
	const dotProduct = exports['dotProduct'] as (weight: number, input: number, sum: number) => number;
	return [-127, 127].every((weight) => dotProduct(weight, 127, 5) === 5 + 4 * weight * 127);
}
