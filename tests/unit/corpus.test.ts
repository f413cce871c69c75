import { describe, expect, it } from 'vitest';
import { FormatError, openFiles } from '../../src/lib/formats';
import { WeightsError } from '../../src/lib/formats/tensors';
import { baseLocale, locales, useLocale } from '../../src/lib/i18n';
import { resolveGraph } from '../../src/lib/nets';
import { sentenceOf } from '../../src/lib/running/files/failures';
import { noteText } from '../../src/lib/running/files/notes';
import { inspect, PictureError } from '../../src/lib/running/picture/inspect';
import { pictureProblem } from '../../src/lib/running/picture/problems';
import { models, type Case } from '../corpus/models';
import { pictures } from '../corpus/pictures';

/** What whoever drops files is told: why they cannot be opened, or what to know of what they hold. */
async function ofModel({ files }: Case): Promise<string> {
	try {
		const opened = await openFiles(files);
		if (opened.kind === 'model') resolveGraph(opened.graph);
		const notes = opened.notes.filter(({ code }) => code !== 'from' && code !== 'opset');
		return `Opened. ${notes.map(noteText).join(' ')}`.trim();
	} catch (error) {
		if (!(error instanceof FormatError || error instanceof WeightsError)) throw error;
		const of = error instanceof FormatError ? 'format' : 'weights';
		const { code, message, params } = error;
		const reason = error instanceof FormatError ? error.reason : null;
		// As it comes out of a worker.
		return sentenceOf(structuredClone({ kind: 'failed', of, code, message, params, reason }));
	}
}

function ofPicture({ files: [file] }: Case): string {
	try {
		inspect(file!.bytes, file!.name);
		return 'Opened.';
	} catch (error) {
		if (!(error instanceof PictureError)) throw error;
		return pictureProblem(error);
	}
}

/** Names of formats and programs, and what stands in quotation marks, are the same in every language. */
const names = /“[^”]*”|TensorFlow\.js|Git LFS|torch\.save|git lfs pull/g;

/** More than a person reads of a sentence. */
const longest = 300;

describe.each([
	['a model', models, ofModel],
	['a picture', pictures, ofPicture]
] as const)('in place of %s', (_, cases, told) => {
	it.each(cases)('$name gets its sentence', async (given) => {
		useLocale(baseLocale);
		expect(await told(given)).toBe(given.sentence);
	});

	it.each(locales)('no sentence is longer than a person reads, or has holes (%s)', async (locale) => {
		useLocale(locale);
		for (const given of cases) {
			const sentence = await told(given);
			expect(sentence.length, given.name).toBeLessThan(longest);
			expect(sentence, given.name).not.toMatch(/undefined|null|NaN%|\{\w+\}/);
		}
		useLocale(baseLocale);
	});

	it('no Chinese sentence holds an English reason', async () => {
		useLocale('zh');
		for (const given of cases) {
			const sentence = given.files.reduce((text, { name }) => text.replaceAll(name, ''), await told(given));
			expect(sentence.replaceAll(names, ''), given.name).not.toMatch(/[a-z]{2,},? [a-z]{2,}/i);
		}
		useLocale(baseLocale);
	});
});
