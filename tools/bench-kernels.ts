/**
 * Measures each convolution of the four networks: the library's operator and our kernel, in turn. Prints JSON.
 *
 *     npx tsx tools/bench-kernels.ts [--browser] [--threads N] [--rounds N] [--plain] [--only TEXT] [--winograd]
 *
 * With `--winograd` instead, our two ways of computing a 3×3 convolution, and a 7×7 one at stride 2: directly and by Winograd's
 * method, which is what "prefersWinograd" in `src/lib/engine/program/method.ts` follows.
 *
 * In Node, which has one thread (TensorFlow.js gives it no more), or in Chromium (--browser).
 * `libraryThreads` in the report is what TensorFlow.js itself got; compare the two only where it is `threads`.
 */
import { readArguments } from './arguments';
import { inChromium } from './bench-kernels/chromium';
import { layers } from './bench-kernels/layers';
import { measure, type Report, type Settings } from './bench-kernels/measure';
import { judge } from './bench-kernels/judge';
import { measureWinograd, winogradLayers } from './bench-kernels/winograd';
import { allowRelaxedSimd } from './relaxedSimd';

const { values } = readArguments('bench-kernels', {
	options: {
		browser: { type: 'boolean', default: false },
		threads: { type: 'string', default: '1' },
		rounds: { type: 'string', default: '15' },
		plain: { type: 'boolean', default: false },
		only: { type: 'string', default: '' },
		winograd: { type: 'boolean', default: false }
	}
});
const settings: Settings = {
	threads: Number(values.threads),
	rounds: Number(values.rounds),
	...(values.plain && { relaxed: false })
};
const print = (report: object) => console.log(JSON.stringify(report, null, '\t'));

if (!values.browser) allowRelaxedSimd();

if (values.winograd) {
	const rows = values.browser
		? await inChromium('winograd', 'measureWinograd', winogradLayers, settings)
		: await measureWinograd(winogradLayers, { ...settings, threads: 1 });
	print(judge(rows));
} else {
	const chosen = layers.filter(({ network }) => network.includes(values.only));
	const report = values.browser
		? await inChromium('measure', 'measure', chosen, settings)
		: await measure(chosen, { ...settings, threads: 1 });
	print(withTotals(report));
}

/** A report with the sums of each network. */
function withTotals(report: Report) {
	const names = [...new Set(report.rows.map(({ network }) => network))];
	const networks = names.map((network) => {
		const rows = report.rows.filter((row) => row.network === network);
		const sum = (of: 'library' | 'own' | 'libraryBest' | 'ownBest') =>
			rows.reduce((ms, row) => ms + row.count * row[of], 0);
		const [libraryBest, ownBest] = [sum('libraryBest'), sum('ownBest')];
		return {
			...{ network, library: sum('library'), own: sum('own'), libraryBest, ownBest },
			ratio: libraryBest / ownBest
		};
	});
	return { ...report, networks };
}
