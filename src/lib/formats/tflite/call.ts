import type { Kind } from '../../ops';
import type { Assembly, Out } from '../assembly';
import { settle } from '../settle';
import { onto, viewOf, type View } from '../view';
import type { Table } from './flat';
import type { Constant, Tensor } from './tensor';

/** The file, as far as an operator reads it. */
export interface Source {
	readonly assembly: Assembly;
	at(index: number): Tensor;
	/** Values of a constant; `null` for what is computed. */
	values(index: number): Constant | null;
	viewAt(index: number): View | undefined;
}

/** Reads an operator; `null` where what it does cannot be computed here. */
export type Handler = (call: Call) => View[] | null;

/** The activations that operators have fused behind them, by number. */
const activations: readonly (Kind | null)[] = [null, 'relu', 'clip', 'relu6', 'tanh'];

export const image = (out: Out): View => viewOf(out, 'nhwc');

/** An operator that is being read: what it reads, what it gives, and its options. */
export class Call {
	constructor(
		readonly source: Source,
		readonly type: string,
		readonly name: string,
		readonly inputs: readonly number[],
		readonly outputs: readonly number[],
		readonly options: Table | null
	) {}

	get assembly(): Assembly {
		return this.source.assembly;
	}

	get first(): number | undefined {
		return this.inputs[0];
	}

	get view(): View | undefined {
		return this.first === undefined ? undefined : this.viewAt(this.first);
	}

	at(index: number): Tensor {
		return this.source.at(index);
	}

	values(index: number): Constant | null {
		return this.source.values(index);
	}

	viewAt(index: number): View | undefined {
		return this.source.viewAt(index);
	}

	/** An input with whole axes. */
	image(index: number | undefined): Out | null {
		const view = index === undefined ? undefined : this.viewAt(index);
		return view ? settle(this.assembly, view, 'nhwc') : null;
	}

	/** What comes out, with the activation that is fused behind it, as a field of the options says. */
	activated(out: Out, field: number, as: (out: Out) => View): View[] {
		const kind = activations[this.options?.byte(field) ?? 0] ?? null;
		if (kind === null) return [as(out)];
		const own = kind === 'clip' ? { min: -1, max: 1 } : {};
		return [as(this.assembly.add(kind as 'relu', `${this.name}/${kind}`, [out], own).outs[0]!)];
	}

	/** One operator on each value. */
	each<K extends Kind>(kind: K, own: object): View[] | null {
		const { view } = this;
		return view ? [onto(view, this.assembly.add(kind, this.name, [view.out], own as never).outs[0]!)] : null;
	}

	padding(field: number): 'valid' | 'same' {
		return (this.options?.byte(field) ?? 0) === 1 ? 'valid' : 'same';
	}
}
