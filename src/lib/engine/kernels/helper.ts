/** The script of a helper thread: a worker that says that it is up, then serves a pool and never returns. */
import type { HelperStart } from './threads';

addEventListener('message', ({ data }: MessageEvent<HelperStart>) => {
	const { exports } = new WebAssembly.Instance(data.module, { env: { memory: data.memory } });
	(exports.help as (pool: number) => void)(data.pool);
});
postMessage('up');
