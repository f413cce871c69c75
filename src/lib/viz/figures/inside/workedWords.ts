import { m } from '$lib/i18n';
import type { ResolvedNode } from '$lib/nets';
import {
	activationOf,
	type ActivationKind,
	type BatchNormGeometry,
	type LocalResponseNormGeometry
} from '$lib/ops';
import { formatReal, formatRealTerm } from './numbers';
import { partOf, runningResult, termsDone, type Worked, type WorkedGranularity } from './worked';

/** What a layer does to make a value, in a sentence. */
export function formText(node: ResolvedNode, { form, parts, taps, divisor }: Worked): string {
	const counts = { channels: parts.length, taps };
	if (node.op === 'batchNorm') {
		const { epsilon } = node.geometry as BatchNormGeometry;
		return m.inside_form_norm({ epsilon: String(epsilon) });
	}
	switch (form) {
		case 'sum':
			return node.op === 'add' ? m.inside_form_add(counts) : m.inside_form_sum(counts);
		case 'average':
			return m.inside_form_average({ count: divisor });
		case 'max':
			return m.inside_form_max({ count: taps });
		case 'product':
			return m.inside_form_product();
		case 'copy':
			return m.inside_form_copy();
		case 'function':
			return functionTexts[node.op as ActivationKind]();
		case 'slope':
			return m.inside_form_prelu();
		case 'channelNorm':
			return m.inside_form_layer_norm({ channels: taps });
		case 'softmax':
			return m.inside_form_softmax({ count: taps });
		case 'localNorm': {
			const { bias, alpha, beta } = node.geometry as LocalResponseNormGeometry;
			return m.inside_form_local({ bias: String(bias), alpha: String(alpha), beta: String(beta) });
		}
	}
}

const functionTexts: Readonly<Record<ActivationKind, () => string>> = {
	relu: m.inside_form_relu,
	relu6: m.inside_form_relu6,
	sigmoid: m.inside_form_sigmoid,
	hardSigmoid: m.inside_form_hard_sigmoid,
	hardSwish: m.inside_form_hard_swish,
	tanh: m.inside_form_tanh,
	leakyRelu: m.inside_form_leaky_relu,
	elu: m.inside_form_elu,
	swish: m.inside_form_swish,
	gelu: m.inside_form_gelu,
	selu: m.inside_form_selu,
	clip: m.inside_form_clip,
	rescale: m.inside_form_rescale
};

/** A function of one value, written out. */
export function functionFormula({ op, geometry }: ResolvedNode, { parts, result }: Worked): string {
	const value = parts[0]?.terms[0]?.value ?? 0;
	const x = formatReal(value);
	const formula = activationOf(op as ActivationKind).formula(x, formatRealTerm(value), geometry);
	return `${formula} = ${formatReal(result)}`;
}

/** What is done to one value, written out. */
export function afterFormula(node: ResolvedNode, worked: Worked): string {
	const term = worked.parts[0]?.terms[0];
	if (worked.form === 'function' || !term) return functionFormula(node, worked);
	const scaled = term.weight === null ? '' : ` × ${formatRealTerm(term.weight)}`;
	const shifted = worked.bias === null ? '' : ` + ${formatRealTerm(worked.bias)}`;
	return `${formatReal(term.value)}${scaled}${shifted} = ${formatReal(worked.result)}`;
}

/** The present step in a sentence: what came in, and what there is so far. */
export function stepText(worked: Worked, granularity: WorkedGranularity, n: number): string {
	const done = termsDone(worked, granularity, n);
	const part = worked.parts[partOf(worked, done)];
	if (!part) return '';
	const sofar = formatReal(runningResult(worked, done));
	const term = part.terms[done - 1 - part.start];
	if (granularity === 'term' && term) {
		const read = term.isPadding ? m.inside_step_padding() : formatRealTerm(term.value);
		const product =
			term.weight === null
				? `${part.input}: ${worked.form === 'softmax' ? `exp(…) = ${formatReal(term.product)}` : read}`
				: `${part.input}: ${read} × ${formatRealTerm(term.weight)} = ${formatReal(term.product)}`;
		return worked.form === 'max'
			? m.inside_step_max({ what: product, max: sofar })
			: m.inside_step_sum({ what: product, sum: sofar });
	}
	const total = `${part.input}: ${formatReal(part.total)}`;
	return worked.form === 'max'
		? m.inside_step_max({ what: total, max: sofar })
		: m.inside_step_sum({ what: total, sum: sofar });
}
