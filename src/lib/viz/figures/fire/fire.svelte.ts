import type { KnobValues } from '$lib/nets/knobs';
import { FigureKnobs } from '../../ui/figureKnobs.svelte';
import { fireKnobs } from './knobs';
import { changeOf, costOfFire, type FireModule, moduleOf } from './modules';

/** A fire module that the reader makes wider and narrower, and what it costs. */
export class Fire {
	readonly knobs: FigureKnobs<typeof fireKnobs>;
	readonly isLocked = $derived.by(() => this.knobs.values.lock);
	readonly module = $derived.by(() => moduleOf(this.knobs.values));
	readonly cost = $derived.by(() => costOfFire(this.module));

	constructor(given: Partial<KnobValues<typeof fireKnobs>> = {}) {
		this.knobs = new FigureKnobs(fireKnobs, given);
	}

	set(given: Partial<FireModule>): void {
		this.knobs.set(changeOf(this.isLocked, given));
	}

	/** Ties the expands to the squeeze, or lets them go from where they are. */
	lock(lock: boolean): void {
		const { e1, e3 } = this.module;
		this.knobs.set({ lock, e1, e3 });
	}

	/** Shows a module of SqueezeNet, which all keep to the lock. */
	show(module: FireModule): void {
		this.knobs.set({ ...module, lock: true });
	}

	isShown(module: FireModule): boolean {
		return Object.entries(module).every(([name, value]) => this.module[name as keyof FireModule] === value);
	}
}
