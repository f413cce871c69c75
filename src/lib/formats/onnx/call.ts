import type { Assembly, Layer, Out } from '../assembly';
import type { OnnxNode } from './model';
import { countOf, type Constant } from './constant';
import { settle } from '../settle';
import { shapeOfView, viewOf, type View } from '../view';
import type { Kind, OptionsOf, Shape } from '../../ops';
import type { Values } from '../assembly';

export type Value = Constant | View;

/** A node that is being read: its inputs, its attributes, and what is made of it. */
export class Call {
	/** The shape of what it gives, where it is known although the operator is not. */
	wanted: readonly number[] | null = null;
	/** The dimension along which it joins, where that is why it is not computed. */
	joinedAlong: number | null = null;
	/** What the layer is called. */
	readonly name: string;

	constructor(
		readonly node: OnnxNode,
		readonly inputs: readonly (Value | null)[],
		readonly assembly: Assembly,
		readonly about: {
			readonly opset: number;
			readonly file: string;
			/** Whether this site wrote the file, which writes weights once that are shared, and those alone. */
			readonly isOwn: boolean;
			isOnlyUse(name: string): boolean;
		}
	) {
		this.name = nameOf(node, inputs);
	}

	/** The same node on other inputs. */
	with(inputs: readonly (Value | null)[]): Call {
		return new Call(this.node, inputs, this.assembly, this.about);
	}

	int(name: string, fallback: number): number {
		return this.node.attributes.get(name)?.i ?? fallback;
	}

	float(name: string, fallback: number): number {
		return this.node.attributes.get(name)?.f ?? fallback;
	}

	text(name: string, fallback: string): string {
		return this.node.attributes.get(name)?.s ?? fallback;
	}

	list(name: string): readonly number[] | null {
		const attribute = this.node.attributes.get(name);
		return attribute && attribute.ints.length > 0 ? attribute.ints : null;
	}

	view(i: number): View | null {
		const value = this.inputs[i];
		return value?.kind === 'view' ? value : null;
	}

	constant(i: number): Constant | null {
		const value = this.inputs[i];
		return value?.kind === 'constant' ? value : null;
	}

	/** The single number that an input or, in older files, an attribute gives. */
	number(i: number, attribute: string, fallback: number): number {
		const given = this.constant(i);
		return given ? (given.numbers()[0] ?? fallback) : this.float(attribute, fallback);
	}

	/** Whether nothing but this node reads what the input is. */
	isOnlyReader(i: number): boolean {
		return this.about.isOnlyUse(this.node.inputs[i] ?? '');
	}

	/** See {@link settle}. */
	settle(view: View | null, order = 'nchw'): Out | null {
		return view && settle(this.assembly, view, order);
	}

	/**
	 * A view with whole axes, which `settle` finds no operator for: values that were moved about, as attention does. That is a layer
	 * that is not computed here; what comes after it is counted.
	 */
	moved(view: View, order: string): Out | null {
		const sizes = shapeOfView(view);
		const of = (axis: string) => (order.includes(axis) ? (sizes[order.indexOf(axis)] ?? 1) : 1);
		const shape: Shape = [of('h'), of('w'), of('c')];
		if (order.startsWith('n') && sizes[0] !== 1) return null;
		if (countOf(shape) !== countOf(view.out.shape)) return null;
		return this.assembly.opaque(`${this.name}/moved`, [view.out], { type: 'Transpose', shapes: [shape] })
			.outs[0]!;
	}

	/** An input as `[height, width, channels]`, from NCHW or, of one axis less, NCW; with what its views are called. */
	image(i: number): { readonly out: Out; readonly order: string } | null {
		const view = this.view(i);
		const order = view?.dims.length === 3 ? 'ncw' : 'nchw';
		const out = this.settle(view, order);
		return out && { out, order };
	}

	/** Adds the layer that the node is. */
	add<K extends Kind>(
		op: K,
		inputs: readonly Out[],
		options: OptionsOf<K>,
		values: Readonly<Record<string, Values | undefined>> = {}
	): Layer {
		const layer = this.assembly.add(op, this.name, inputs, options, values);
		const from = this.node.inputs.filter((_, i) => this.inputs[i]?.kind === 'constant');
		if (from.length > 0) layer.weightsFrom = from.join('\n');
		layer.isSameSurely = this.about.isOwn;
		return layer;
	}

	/** Adds a layer of one output, and gives it as a view. */
	give<K extends Kind>(
		order: string,
		op: K,
		inputs: readonly Out[],
		options: OptionsOf<K>,
		values: Readonly<Record<string, Values | undefined>> = {}
	): Value[] {
		return [viewOf(this.add(op, inputs, options, values).outs[0]!, order)];
	}
}

/** Axes of an operator: an attribute, or in later files an input. */
export const axesIn = (call: Call): readonly number[] | null =>
	call.list('axes') ?? call.constant(1)?.numbers() ?? null;

/** Exporters' names say the way to a layer; where there is none, the names of its weights or of its output may. */
function nameOf(
	{ name, scopes, type, inputs, outputs }: OnnxNode,
	values: readonly (Value | null)[]
): string {
	if (name.includes('/')) return name;
	const weight = inputs.find(
		(input, i) =>
			i > 0 && values[i]?.kind === 'constant' && /[a-z]/i.test(input) && !input.startsWith('onnx::')
	);
	const stem = weight
		?.replace(/:\d+$/, '')
		.replace(/[._/](weight|w|W|kernel|bias|b|scale|s|gamma|bn_s(cale)?)(_\d+)?$/, '');
	const isNamed = stem !== undefined && stem !== weight;
	const module = scopes.at(-1);
	if (module !== undefined) {
		// Values that are equal stand in the file once, under the first of their names, which may be another layer's. A convolution
		// that a batch norm was folded into has the norm's way, and beside it its own.
		const isOwn = isNamed && /^(Conv|Gemm)/.test(type) && around(stem) === around(module);
		return isOwn ? [...scopes.slice(0, -1), stem, type].join('/') : [...scopes, type].join('/');
	}
	if (isNamed) return `${stem.replaceAll('.', '/')}/${type}`;
	const output = outputs[0] ?? '';
	if (/[a-z]{3}/i.test(output) && output !== 'output') return `${output.replaceAll('.', '/')}`;
	return name === '' || /^n\d+$/.test(name) ? type : name;
}

/** The way to a module, without its last step. */
const around = (module: string): string => module.slice(0, Math.max(0, module.lastIndexOf('.')));
