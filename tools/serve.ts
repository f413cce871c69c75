/** Serves build/ as a static host would, at / and, as under user.github.io/repo/, at /repo/: `npm run preview -- --port 4173`. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import sirv from 'sirv';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
if (!existsSync('build/en.html')) {
	console.error('There is no build/ yet: run "npm run build" first.');
	process.exit(1);
}

const files = sirv('build', {
	dev: false,
	etag: true,
	setHeaders: (response) => {
		response.setHeader('cross-origin-opener-policy', 'same-origin');
		response.setHeader('cross-origin-embedder-policy', 'require-corp');
		response.setHeader('cross-origin-resource-policy', 'cross-origin');
	}
});

createServer((request, response) => {
	request.url = (request.url ?? '/').replace(/^\/repo(?=\/)/, '');
	files(request, response, () =>
		response
			.writeHead(404, { 'content-type': 'text/html; charset=utf-8' })
			.end(readFileSync('build/404.html'))
	);
}).listen(Number(values.port), '127.0.0.1', () => console.log(`http://127.0.0.1:${values.port}/`));
