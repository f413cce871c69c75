import { Session, type LaneStep, type Plan, type Standing } from '$lib/training/session';
import type { Looking, Report } from '$lib/viz/figures/training/runner';

/** What the page asks for. */
export type Order =
	| { readonly kind: 'open'; readonly plan: Plan; readonly from: Standing | null; readonly number: number }
	| { readonly kind: 'run'; readonly until: number }
	| { readonly kind: 'look'; readonly looking: Looking | null }
	/** Wants to be told where it stands at a step that it has not gone beyond. */
	| { readonly kind: 'stand'; readonly at: number };

/** What the page hears: of which plan, by its number. */
export type Answer = Report & { readonly number: number; readonly standing: Standing | null };

/** Milliseconds between reports: more often than a reader sees, nobody needs to be told. */
const pause = 50;

let session: Session | null = null;
let number = 0;
let until = 0;
let looking: Looking | null = null;
/** By lane, since the last report. */
let steps: LaneStep[][] = [];
let told = 0;
/** Step at which the page wants to be told where it stands. */
let standAt: number | null = null;
/** Whether the next step is on its way. */
let isGoing = false;

function tell(): void {
	if (!session) return;
	const look = looking && session.lanes.includes(looking.lane) ? looking : null;
	const answer: Answer = {
		...{ number, steps, pulls: session.pulls() },
		look: look && session.look(look.lane, look.picture),
		standing: session.step === standAt ? session.standing : null
	};
	if (answer.standing) standAt = null;
	steps = session.lanes.map(() => []);
	told = performance.now();
	postMessage(answer);
}

/** Takes a step with one lane, and lets orders in before the next. */
function go(): void {
	isGoing = false;
	if (!session || session.step >= until) return;
	const { lane, came } = session.next();
	steps[lane]!.push(came);
	// With the last lane of a step all stand at it.
	if (session.step >= until || session.step === standAt || performance.now() - told >= pause) tell();
	if (session.step < until) goOn();
}

const { port1, port2 } = new MessageChannel();
port1.onmessage = go;

/** A message to itself comes after orders that wait, and at once, which a timer does not. */
function goOn(): void {
	if (isGoing) return;
	isGoing = true;
	port2.postMessage(null);
}

addEventListener('message', ({ data: order }: MessageEvent<Order>) => {
	switch (order.kind) {
		case 'open':
			({ number } = order);
			session = new Session(order.plan, order.from);
			until = session.step;
			standAt = null;
			steps = session.lanes.map(() => []);
			return;
		case 'run':
			({ until } = order);
			goOn();
			return;
		case 'look':
			({ looking } = order);
			// While it plays, the next report has it.
			if (session && session.step >= until) tell();
			return;
		case 'stand':
			standAt = order.at;
			if (session?.step === standAt) tell();
	}
});
