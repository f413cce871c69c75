import { describe, expect, it } from 'vitest';
import { countOutcomes, playwrightOutcomes, vitestOutcomes } from '../../../tools/testReport';

describe('countOutcomes', () => {
	it('names tests whose data is absent, and fails those that do not say why they were left out', () => {
		expect(
			countOutcomes([
				{ title: 'one', outcome: 'passed' },
				{ title: 'two', outcome: 'failed' },
				{ title: 'logits (needs ../shared/weights) of a cat', outcome: 'skipped' },
				{ title: 'three', outcome: 'skipped' }
			])
		).toEqual({
			passed: 1,
			failed: 2,
			absent: ['logits of a cat, since ../shared/weights is absent'],
			notes: ['left out, and does not say why: three']
		});
	});
});

it('vitestOutcomes takes what is neither passed nor failed as left out', () => {
	const assertionResults = ['passed', 'failed', 'pending', 'todo'].map((status) => ({
		fullName: status,
		status
	}));
	expect(vitestOutcomes({ testResults: [{ assertionResults }] })).toEqual([
		{ title: 'passed', outcome: 'passed' },
		{ title: 'failed', outcome: 'failed' },
		{ title: 'pending', outcome: 'skipped' },
		{ title: 'todo', outcome: 'skipped' }
	]);
});

it('playwrightOutcomes goes through all suites, and takes a test that passed the second time as failed', () => {
	const spec = (title: string, status: string) => ({ title, tests: [{ status }] });
	const suites = [
		{
			title: 'a.spec.ts',
			specs: [spec('one', 'expected'), spec('two', 'flaky')],
			suites: [{ title: 'inner', specs: [spec('three', 'unexpected'), spec('four', 'skipped')] }]
		}
	];
	expect(playwrightOutcomes({ suites })).toEqual([
		{ title: 'a.spec.ts › one', outcome: 'passed' },
		{ title: 'a.spec.ts › two', outcome: 'failed' },
		{ title: 'a.spec.ts › inner › three', outcome: 'failed' },
		{ title: 'a.spec.ts › inner › four', outcome: 'skipped' }
	]);
});
