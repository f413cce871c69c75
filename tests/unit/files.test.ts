import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

const filesIn = (folder: string) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
		(file) => `${folder}/${file.replaceAll('\\', '/')}`
	);

it('every test file lies where a runner looks for it', () => {
	const all = ['src', 'tests', 'tools']
		.flatMap(filesIn)
		.filter((file) => /\.(test|spec)\.[cm]?[jt]s$/.test(file));
	const found = all.filter((file) =>
		/^tests\/(unit|golden|parity)\/.*\.test\.ts$|^tests\/e2e\/.*\.spec\.ts$/.test(file)
	);
	expect(all.length).toBeGreaterThan(0);
	expect(all).toEqual(found);
});
