import { expose, releaseProxy, transfer } from 'comlink';
import { trustOwnScripts } from '../stored/trusted';
import { EngineHost, type BenchmarkReply, type Loaded, type Reply, type RunReply } from './host';
import { serveWasmFiles } from './wasmFiles';

trustOwnScripts();
serveWasmFiles();

/** The host as the page's thread sees it: values are handed over rather than copied, and callbacks let go. */
class WorkerHost extends EngineHost {
	override async load(...request: Parameters<EngineHost['load']>): Promise<Reply<Loaded>> {
		return super.load(...request).finally(() => release(request[3]));
	}

	override async benchmark(...request: Parameters<EngineHost['benchmark']>): Promise<Reply<BenchmarkReply>> {
		return super.benchmark(...request).finally(() => release(request[3]));
	}

	override async run(...request: Parameters<EngineHost['run']>): Promise<Reply<RunReply>> {
		const reply = await super.run(...request);
		if (!reply.ok) return reply;
		const { output, watched } = reply.value;
		const buffers = new Set([output, ...Object.values(watched)].map(({ data }) => data.buffer));
		return transfer(reply, [...buffers]);
	}
}

/** Lets go of a callback of the page's thread. */
function release(callback: object): void {
	(callback as { [releaseProxy]?: () => void })[releaseProxy]?.();
}

expose(new WorkerHost());
