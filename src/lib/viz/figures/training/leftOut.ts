// What is wrong with knobs has many words: pages bring this when there is something to be said.
import { joined, m } from '$lib/i18n';
import type { KnobValues } from '$lib/nets';
import { KnobError } from '$lib/nets/errors';
import type { Ignored } from '../../address/codec';
import { knobProblem } from '../../words/problems';
import type { trainingKnobs } from './knobs';
import type { Training } from './training.svelte';
import { initNames, measureNames, taskNames, threadsNames } from './words';

type Values = KnobValues<typeof trainingKnobs>;
/** Controls as the page calls them, and what each shows of its value where that is not the value itself. */
const controls: {
	readonly [K in keyof Values]: readonly [label: () => string, text?: (value: Values[K]) => string];
} = {
	task: [m.training_task, (task) => taskNames[task]()],
	channels: [m.training_set_channels],
	a: [m.training_set_a, (channel) => String(channel + 1)],
	b: [m.training_set_b, (channel) => String(channel + 1)],
	noise: [m.training_set_noise],
	width: [m.training_set_width],
	depth: [m.training_set_depth],
	groups: [m.training_set_groups],
	norm: [m.training_set_norm, (is) => (is ? m.training_table_yes() : m.training_table_no())],
	rate: [m.training_set_rate],
	momentum: [m.training_set_momentum],
	batch: [m.training_set_batch],
	init: [m.training_set_init, (init) => initNames[init]()],
	seed: [m.training_set_seed],
	show: [m.training_show, (show) => measureNames[show]()],
	threads: [m.training_threads, (threads) => threadsNames[threads]()]
};

/** What is said of a part of the address that was left out: by its control's label and count, and with what is used instead. */
export function leftOutText(
	{ name, value, why, reason }: Ignored,
	{ knobs }: Pick<Training, 'knobs'>
): string | null {
	if (!Object.hasOwn(controls, name) || reason === 'unknown') return null;
	const key = name as keyof Values;
	const [label, text = String] = controls[key] as readonly [() => string, ((value: unknown) => string)?];
	const control = label();
	const isChannel = (key === 'a' || key === 'b') && /^\d{1,3}$/.test(value);
	const problem = isChannel
		? m.training_left_out_channel({ control, channel: Number(value) + 1 })
		: why instanceof KnobError
			? knobProblem({ code: why.code, params: why.params, knob: control })
			: m.training_left_out_unfit({ control, value });
	return joined(problem, m.ui_ignored_used({ used: text(knobs.values[key]) }));
}
