import type { Shape, Window } from '../../ops';
import type { IntegerNetwork, IntegerTensor, Step } from '../../nets/quantization/steps';
import { mostActivationBits, type Integers } from '../../nets/quantization/integers';
import { encode, kinds, type Addresses } from '../kernels/job';
import type { Plan } from '../kernels/plan';
import { placeLeases } from './arena';
import { isDirect, packIntegers, packIntegersDepthwise, packShuffle, type IntegerPacking } from './pack';

/** Where a tensor lies. */
export interface Place {
	readonly address: number;
	/** Bytes from one position to the next: its channels as a multiple of 8, or those of the concatenation that it is a part of. */
	readonly step: number;
	readonly shape: Shape;
}

/** A job with where its tensors lie. */
export interface PlacedJob {
	readonly plan: Plan;
	readonly addresses: Addresses;
	/** The step that it belongs to, by index. */
	readonly step: number;
}

/** All that a program does, and what its memory holds. */
export interface IntegerPlan {
	readonly jobs: readonly PlacedJob[];
	/** What memory has to hold from the beginning. */
	readonly constants: readonly { readonly address: number; readonly data: Constant }[];
	readonly places: ReadonlyMap<string, Place>;
	/** First byte after everything. */
	readonly end: number;
}

type Constant = Int8Array | Int16Array | Uint8Array | Int32Array | Float32Array;

export interface PlanOptions {
	/** First byte that is free. */
	readonly start: number;
	readonly threads: number;
	/** Whether the module has relaxed SIMD. */
	readonly relaxed: boolean;
	/** Keeps all tensors, so that each can be read after a run; memory is used again otherwise. */
	readonly keepsAll?: boolean;
}

/** Chunks for each of several threads. */
const chunksPerThread = 3;
/** Positions that a tile of the convolution kernel has. */
const tileRows = 6;
/** Bytes of rows that are read once for each panel of weights. */
const blockBytes = 64 * 1024;

/** A piece of memory: what it is for is placed once all jobs are known. */
interface Piece {
	readonly bytes: number;
	first: number;
	last: number;
}

/** A tensor: its piece, and where in it. */
interface Laid {
	readonly piece: Piece;
	readonly offset: number;
	readonly step: number;
	readonly shape: Shape;
}

type Operand = Laid | { readonly constant: Constant };

interface Draft {
	readonly plan: Plan;
	readonly operands: Readonly<Record<string, Operand>>;
	readonly step: number;
}

/** Plans a network on integers: which jobs, on what memory. */
export function planIntegers(network: IntegerNetwork, options: PlanOptions): IntegerPlan {
	return new Planner(network, options).plan();
}

/** Bytes of a pixel: eight channels at a time; four are enough for a picture, which only convolutions read. */
const pixelOf = (channels: number, isPicture = false): number =>
	isPicture && channels <= 4 ? 4 : Math.ceil(channels / 8) * 8;

class Planner {
	readonly #laid = new Map<string, Laid>();
	readonly #pieces: Piece[] = [];
	readonly #drafts: Draft[] = [];
	#step = 0;

	constructor(
		readonly network: IntegerNetwork,
		readonly options: PlanOptions
	) {}

	plan(): IntegerPlan {
		const { network, options } = this;
		this.#lay(network.input, this.#isPicture());
		for (const step of network.steps) if (step.kind === 'concat') this.#layParts(step);
		for (const [i, step] of network.steps.entries()) {
			this.#step = i;
			this.#take(step);
		}

		// The input is there before the first job, and the output after the last.
		const input = this.#laid.get(network.input.ref)!.piece;
		input.first = 0;
		this.#laid.get(network.output.ref)!.piece.last = Infinity;
		if (options.keepsAll)
			for (const { piece } of this.#laid.values()) {
				piece.first = 0;
				piece.last = Infinity;
			}
		const constants: { address: number; data: Constant }[] = [];
		const addressOf = new Map<Constant, number>();
		let at = Math.ceil(options.start / 64) * 64;
		for (const { operands } of this.#drafts)
			for (const operand of Object.values(operands)) {
				if (!('constant' in operand) || addressOf.has(operand.constant)) continue;
				addressOf.set(operand.constant, at);
				constants.push({ address: at, data: operand.constant });
				at = Math.ceil((at + operand.constant.byteLength) / 64) * 64;
			}
		const { at: offsets, bytes } = placeLeases(this.#pieces);
		const base = new Map(this.#pieces.map((piece, i) => [piece, at + offsets[i]!]));
		const addressOfLaid = ({ piece, offset }: Laid) => base.get(piece)! + offset;
		return {
			jobs: this.#drafts.map(({ plan, operands, step }) => ({
				...{ plan, step },
				addresses: Object.fromEntries(
					Object.entries(operands).map(([name, operand]) => [
						name,
						'constant' in operand ? addressOf.get(operand.constant)! : addressOfLaid(operand)
					])
				)
			})),
			constants,
			places: new Map(
				[...this.#laid].map(([ref, laid]) => [
					ref,
					{ address: addressOfLaid(laid), step: laid.step, shape: laid.shape }
				])
			),
			end: at + bytes
		};
	}

	#isPicture(): boolean {
		const { network } = this;
		return network.steps
			.filter(({ inputs }) => inputs.includes(network.input.ref))
			.every((step) => step.kind === 'convolution' && step.groups === 1);
	}

	#newPiece(bytes: number): Piece {
		const piece = { bytes, first: Infinity, last: -1 };
		this.#pieces.push(piece);
		return piece;
	}

	#newLaid(shape: Shape, step: number): Laid {
		return { piece: this.#newPiece(shape[0] * shape[1] * step), offset: 0, step, shape };
	}

	#lay({ ref, shape }: IntegerTensor, isPicture = false): Laid {
		const laid = this.#laid.get(ref) ?? this.#newLaid(shape, pixelOf(shape[2], isPicture));
		this.#laid.set(ref, laid);
		return laid;
	}

	/** Lets what is concatenated, and read by nothing else, be written in its place. */
	#layParts({ inputs, output }: Step): void {
		const { network } = this;
		const whole = this.#lay(network.tensors.get(output)!);
		let offset = 0;
		for (const ref of inputs) {
			const { shape } = network.tensors.get(ref)!;
			const readers = network.steps.flatMap((step) => step.inputs).filter((input) => input === ref);
			const isWhole = shape[2] % 8 === 0 && offset % 8 === 0;
			const isFree = readers.length === 1 && !this.#laid.has(ref) && ref !== network.output.ref;
			if (isWhole && isFree)
				this.#laid.set(ref, { piece: whole.piece, offset: whole.offset + offset, step: whole.step, shape });
			offset += shape[2];
		}
	}

	#draft(plan: Plan, operands: Draft['operands']): void {
		const now = this.#drafts.length;
		for (const operand of Object.values(operands)) {
			if ('constant' in operand) continue;
			operand.piece.first = Math.min(operand.piece.first, now);
			operand.piece.last = Math.max(operand.piece.last, now);
		}
		this.#drafts.push({ plan, operands, step: this.#step });
	}

	/** Blocks of so many things, and into how many chunks that divides them. */
	#blocks(count: number): { readonly blockSize: number; readonly chunks: number } {
		const { threads } = this.options;
		const blockSize = Math.ceil(count / (threads === 1 ? 1 : threads * chunksPerThread));
		return { blockSize, chunks: Math.ceil(count / blockSize) };
	}

	#take(step: Step): void {
		const { network } = this;
		const inputs = step.inputs.map((ref) => ({ ...network.tensors.get(ref)!, ...this.#laid.get(ref)! }));
		const input = inputs[0]!;
		const [inRows, inColumns, inChannels] = input.shape;
		const to = network.tensors.get(step.output);
		const output = to ? this.#lay(to) : this.#layReals();
		const [rows, columns] = output.shape;
		const outputZero = to?.integers.zeroPoint ?? 0;
		const { blockSize, chunks } = this.#blocks(rows * columns);
		const common = {
			...{ rows, columns, blockSize, outputStep: output.step, inputColumn: input.step, inChannels },
			...('low' in step && { low: step.low - outputZero, high: step.high - outputZero }),
			...{ zero: input.integers.zeroPoint, outputZero, isReal: to ? 0 : 1 }
		};
		switch (step.kind) {
			case 'convolution':
				return this.#convolve(step, input, input.integers, output, common);
			case 'maxPool':
			case 'averagePool': {
				const kind = step.kind === 'maxPool' ? kinds.integerMaximum : kinds.integerAverage;
				const words = encode({ ...common, kind, inRows, inColumns, ...windowWords(step.window) });
				const multipliers = step.kind === 'averagePool' && { multipliers: { constant: step.multipliers } };
				return this.#draft({ words, chunks }, { input, output, ...multipliers });
			}
			case 'sum': {
				const added = inputs[1];
				const words = encode({
					...{ ...common, kind: kinds.integerSum },
					...(added && { addedStep: added.step, addedZero: added.integers.zeroPoint })
				});
				const multipliers = new Float32Array(2);
				multipliers.set(step.multipliers);
				const operands = { input, output, multipliers: { constant: multipliers } };
				return this.#draft({ words, chunks }, added ? { ...operands, residual: added } : operands);
			}
			case 'shuffle': {
				const runs = { constant: packShuffle(inChannels, step.groups) };
				const words = encode({ ...common, kind: kinds.integerShuffle, groups: step.groups });
				return this.#draft({ words, chunks }, { input, output, runs });
			}
			case 'concat': {
				let offset = 0;
				for (const part of inputs) {
					const [, , channels] = part.shape;
					const isInPlace = part.piece === output.piece;
					if (!isInPlace) {
						const words = encode({
							...{ ...common, kind: kinds.integerCopy, inputColumn: part.step, inChannels: channels }
						});
						const target = { ...output, offset: output.offset + offset };
						this.#draft({ words, chunks }, { input: part, output: target });
					}
					offset += channels;
				}
			}
		}
	}

	/** The output where it is real numbers. */
	#layReals(): Laid {
		const { ref, shape } = this.network.output;
		const laid = this.#newLaid(shape, 4 * shape[2]);
		this.#laid.set(ref, laid);
		return laid;
	}

	#convolve(
		step: Step & { readonly kind: 'convolution' },
		input: Laid,
		integers: Integers,
		output: Laid,
		common: Parameters<typeof encode>[0]
	): void {
		const { window, groups, kernel, bias, multipliers } = step;
		const outChannels = bias.length;
		const [, , inChannels] = input.shape;
		const isDepthwise = groups > 1 && groups === inChannels && groups === outChannels && common.isReal === 0;
		const from = this.#pad(window, input, integers.zeroPoint);
		const pixel = Math.min(from.step, pixelOf(inChannels));
		const line = from.shape[1] * from.step;
		const { threads, relaxed } = this.options;
		const isNarrow = integers.most < 2 ** mostActivationBits && kernel.values instanceof Int8Array;
		const perDot = relaxed && isNarrow ? 4 : 2;
		const packing: IntegerPacking = {
			...{
				window,
				groups,
				inChannels,
				pixel,
				step: from.step,
				values: kernel.values,
				bias,
				multipliers,
				perDot
			}
		};
		const [rows, columns] = window.outputSize;
		const placed = {
			inputRow: window.stride[0] * line,
			inputColumn: window.stride[1] * from.step,
			strideColumns: window.stride[1]
		};
		if (isDepthwise) {
			const pack = packIntegersDepthwise(packing, line);
			const chunks = threads === 1 ? 1 : threads * chunksPerThread;
			// Few rows do not divide evenly; then threads share the channels.
			const splits = rows >= 2 * chunks ? 1 : Math.min(chunks, Math.ceil(inChannels / 8));
			const blockSize = splits > 1 ? rows : Math.ceil(rows / chunks);
			const words = encode({
				...{ ...common, ...placed, kind: kinds.integerDepthwise, blockSize, splits, rows, columns },
				...{ inColumns: from.shape[1], kernelRow: from.step, runCount: pack.runs.length }
			});
			return this.#draft(
				{ words, chunks: Math.ceil(rows / blockSize) * splits },
				{ input: from, output, ...constantsOf(pack) }
			);
		}

		const pack = packIntegers(packing);
		const positions = rows * columns;
		let block = Math.max(blockBytes / pack.taps, 4 * tileRows);
		let splits = 1;
		if (threads > 1) {
			const chunks = threads * chunksPerThread;
			// Threads divide what is larger: the weights, or the positions.
			if (pack.taps * outChannels > positions * inChannels)
				splits = Math.min(groups * Math.ceil(outChannels / groups / 8), chunks);
			else block = Math.min(block, positions / chunks);
		}
		const blockSize = Math.min(Math.ceil(Math.min(block, positions) / tileRows) * tileRows, positions);
		const direct = isDirect(packing);
		const scratchBytes = direct ? 0 : Math.ceil((blockSize * pack.taps + 64) / 16) * 16;
		const words = encode({
			...{ ...common, ...placed, kind: kinds.integerConvolution, blockSize, splits },
			...(direct ? { rows: 1, columns: positions } : { rows, columns }),
			...{ kernelRows: window.kernelSize[0], kernelRow: window.dilation[0] * line },
			...{
				groups,
				outChannels: outChannels / groups,
				taps: pack.taps,
				runCount: pack.runCount,
				scratchBytes
			},
			isWide: perDot === 2 ? 1 : 0
		});
		const scratch = direct ? null : this.#newLaid([1, 1, 1], threads * scratchBytes);
		this.#draft(
			{ words, chunks: Math.ceil(positions / blockSize) * splits },
			{ input: from, output, ...constantsOf(pack), ...(scratch && { scratch }) }
		);
	}

	/** The input with its padding as far as windows read it. */
	#pad({ padding, stride, effectiveKernelSize: span, outputSize }: Window, input: Laid, zero: number): Laid {
		const [inRows, inColumns, channels] = input.shape;
		if (padding.top + padding.bottom + padding.left + padding.right === 0) return input;
		const rows = (outputSize[0] - 1) * stride[0] + span[0];
		const columns = Math.max((outputSize[1] - 1) * stride[1] + span[1], padding.left + inColumns);
		const pixel = Math.min(input.step, pixelOf(channels));
		const padded = this.#newLaid([rows, columns, channels], pixel);
		const { blockSize, chunks } = this.#blocks(rows);
		const words = encode({
			...{ kind: kinds.integerPad, rows, columns, blockSize, inRows, inColumns, zero },
			...{ top: padding.top, left: padding.left, inputColumn: input.step, outputStep: pixel }
		});
		this.#draft({ words, chunks }, { input, output: padded });
		return padded;
	}
}

const windowWords = ({ kernelSize, stride, padding }: Window) => ({
	...{ kernelRows: kernelSize[0], kernelColumns: kernelSize[1], top: padding.top, left: padding.left },
	...{ strideRows: stride[0], strideColumns: stride[1] }
});

function constantsOf<T extends Readonly<Record<'weights' | 'bias' | 'multipliers' | 'runs', Constant>>>({
	weights,
	bias,
	multipliers,
	runs
}: T): Record<string, Operand> {
	return {
		...{ weights: { constant: weights }, bias: { constant: bias }, multipliers: { constant: multipliers } },
		...(runs.length > 0 && { runs: { constant: runs } })
	};
}
