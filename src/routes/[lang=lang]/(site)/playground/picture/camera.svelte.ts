/**
 * Why there is no camera.
 *
 * - `unsupported`: the browser gives none to this page (it is not served over HTTPS, for one)
 * - `refused`: the reader or the system said no
 * - `missing`: the device has none
 * - `taken`: another program has it, or it does not start
 */
export type CameraProblem = 'unsupported' | 'refused' | 'missing' | 'taken';

export type Facing = 'user' | 'environment';

/** A camera as a stream for a video element. */
export class Camera {
	stream: MediaStream | null = $state.raw(null);
	problem: CameraProblem | null = $state(null);
	facing: Facing = $state('user');
	/** Whether there is another one to turn to. */
	hasSeveral = $state(false);
	isStarting = $state(false);
	/** Whether it is turned to the reader, who expects a mirror; what networks are given is as the camera has it. */
	isMirror = $state(false);

	/** Asks for a camera; the one that faces the reader, or the one on the back, where there are both. */
	async start(facing: Facing): Promise<void> {
		this.stop();
		this.facing = facing;
		this.problem = null;
		this.isStarting = true;
		try {
			if (!navigator.mediaDevices) {
				this.problem = 'unsupported';
				return;
			}
			this.stream = await navigator.mediaDevices.getUserMedia({
				video: { facingMode: facing, width: { ideal: 640 }, height: { ideal: 480 } }
			});
			const [track] = this.stream.getVideoTracks();
			track?.addEventListener('ended', () => this.stop());
			// What was asked for is a wish, and a camera on a screen does not say where it looks.
			this.isMirror = (track?.getSettings().facingMode ?? facing) === 'user';
			const devices = await navigator.mediaDevices.enumerateDevices();
			this.hasSeveral = devices.filter(({ kind }) => kind === 'videoinput').length > 1;
		} catch (error) {
			this.problem = problemOf(error);
		} finally {
			this.isStarting = false;
		}
	}

	stop(): void {
		for (const track of this.stream?.getTracks() ?? []) track.stop();
		this.stream = null;
	}
}

function problemOf(error: unknown): CameraProblem {
	const name = error instanceof DOMException ? error.name : '';
	if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
	return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'taken';
}
