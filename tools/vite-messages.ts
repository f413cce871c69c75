import type { Plugin } from 'vite';
import { localeMark } from './languages.js';

/**
 * Writes each message as a choice between its two texts, by {@link localeMark}, which `perLanguage` decides for the pages of a
 * language. Paraglide's own choice takes options that this site does not use, cannot be decided after the build, and brings a
 * kilobyte of its runtime into every page.
 */
export function decidableMessages(): Plugin {
	let isBuild = false;
	return {
		name: 'decidable-messages',
		configResolved: ({ command }) => {
			isBuild = command === 'build';
		},
		transform(code, id) {
			if (!/\/i18n\/generated\/messages\/(?!_index)\w+\.js$/.test(id)) return null;
			const name = /^const en_(\w+) =/m.exec(code)?.[1];
			const chooser = new RegExp(`^(export )?const ${name} = [^]*?^\\}\\);?`, 'm');
			if (!name || !chooser.test(code)) return this.error('Paraglide writes its messages in another way now');
			// A page speaks its own language; what is written for it beforehand may be told which.
			const isPage = isBuild && this.environment.config.consumer === 'client';
			const locale = isPage ? localeMark : `(options?.locale ?? ${localeMark})`;
			const choice = (exported = '') =>
				`${exported}const ${name} = (i${isPage ? '' : ', options'}) => ${locale} === "zh" ? ${textOf(code, `zh_${name}`)} : ${textOf(code, `en_${name}`)};`;
			return { code: code.replace(chooser, (_, exported?: string) => choice(exported)), map: null };
		}
	};
}

/** A text that depends on nothing but what is put into it stands in the choice; otherwise its function is called. */
function textOf(code: string, name: string): string {
	const plain = new RegExp(
		`^const ${name} = .*? \\((?:i)?\\) => \\{\\s*return /\\*\\* @type \\{LocalizedString\\} \\*/ (\\(\`(?:[^\`\\\\]|\\\\[^])*\`\\))\\s*\\};`,
		'm'
	).exec(code);
	return plain?.[1] ?? `${name}(i)`;
}
