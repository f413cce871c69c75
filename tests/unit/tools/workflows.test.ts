import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Step {
	readonly name?: string;
	readonly uses?: string;
	readonly run?: string;
	readonly with?: Readonly<Record<string, unknown>>;
	readonly env?: Readonly<Record<string, string>>;
	readonly 'continue-on-error'?: boolean;
}
interface Workflow {
	readonly name: string;
	readonly on: {
		readonly workflow_run?: { readonly workflows: readonly string[] };
		readonly workflow_dispatch?: { readonly inputs: Readonly<Record<string, { readonly type: string }>> };
	};
	readonly permissions: Readonly<Record<string, string>>;
	readonly jobs: Readonly<
		Record<
			string,
			{
				readonly permissions?: Readonly<Record<string, string>>;
				readonly strategy?: { readonly matrix: { readonly node: readonly string[] } };
				readonly 'timeout-minutes'?: number;
				readonly steps: readonly Step[];
			}
		>
	>;
}

const folder = '.github/workflows';
const workflows = new Map(
	readdirSync(folder).map((name) => [
		name,
		// The core schema, as GitHub reads it: `on` is a word.
		parse(readFileSync(`${folder}/${name}`, 'utf8'), { strict: true }) as Workflow
	])
);
const { test, deploy } = { test: workflows.get('test.yml')!, deploy: workflows.get('deploy.yml')! };
const { scripts, engines } = JSON.parse(readFileSync('package.json', 'utf8')) as {
	scripts: Record<string, string>;
	engines: { node: string };
};
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);
const index = (steps: readonly Step[], uses: string) =>
	steps.findIndex((step) => step.uses?.startsWith(`${uses}@`) || step.run?.includes(uses));

describe.each([...workflows])('%s', (_, workflow) => {
	it('runs what package.json has, ends some time, and may only read unless a job says more', () => {
		for (const { run = '' } of stepsOf(workflow))
			for (const [, options, script] of run.matchAll(/npm (?:run ((?:--\w+ )*))?(ci|[\w:]+)/g))
				if (script !== 'ci') expect(scripts, `npm run ${options ?? ''}${script}`).toHaveProperty(script!);
		for (const job of Object.values(workflow.jobs)) expect(job['timeout-minutes']).toBeGreaterThan(0);
		expect(workflow.permissions).toEqual({ contents: 'read' });
	});

	it('uses only actions of GitHub itself, in a named version', () => {
		for (const { uses } of stepsOf(workflow))
			if (uses !== undefined) expect(uses).toMatch(/^actions\/[\w-]+@v\d+$/);
	});

	it('names only steps that there are', () => {
		for (const { steps } of Object.values(workflow.jobs)) {
			const ids = (steps as readonly { id?: string }[]).map(({ id }) => id);
			for (const [, id] of JSON.stringify(steps).matchAll(/steps\.(\w+)\./g)) expect(ids).toContain(id);
		}
	});
});

describe('test.yml', () => {
	it('tests on each Node that package.json names, the lowest of them as it is named', () => {
		const named = engines.node.split('||').map((range) => /\d+(\.\d+)?/.exec(range)![0]);
		const { node } = test.jobs.test!.strategy!.matrix;
		expect(node.map((version) => version.split('.')[0])).toEqual(
			named.map((version) => version.split('.')[0])
		);
		expect(node).toContain(named[0]);
	});

	it('runs what README.md tells a stranger, and asks for no data that a clone does not have', () => {
		const runs = stepsOf(test).flatMap(({ run }) => run ?? []);
		expect(runs).toEqual(['npm ci', 'npm test']);
		expect(JSON.stringify(test)).not.toContain('REQUIRE_DATA');
	});
});

describe('deploy.yml', () => {
	const { steps } = deploy.jobs.build!;

	it('follows the tests, or a form with the weights as a choice', () => {
		expect(deploy.on.workflow_run!.workflows).toEqual([test.name]);
		expect(deploy.on.workflow_dispatch!.inputs.weights!.type).toBe('boolean');
	});

	it('builds for the base path of Pages, and publishes what was built', () => {
		const build = steps[index(steps, 'npm run build')]!;
		expect(build.env).toEqual({ BASE_PATH: '${{ steps.pages.outputs.base_path }}' });
		expect(steps[index(steps, 'actions/upload-pages-artifact')]!.with).toEqual({ path: 'build' });
		expect(deploy.jobs.deploy!.permissions).toEqual({ pages: 'write', 'id-token': 'write' });
		const order = ['actions/configure-pages', 'npm ci', 'weights -- all', 'npm run build'];
		const places = order.map((what) => index(steps, what));
		expect(places).toEqual([...places].sort((a, b) => a - b));
		expect(places).not.toContain(-1);
	});

	it('publishes without the weights that could not be fetched, and says so', () => {
		const place = index(steps, 'weights -- all');
		expect(steps[place]!['continue-on-error']).toBe(true);
		expect(steps[place + 1]!.run).toContain('GITHUB_STEP_SUMMARY');
	});
});
