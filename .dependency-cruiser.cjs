/** The rooms of docs/architecture.md and who may import whom. Type imports count. */
const room = (name, mayImport, why) => ({
	name,
	severity: 'error',
	comment: why,
	from: { path: `^src/lib/${name}/` },
	to: { path: '^src/', pathNot: mayImport.map((m) => `^src/lib/${m}/`) }
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
	forbidden: [
		room('ops', ['ops'], 'Operators are pure and know nothing of networks, pictures or pages.'),
		room('nets', ['nets', 'ops'], 'Networks and analyses are pure.'),
		room(
			'formats',
			['formats', 'nets', 'ops'],
			'Readers of files take bytes and give plain data: no page, no engine.'
		),
		room(
			'training',
			['training', 'nets', 'ops'],
			'Learning is arithmetic on plain arrays: it runs in any worker, and in Node.'
		),
		room(
			'engine',
			['engine', 'formats', 'nets', 'ops', 'stored'],
			'The engine takes graphs and gives plain arrays.'
		),
		room(
			'viz',
			['viz', 'nets', 'ops', 'training', 'i18n', 'stored'],
			'Figures get plain data from their page, never the engine.'
		),
		room('stored', ['stored'], 'What the browser keeps knows nothing of what it is for.'),
		room(
			'running',
			['running', 'engine', 'formats', 'training', 'viz', 'nets', 'ops', 'i18n', 'stored'],
			'What pages share of running networks.'
		),
		room('lessons', ['lessons', 'i18n'], 'Lessons are words and ids of figures.'),
		room('i18n', ['i18n'], 'Messages know nothing.'),
		{
			name: 'no-figure-imports-another',
			severity: 'error',
			comment: 'What two figures need has a room of viz: ui, tensor, plot, words, or one by its name.',
			from: { path: '^src/lib/viz/figures/([^/]+)/' },
			to: { path: '^src/lib/viz/figures/', pathNot: '^src/lib/viz/figures/$1/' }
		},
		{
			name: 'shared-rooms-know-no-figure',
			severity: 'error',
			comment: 'A part that several figures use does not know whose it is.',
			from: { path: '^src/lib/viz/[^/]+/', pathNot: '^src/lib/viz/figures/' },
			to: { path: '^src/lib/viz/figures/' }
		},
		{
			name: 'tensorflow-only-in-engine',
			severity: 'error',
			comment: 'One room talks to TensorFlow.js, so that no other page loads it.',
			from: { path: '^src/', pathNot: '^src/lib/engine/' },
			to: { path: 'node_modules/@tensorflow/' }
		},
		{
			name: 'pure-rooms-have-no-framework',
			severity: 'error',
			comment: 'ops, nets, formats, training and layout run anywhere: no Svelte, no DOM library.',
			from: { path: ['^src/lib/(ops|nets|formats|training)/', '^src/lib/viz/.*/layout/'] },
			to: { path: 'node_modules/(svelte|@sveltejs|d3-selection|d3-zoom|d3-transition|d3-drag)/' }
		},
		{ name: 'no-circular', severity: 'error', from: {}, to: { circular: true, pathNot: 'generated' } },
		{
			name: 'no-orphans',
			severity: 'error',
			comment: 'A file that nobody imports is dead, or should be a tool or a test.',
			from: {
				orphan: true,
				path: '^src/lib/',
				pathNot: ['\\.d\\.ts$', '^src/lib/i18n/generated/', '\\.(story|figure)\\.ts$', '\\.json$']
			},
			to: {}
		},
		{
			name: 'resolvable',
			severity: 'error',
			from: {},
			to: { couldNotResolve: true, pathNot: '^(virtual:|\\$(app|env|service-worker)|\\./\\$types)' }
		}
	],
	options: {
		doNotFollow: { path: 'node_modules' },
		tsPreCompilationDeps: true,
		tsConfig: { fileName: 'tsconfig.json' },
		webpackConfig: { fileName: 'tools/aliases.cjs' },
		enhancedResolveOptions: {
			exportsFields: ['exports'],
			conditionNames: ['svelte', 'import', 'types', 'node', 'default']
		}
	}
};
