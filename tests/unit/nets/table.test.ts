import { expect, it } from 'vitest';
import { formatTable, type TableColumn } from '$lib/nets';

interface Row {
	readonly name: string;
	readonly macs: number;
}

const columns: readonly TableColumn<Row>[] = [
	{ title: 'Layer', value: (row) => row.name },
	{ title: 'MACs', value: (row) => row.macs }
];
const rows: readonly Row[] = [
	{ name: 'conv_pw_1', macs: 25690112 },
	{ name: 'say "3×3", 50% | a\\b', macs: 0 }
];

it("formatTable('csv', …) quotes what needs it", () => {
	expect(formatTable('csv', columns, rows)).toBe(
		'Layer,MACs\r\nconv_pw_1,25690112\r\n"say ""3×3"", 50% | a\\b",0\r\n'
	);
});

it("formatTable('markdown', …) aligns numbers to the right and escapes bars", () => {
	expect(formatTable('markdown', columns, rows)).toBe(
		'| Layer | MACs |\n| --- | ---: |\n| conv_pw_1 | 25690112 |\n| say "3×3", 50% \\| a\\\\b | 0 |\n'
	);
});

it("formatTable('latex', …) escapes LaTeX’s own characters", () => {
	expect(formatTable('latex', columns, rows)).toBe(
		[
			'\\begin{tabular}{lr}',
			'\t\\toprule',
			'\tLayer & MACs \\\\',
			'\t\\midrule',
			'\tconv\\_pw\\_1 & 25690112 \\\\',
			'\tsay "3$\\times$3", 50\\% | a\\textbackslash{}b & 0 \\\\',
			'\t\\bottomrule',
			'\\end{tabular}',
			''
		].join('\n')
	);
});
