/** SvelteKit's `$lib`, in the form in which dependency-cruiser takes an alias. */
const path = require('node:path');
module.exports = {
	resolve: {
		alias: { $lib: path.resolve(__dirname, '../src/lib') },
		extensions: ['.ts', '.js', '.svelte', '.svelte.ts', '.json']
	}
};
