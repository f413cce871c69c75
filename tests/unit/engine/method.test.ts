import { describe, expect, it } from 'vitest';
import { planWinograd } from '../../../src/lib/engine/kernels/plan';
import { methodOf, prefersWinograd, type Method } from '../../../src/lib/engine/program/method';
import { networkById, resolveGraph } from '../../../src/lib/nets';
import { resolveWindow, type WindowOptions } from '../../../src/lib/ops/window';

/** A convolution that keeps the size of its maps, or halves it. */
function geometry(
	size: number,
	inChannels: number,
	outChannels: number,
	options: Partial<WindowOptions> = {}
) {
	const window = resolveWindow([size, size, inChannels], { kernelSize: 3, padding: 'same', ...options });
	return { ...window, inChannels, outChannels, groups: 1 };
}

describe('Winograd’s method is chosen where it was measured to gain', () => {
	it.each([
		['ResNet’s 3×3 on 56×56', geometry(56, 64, 64), true],
		['ResNet’s 3×3 on 28×28', geometry(28, 128, 128), true],
		['ResNet’s 3×3 on 14×14', geometry(14, 256, 256), true],
		['SqueezeNet’s first 3×3', geometry(55, 16, 64), true],
		['SqueezeNet’s last 3×3', geometry(13, 64, 256), true],
		['few channels on large maps', geometry(32, 16, 16), true],
		['7×7 at stride 2 of a picture', geometry(224, 3, 64, { kernelSize: 7, stride: 2 }), true],
		['7×7 maps of 512 channels', geometry(7, 512, 512), false],
		['a picture’s three channels', geometry(32, 3, 16), false],
		['a single position', geometry(1, 64, 64), false],
		['maps that no tile divides well', geometry(5, 32, 32), false],
		['7×7 at stride 2 to few channels', geometry(64, 3, 8, { kernelSize: 7, stride: 2 }), false],
		['stride 2', geometry(56, 64, 64, { stride: 2 }), false],
		['a stride of rows alone', geometry(56, 64, 64, { stride: [2, 1] }), false],
		['dilation', geometry(56, 64, 64, { dilation: 2 }), false],
		['7×7 at stride 1', geometry(56, 64, 64, { kernelSize: 7 }), false],
		['3×1', geometry(56, 64, 64, { kernelSize: [3, 1] }), false],
		['groups', { ...geometry(56, 64, 64), groups: 2 }, false],
		['as many channels as its error is known for', geometry(56, 1024, 64), true],
		['more channels than that', geometry(56, 1028, 64), false],
		[
			'more at 7×7, which takes four times as many',
			geometry(56, 260, 64, { kernelSize: 7, stride: 2 }),
			false
		]
	])('%s', (_title, of, expected) => {
		expect(prefersWinograd(of)).toBe(expected);
	});

	it('in SqueezeNet: the first layer and all 3×3; without our kernels nowhere', () => {
		const { nodes } = resolveGraph(networkById('squeezenet').build());
		const by = (kernels: boolean, method: Method) =>
			nodes.filter((node) => node.op === 'conv2d' && methodOf(node, kernels) === method).map(({ id }) => id);
		const expand = [2, 3, 4, 5, 6, 7, 8, 9].map((n) => `fire${n}/expand3x3`);
		expect(by(true, 'winograd')).toEqual(['conv1', ...expand]);
		expect(by(false, 'winograd')).toEqual([]);
	});
});

it('scratch memory of Winograd’s method is at most 1.3 MB a thread, whatever is computed so', () => {
	for (const size of [1, 14, 300])
		for (const options of [{}, { kernelSize: 7, stride: 2 }])
			for (const inChannels of [1, 4, 16, 64, 250, 650, 1024])
				for (const outChannels of [8, 1024])
					for (const threads of [1, 2, 8]) {
						const of = geometry(size, inChannels, outChannels, options);
						if (inChannels > 256 && of.stride[0] === 2) continue;
						const { scratchBytes } = planWinograd(of, of, [size, size], 'none', outChannels, threads);
						expect(scratchBytes! / threads).toBeLessThan(1.3e6);
					}
});
