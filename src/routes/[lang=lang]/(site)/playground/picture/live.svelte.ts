import type { Picture } from '$lib/engine/client';
import { pageSheet, SquareReader } from '$lib/running/picture/reduce';

/** Pixels a side of a frame that goes to the networks: a little more than most look at. */
const frameSide = 320;

/** Frames over which the rate is taken. */
const window = 20;

/** Who gets the frames. */
export interface Audience {
	/** Runs the networks on a frame; resolves to whether all went well. */
	frame(pixels: Picture): Promise<boolean>;
	/** Called when frames begin to come, and when they end. */
	setLive(isLive: boolean): void;
}

/** Gives a video's frames to the networks, each as soon as the one before is done, so that none waits in a queue. */
export class Live {
	isPaused = $state(false);
	/** Whether a video is there whose frames come, or could. */
	hasVideo = $state(false);
	/** Frames a second over the last few; `null` until there are two. */
	rate: number | null = $state(null);
	readonly #audience: Audience;
	readonly #reader = new SquareReader(frameSide, pageSheet);
	#video: HTMLVideoElement | null = null;

	constructor(audience: Audience) {
		this.#audience = audience;
	}

	/** Begins with a video that plays; ends when it is paused here, or stopped, or a run fails. */
	async start(video: HTMLVideoElement): Promise<void> {
		this.#video = video;
		this.hasVideo = true;
		this.isPaused = false;
		this.rate = null;
		this.#audience.setLive(true);
		const isOn = () => this.#video === video && !this.isPaused;
		const times: number[] = [];
		while (isOn()) {
			await nextFrame(video);
			if (!isOn()) return;
			if (video.videoWidth === 0) continue;
			const pixels = this.#reader.read(video, video.videoWidth, video.videoHeight);
			if (!(await this.#audience.frame(pixels)) && isOn()) this.pause();
			times.push(performance.now());
			if (times.length > window) times.shift();
			if (times.length > 1) this.rate = ((times.length - 1) * 1000) / (times.at(-1)! - times[0]!);
		}
	}

	/** Stands still on the last frame. */
	pause(): void {
		this.isPaused = true;
		this.#audience.setLive(false);
	}

	stop(): void {
		this.#video = null;
		this.hasVideo = false;
		this.#audience.setLive(false);
	}
}

/** Resolves with the video's next frame; with the screen's where the browser does not tell of the video's. */
function nextFrame(video: HTMLVideoElement): Promise<void> {
	return new Promise((resolve) => {
		if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => resolve());
		else requestAnimationFrame(() => resolve());
	});
}
