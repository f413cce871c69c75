import { m } from '$lib/i18n';
import type { Resolved } from './resolve';
import { type Scene, tensorsOf } from './scene';

/** What stands over a part of the figure: its name, its shape, and which colour the name has. */
export interface PartTitle {
	readonly name: string;
	readonly shape: string;
	readonly role: 'input' | 'kernel' | 'output';
}

export function partTitle(bench: Resolved, { subject, part }: Scene['parts'][number]): PartTitle {
	if (part.kind === 'tensor') {
		const shape = tensorsOf(bench)[subject.index]!.shape.join('×');
		if (subject.index === 0) return { name: m.bench_input(), shape, role: 'input' };
		const isLast = subject.index === bench.stages.length;
		return { name: isLast ? m.bench_output() : m.bench_between(), shape, role: isLast ? 'output' : 'input' };
	}
	if (part.kind === 'shuffle') {
		return {
			name: m.bench_shuffle(),
			shape: m.bench_shuffle_groups({ groups: part.groups, rest: part.channels / part.groups }),
			role: 'kernel'
		};
	}
	const { id } = bench.stages[subject.index]!;
	const shape = `${part.rows}×${part.columns}×${part.planes}`;
	const names = {
		depthwise: m.bench_filters_depthwise,
		pointwise: m.bench_filters_pointwise
	};
	const name = id === 'depthwise' || id === 'pointwise' ? names[id] : m.bench_filters;
	return {
		name: name({ count: part.filters }),
		shape: m.bench_filters_shape({ shape, count: part.filters }),
		role: 'kernel'
	};
}
