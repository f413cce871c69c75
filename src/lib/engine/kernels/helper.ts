/** The script of a helper thread: a worker that joins a pool, says so, and serves it until it is ended. */
import type { HelperStart } from './threads';

addEventListener('message', ({ data }: MessageEvent<HelperStart>) => {
	const { exports } = new WebAssembly.Instance(data.module, { env: { memory: data.memory } });
	postMessage('joined');
	(exports.help as (pool: number) => void)(data.pool);
});
