import { Painter, type Order } from './painter';

let painter: Painter | undefined;

/** Takes the canvas, and then does orders; says when each is done. */
addEventListener('message', ({ data }: MessageEvent<OffscreenCanvas | Order>) => {
	if (data instanceof OffscreenCanvas) {
		painter = new Painter(data);
		return;
	}
	painter?.do(data);
	postMessage(null);
});
