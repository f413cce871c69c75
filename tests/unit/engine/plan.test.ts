import { describe, expect, it } from 'vitest';
import { planGraph } from '../../../src/lib/engine/program/plan';
import { networkById, resolveGraph } from '../../../src/lib/nets';

/** The units of a network, each as the nodes that it computes. */
function unitsOf(
	id: string,
	{ knobs = {}, watch = [], kernels = true }: { knobs?: object; watch?: string[]; kernels?: boolean } = {}
) {
	const resolved = resolveGraph(networkById(id).build(knobs));
	const stored = [resolved.output, ...watch.map((ref) => resolved.byRef.get(ref)!)];
	return planGraph(resolved, stored, kernels).units.map(({ nodes, kind }) =>
		kind === 'arrange' ? 'arrange' : nodes.map((node) => node.id).join(' ')
	);
}

const separable = (i: number) => [
	`conv_dw_${i} conv_dw_${i}_bn conv_dw_${i}_relu`,
	`conv_pw_${i} conv_pw_${i}_bn conv_pw_${i}_relu`
];

describe('planGraph', () => {
	it('folds batch norm and ReLU6 of MobileNet, and drops its dropout', () => {
		for (const kernels of [true, false])
			expect(unitsOf('mobilenet', { kernels })).toEqual([
				'conv1 conv1_bn conv1_relu',
				...Array.from({ length: 13 }, (_, i) => separable(i + 1)).flat(),
				'global_pool',
				'conv_preds',
				'softmax'
			]);
	});

	it('unfolds what is watched, and nothing else', () => {
		expect(unitsOf('mobilenet', { watch: ['conv_pw_1', 'conv_dw_2_bn'] }).slice(0, 6)).toEqual([
			'conv1 conv1_bn conv1_relu',
			'conv_dw_1 conv_dw_1_bn conv_dw_1_relu',
			'conv_pw_1',
			'conv_pw_1_bn',
			'conv_pw_1_relu',
			'conv_dw_2 conv_dw_2_bn'
		]);
	});

	it('folds the batch norm of a separable convolution of Xception into its pointwise half, and adds in place', () => {
		const units = unitsOf('xception');
		expect(units).toContain('block5_sepconv1_dw');
		expect(units).toContain('block5_sepconv1_pw block5_sepconv1_bn block5_sepconv2_act');
		expect(units).toContain('block5_sepconv3_pw block5_sepconv3_bn block5_add');
		expect(units).toContain('block2_shortcut block2_shortcut_bn block2_add');
	});

	it('runs a ShuffleNet unit in three, its shuffle in none', () => {
		expect(unitsOf('shufflenet').filter((unit) => unit.includes('stage3/unit2/'))).toEqual(
			['gconv1 gconv1_bn gconv1_relu', 'dwconv dwconv_bn', 'gconv2 gconv2_bn add relu'].map((unit) =>
				unit.replaceAll(/\w+/g, (name) => `stage3/unit2/${name}`)
			)
		);
	});

	it('concatenates in place: the branch of a ShuffleNet unit of stride 2, both branches of a fire module', () => {
		expect(unitsOf('shufflenet')).toContain(
			['gconv2', 'gconv2_bn', 'concat', 'relu'].map((name) => `stage3/unit1/${name}`).join(' ')
		);
		const fire = ['expand1x1', 'relu_expand1x1', 'expand3x3', 'relu_expand3x3', 'concat'];
		expect(unitsOf('squeezenet')).toContain(fire.map((name) => `fire2/${name}`).join(' '));
		expect(unitsOf('squeezenet', { watch: ['fire2/relu_expand1x1'] })).toContain(
			['expand3x3', 'relu_expand3x3', 'concat'].map((name) => `fire2/${name}`).join(' ')
		);
	});

	it('puts shuffled channels in order only for what cannot follow them', () => {
		expect(unitsOf('shufflenet')).not.toContain('arrange');
		// Of 16 units of ShuffleNetV2, 13 are followed by a split; stages and the last convolution follow any order.
		expect(unitsOf('shufflenet-v2').filter((unit) => unit === 'arrange')).toHaveLength(13);
	});

	it('leaves out what nothing asks for', () => {
		const resolved = resolveGraph(networkById('mobilenet').build());
		const { units } = planGraph(resolved, [resolved.byRef.get('conv1')!], true);
		expect(units.map(({ nodes }) => nodes.map(({ id }) => id))).toEqual([['conv1']]);
	});
});
