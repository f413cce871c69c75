/** What the test runners' JSON reports say, as counts. */

export interface Count {
	readonly passed: number;
	readonly failed: number;
	/** Tests that did not run since their data is not there, in words. */
	readonly absent: readonly string[];
	/** What else is to be said of failures, in words. */
	readonly notes: readonly string[];
}

export interface TestOutcome {
	readonly title: string;
	readonly outcome: 'passed' | 'failed' | 'skipped';
}

/**
 * A test that was left out says in its title which data it needs (`tests/data.ts`); one that does not counts as failed, since
 * nobody would miss it.
 */
export function countOutcomes(tests: readonly TestOutcome[]): Count {
	const titled = (outcome: TestOutcome['outcome']) => tests.filter((test) => test.outcome === outcome);
	const skipped = titled('skipped').map(({ title }) => ({
		title,
		needs: /\(needs ([^)]+)\)/.exec(title)?.[1]
	}));
	const unexplained = skipped.filter(({ needs }) => needs === undefined);
	return {
		passed: titled('passed').length,
		failed: titled('failed').length + unexplained.length,
		absent: skipped.flatMap(({ title, needs }) =>
			needs === undefined ? [] : [`${title.replace(` (needs ${needs})`, '')}, since ${needs} is absent`]
		),
		notes: unexplained.map(({ title }) => `left out, and does not say why: ${title}`)
	};
}

interface VitestReport {
	readonly testResults: readonly {
		readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
	}[];
}

export function vitestOutcomes({ testResults }: VitestReport): readonly TestOutcome[] {
	return testResults
		.flatMap(({ assertionResults }) => assertionResults)
		.map(({ fullName, status }) => ({
			title: fullName,
			outcome: status === 'passed' || status === 'failed' ? status : 'skipped'
		}));
}

interface PlaywrightSuite {
	readonly title: string;
	readonly suites?: readonly PlaywrightSuite[];
	readonly specs: readonly {
		readonly title: string;
		readonly tests: readonly { readonly status: string }[];
	}[];
}

/** One that failed and then passed is a failure: there are no retries. */
export function playwrightOutcomes({
	suites
}: {
	readonly suites: readonly PlaywrightSuite[];
}): readonly TestOutcome[] {
	const outcomes: Readonly<Record<string, TestOutcome['outcome']>> = {
		expected: 'passed',
		skipped: 'skipped'
	};
	const inside = ({ title, specs, suites = [] }: PlaywrightSuite, above: string): TestOutcome[] => {
		const path = `${above}${title} › `;
		return [
			...specs.flatMap((spec) =>
				spec.tests.map(({ status }) => ({ title: path + spec.title, outcome: outcomes[status] ?? 'failed' }))
			),
			...suites.flatMap((inner) => inside(inner, path))
		];
	};
	return suites.flatMap((suite) => inside(suite, ''));
}
