import { m } from '$lib/i18n';
import { isolated, plainName } from '$lib/nets/plainText';

/** Characters of a value from outside that a sentence holds: what a person reads of it. */
const longest = 120;

/** A value as it stands in a sentence, whose words it does not turn round. */
export function cut(text: string): string {
	return isolated(short(text));
}

function short(text: string): string {
	const plain = plainName(text);
	return plain.length > longest ? `${plain.slice(0, longest - 1)}…` : plain;
}

/** Names from which on the first stands for all. */
const many = 4;

/** Files of a network, the one first that says what the others are of: shards by the dozen tell nothing. */
export const cutFiles = (names: readonly string[]): string =>
	names.length >= many
		? m.formats_kept_files({ file: cut(names[0]!), count: names.length - 1 })
		: cutNames(names);

/**
 * Names as they stand in a sentence: the first, each whole unless it alone is too long, and how many there are besides.
 * @param count of all names, where only the first are known
 */
export function cutNames(names: readonly string[], count = names.length): string {
	const comma = m.playground_comma();
	const [first = '', ...others] = names;
	let list = cut(first);
	let said = 1;
	for (const name of others) {
		if (list.length + comma.length + name.length > longest) break;
		list += comma + cut(name);
		said++;
	}
	return count > said ? m.formats_and_more({ list, count: String(count - said) }) : list;
}
