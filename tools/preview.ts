/**
 * Serves the built site as a static host would, and builds it first where there is no build: `npm run preview -- --port 4173`. Where
 * that port is taken, another is.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readArguments, readNumber } from './arguments';
import { runCommand } from './streams';
import { serveSite } from './siteServer';

const { values } = readArguments('preview', { options: { port: { type: 'string', default: '4173' } } });
const port = readNumber('preview', 'port', values.port, { min: 0, max: 65535, isWhole: true });
await runCommand('preview', async () => {
	if (!existsSync('build/en.html')) {
		const { status } = spawnSync('npm', ['run', 'build'], {
			stdio: 'inherit',
			shell: process.platform === 'win32'
		});
		if (status !== 0) process.exit(status ?? 1);
	}
	const { url } = await serveSite({ port }).catch((error: NodeJS.ErrnoException) => {
		if (error.code !== 'EADDRINUSE') throw error;
		console.log(`Port ${port} is taken.`);
		return serveSite();
	});
	console.log(`${url}/`);
});
