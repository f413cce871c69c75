import { Session, type LaneStep } from '$lib/training/session';
import { story } from '../../story';
import type { OpenRunner } from './runner';
import { Training } from './training.svelte';
import TrainingFigure from './TrainingFigure.svelte';

/** Trains at once, on the page: the same curve wherever a story is drawn. */
const atOnce: OpenRunner = (hear) => {
	let session: Session | null = null;
	return {
		open: (plan, from) => (session = new Session(plan, from)),
		run(until) {
			const steps: LaneStep[][] = session!.lanes.map(() => []);
			while (session!.step < until) session!.advance().forEach((came, lane) => steps[lane]!.push(came));
			hear({ steps, pulls: session!.pulls(), look: null });
			return until;
		},
		pause: () => session!.step,
		look: () => {},
		stand: () => Promise.resolve(session && { standing: session.standing, pulls: session.pulls() }),
		close: () => {}
	};
};

const at = (search: string) => () => ({ training: new Training(search) });

export default story(
	TrainingFigure,
	{
		together: at(''),
		space: at('?task=space'),
		colour: at('?task=colour&channels=8&b=4&groups=4'),
		'one-group': at('?b=1&depth=2'),
		begun: () => {
			const training = new Training('?batch=16', atOnce);
			training.guess('standard', 'learns');
			for (let step = 0; step < 4; step++) training.forward();
			return { training };
		}
	},
	{ isPanel: true }
);
