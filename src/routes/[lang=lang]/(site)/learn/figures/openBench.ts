import { mergeSearch, writtenParts } from '$lib/viz/address/codec';
import { benchCodec } from '$lib/viz/figures/bench/address';
import { Bench } from '$lib/viz/figures/bench/bench.svelte';
import { type BenchOp, benchOps, type BenchSpec } from '$lib/viz/figures/bench/spec';

function opOf(of: string): BenchOp {
	const op = benchOps.find((known) => known === of);
	if (!op) throw new Error(`there is no operation ${of}; there are ${benchOps.join(', ')}`);
	return op;
}

const read = (of: string, search: string) => benchCodec(opOf(of)).parse(search);

/** A bench from the address of its page, what phrases do to it, and what of it a figure shows. */
export function openBench<Props>(search: string, of: string, propsOf: (bench: Bench) => Props) {
	const { value } = read(of, search);
	const bench = new Bench(value);
	const { format } = benchCodec(value.op);
	return {
		props: propsOf(bench),
		set: (phrase: string) => setBench(bench, phrase),
		keep: () => keepBench(bench),
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
	if (names.every((name) => name === 'step' || name === 'grain')) move(bench, spec);
	else bench.load(spec);
}

/** Goes to a step of the same numbers: what the reader changed can still be undone. */
function move(bench: Bench, { granularity, step }: BenchSpec): void {
	if (granularity !== bench.granularity) bench.setGranularity(granularity);
	bench.player.goTo(step);
}

/** Remembers how it stands. @returns what brings it back to that */
function keepBench(bench: Bench): () => void {
	const { spec } = bench;
	const { format } = benchCodec(spec.op);
	return () => {
		const { granularity, step } = bench.spec;
		if (format({ ...spec, granularity, step }) === format(bench.spec)) move(bench, spec);
		else bench.load(spec);
	};
}

/** Parts of an address that the bench leaves out. */
export function ignoredByBench(search: string, of: string): string[] {
	return writtenParts(read(of, search).ignored);
}
