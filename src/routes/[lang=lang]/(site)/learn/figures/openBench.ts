import { mergeSearch, writtenParts } from '$lib/viz/address/codec';
import { benchCodec } from '$lib/viz/figures/bench/address';
import { Bench } from '$lib/viz/figures/bench/bench.svelte';
import { prepareOp } from '$lib/viz/figures/bench/plan';
import { preparePhoto } from '$lib/viz/figures/bench/presets';
import { type BenchOp, benchOps } from '$lib/viz/figures/bench/spec';

function opOf(of: string): BenchOp {
	const op = benchOps.find((known) => known === of);
	if (!op) throw new Error(`there is no operation ${of}; there are ${benchOps.join(', ')}`);
	return op;
}

async function read(of: string, search: string) {
	const op = opOf(of);
	// Only who shows the photograph waits for it.
	await Promise.all([prepareOp(op), ...(search.includes('photo') ? [preparePhoto()] : [])]);
	return benchCodec(op).parse(search);
}

/** A bench from the address of its page, what phrases do to it, and what of it a figure shows. */
export async function openBench<Props>(search: string, of: string, show: (bench: Bench) => Props) {
	const { value } = await read(of, search);
	const bench = new Bench(value);
	const { format } = benchCodec(value.op);
	return {
		props: show(bench),
		set: (phrase: string) => setBench(bench, phrase),
		get page() {
			return `/ops/${bench.spec.op}${format(bench.spec)}`;
		},
		rest: () => bench.player.pause()
	};
}

function setBench(bench: Bench, phrase: string): void {
	const { parse, format } = benchCodec(bench.spec.op);
	const { value: spec } = parse(mergeSearch(format(bench.spec), phrase));
	const names = [...new URLSearchParams(phrase).keys()];
	if (names.every((name) => name === 'step' || name === 'grain')) {
		// The same numbers: the figure moves on to the step, and what the reader changed can still be undone.
		if (spec.grain !== bench.grain) bench.setGrain(spec.grain);
		bench.player.goTo(spec.step);
	} else bench.load(spec);
}

/** Parts of an address that the bench leaves out. */
export async function ignoredByBench(search: string, of: string): Promise<string[]> {
	return writtenParts((await read(of, search)).ignored);
}
