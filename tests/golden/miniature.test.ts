import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { trainDrawn } from '../../src/routes/[lang=lang]/(site)/miniatures/training';

const file = 'src/routes/[lang=lang]/(site)/miniatures/training.json';

// `UPDATE_GOLDEN=1` records it.
it('the curves on the home page are those of a training', () => {
	const trained = trainDrawn();
	if (process.env.UPDATE_GOLDEN) {
		const rows = Object.entries(trained).map(
			([way, right]) => `${JSON.stringify(way)}: ${JSON.stringify(right)}`
		);
		writeFileSync(file, `{\n${rows.join(',\n')}\n}\n`);
	}
	expect(trained).toEqual(JSON.parse(readFileSync(file, 'utf8')));
});
