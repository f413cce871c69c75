/**
 * Writes the files of `hosting/`, in which static hosts are told what to send with this site's files:
 *
 *     npm run hosting                                  after a change of src/hostHeaders.ts
 *     BASE_PATH=/repo npm run hosting -- --out DIR     for a site built to stand at /repo
 *     npm run hosting -- --check URL                   asks a running site whether it sends what it should; exit code 1 if not
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from './arguments';
import { CommandError, runCommand } from './streams';
import { checkHost } from './hosting/check';
import { hostingFiles, type Base } from './hosting/files';

const { values } = readArguments('hosting', {
	options: { out: { type: 'string', default: 'hosting' }, check: { type: 'string' } }
});
const isBase = (text: string): text is Base => /^(\/[^/?#]+)*$/.test(text);

await runCommand('hosting', async () => {
	if (values.check === undefined) {
		mkdirSync(values.out, { recursive: true });
		const base = process.env.BASE_PATH ?? '';
		if (!isBase(base))
			throw new CommandError(`BASE_PATH is ${base}, expected a path such as /repo, or nothing`);
		for (const [name, text] of hostingFiles(base)) writeFileSync(join(values.out, name), text);
	} else {
		if (!URL.canParse(values.check))
			throw new CommandError(
				`--check ${values.check}: expected an address such as https://user.github.io/repo`
			);
		const problems = await checkHost(values.check);
		console.log(problems.length === 0 ? `${values.check} sends what it should.` : problems.join('\n'));
		if (problems.length > 0) process.exitCode = 1;
	}
});
