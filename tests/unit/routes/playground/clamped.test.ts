import { expect, it } from 'vitest';
import { networkById, resolveGraph } from '$lib/nets';
import { clampedIn } from '../../../../src/routes/[lang=lang]/(site)/playground/inside/clamped';

const shuffle = resolveGraph(networkById('shufflenet').build());
const laneOf = (integers: object | null) => ({ integers, parts: { graph: shuffle } }) as never;
const taken = { isComputed: true, isTaken: true, isOfFile: false };

it('clampedIn(lane) names the layers whose maps are those after the ReLU that follows', async () => {
	expect([...(await clampedIn(laneOf(taken)))]).toContain('stage3/unit1/gconv2_bn');
});

it.each([
	['on 32-bit numbers', null],
	['where integers cannot compute it', { isComputed: false }],
	['where integers are slower', { ...taken, isTaken: false }],
	['by the integers of its file', { ...taken, isOfFile: true }]
])('clampedIn(lane) names none %s', async (_, integers) => {
	expect((await clampedIn(laneOf(integers))).size).toBe(0);
});
