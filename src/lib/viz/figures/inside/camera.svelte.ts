import { easeCubicOut } from 'd3-ease';
import { poseAt, poseBetween, wayLength, type Place, type Pose, type Scene } from './layout/zoom';

/** The camera's way to a place, from wherever it is. Time is told from outside. */
export class Camera {
	readonly #scene: () => Scene;
	readonly #place: () => Place;
	readonly #isStill: () => boolean;
	#from = $state.raw<Pose | null>(null);
	#elapsed = $state(0);
	/** Where fingers or a wheel hold it; `null` while they do not. */
	#held = $state.raw<Place | null>(null);

	readonly held = $derived(this.#held);
	readonly isMoving = $derived(this.#from !== null);
	readonly #goal = $derived.by(() => poseAt(this.#scene(), this.#held ?? this.#place()));
	readonly pose: Pose = $derived.by(() =>
		this.#from === null
			? this.#goal
			: poseBetween(this.#from, this.#goal, easeCubicOut(Math.min(1, this.#elapsed / this.#length)))
	);
	/** Milliseconds that the whole way takes. */
	readonly #length = $derived.by(() => (this.#from === null ? 1 : wayLength(this.#from, this.#goal)));

	/**
	 * @param place where it goes
	 * @param isStill whether motion is unwanted
	 */
	constructor(scene: () => Scene, place: () => Place, isStill: () => boolean) {
		this.#scene = scene;
		this.#place = place;
		this.#isStill = isStill;
	}

	/** To be called before the place changes: the way begins at what is shown now. */
	begin(): void {
		this.#from = this.#isStill() ? null : this.pose;
		this.#elapsed = 0;
	}

	/** Is at a place between two levels, where a hand has it. */
	hold(place: Place): void {
		this.#held = place;
		this.#from = null;
	}

	/** The hand lets go: it goes on from there. */
	letGo(): void {
		if (!this.#held) return;
		this.begin();
		this.#held = null;
	}

	/** Lets some time pass. */
	advance(milliseconds: number): void {
		this.#elapsed += milliseconds;
		if (this.#elapsed >= this.#length) this.#from = null;
	}
}
