import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{
		ignores: [
			'.svelte-kit/',
			'build/',
			'node_modules/',
			'src/lib/i18n/generated/',
			'src/lib/engine/kernels/assembly/',
			'src/lib/engine/kernels/generated/',
			'static/'
		]
	},
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			// TypeScript knows what is defined.
			'no-undef': 'off',
			'no-console': 'error',
			eqeqeq: 'error',
			'prefer-const': 'error',
			'no-restricted-syntax': [
				'error',
				{
					selector: 'MemberExpression[computed=true][object.name="m"]',
					message:
						'A computed name pulls every message of the site into the page: list the messages that can be meant.'
				},
				{
					selector: 'NewExpression[callee.name=/^(Shared)?Worker$/]',
					message:
						'Start workers by startWorker (src/lib/stored), which puts them under the page’s security policy.'
				}
			],
			'no-restricted-imports': [
				'error',
				{
					name: 'comlink',
					importNames: ['wrap'],
					message:
						'Start workers that answer calls by callWorker (src/lib/stored), which lets go of them when they end.'
				}
			],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } },
		rules: {
			// $props() needs let where a prop is bound; the Svelte-aware twin knows.
			'prefer-const': 'off',
			'svelte/prefer-const': 'error'
		}
	},
	{ files: ['src/lib/stored/callWorker.ts'], rules: { 'no-restricted-imports': 'off' } },
	{ files: ['src/lib/stored/startWorker.ts', 'tests/**'], rules: { 'no-restricted-syntax': 'off' } },
	{
		files: ['tests/unit/**', 'tests/golden/**', 'tests/parity/**'],
		ignores: ['tests/unit/until.ts'],
		rules: {
			'no-restricted-properties': [
				'error',
				...['waitFor', 'waitUntil'].map((property) => ({
					...{ object: 'vi', property },
					message: 'Wait by until (tests/unit/until.ts): a second is little on a busy machine.'
				}))
			]
		}
	},
	{ files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
	{ files: ['tools/**', 'tests/**', 'vitest.config.ts'], rules: { 'no-console': 'off' } }
);
