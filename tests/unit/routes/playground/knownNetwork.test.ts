import { expect, it } from 'vitest';
import { networks, resolveGraph, weightSpecs } from '$lib/nets';
import { knownNetwork } from '../../../../src/routes/[lang=lang]/(site)/playground/knownNetwork';
import { torchvision } from '../../formats/torchvision';

const none = new Float32Array();
const known = Object.keys(torchvision) as (keyof typeof torchvision)[];

it.each(known)('weights under torchvision’s names are known to be those of %s', (id) => {
	const tensors = torchvision[id]().map(([name, ...shape]) => ({ name, shape, data: none }));
	expect(knownNetwork(tensors)).toBe(id);
	expect(knownNetwork(tensors.slice(2))).toBeNull();
	const [first, ...others] = tensors;
	expect(knownNetwork([{ ...first!, shape: first!.shape.map((n) => n + 1) }, ...others])).toBeNull();
});

it('weights under this site’s own names are known by them', () => {
	const net = resolveGraph(networks.squeezenet.build({ version: '1.0' }));
	const tensors = weightSpecs(net).flatMap(({ id, specs }) =>
		specs.map(({ name, shape }) => ({ name: `${id}/${name}`, shape, data: none }))
	);
	expect(knownNetwork(tensors)).toBe('squeezenet');
	expect(knownNetwork([])).toBeNull();
});
