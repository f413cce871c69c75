import type { Plugin } from 'vite';

/** Adds an empty page to a development server, `/bench`, in which this repository's sources can be imported. */
export const benchPage = (): Plugin => ({
	name: 'bench-page',
	configureServer: ({ middlewares }) => {
		middlewares.use((_request, response, next) => {
			// Shared memory, so threads, only in isolated pages, which also have the finer clock.
			response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
			response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
			next();
		});
		middlewares.use('/bench', (_request, response) => {
			response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>bench</title>');
		});
	}
});
