/** The script of a helper thread: a worker that serves the pool of {@link file://./threads.ts} and never returns. */
import type { HelperStart } from './threads';

addEventListener('message', ({ data }: MessageEvent<HelperStart>) => {
	const { exports } = new WebAssembly.Instance(data.module, { env: { memory: data.memory } });
	(exports.help as (pool: number) => void)(data.pool);
});
