import { m } from '$lib/i18n';
import { formatCount } from '../../words/format';
import type { InceptionMorph } from './inceptionMorph.svelte';
import { channels, type MorphStage } from './knobs';

export function stageName(stage: MorphStage): string {
	return {
		inception: m.xception_morph_inception,
		simplified: m.xception_morph_simplified,
		segments: m.xception_morph_joined,
		extreme: m.xception_morph_extreme
	}[stage]();
}

/** What is to be seen in the present stage. */
export function stageText({ stage, segments, costs }: InceptionMorph): string {
	const params = formatCount(costs.find((cost) => cost.stage === stage)!.params.total);
	switch (stage) {
		case 'inception':
			return m.xception_morph_inception_text({ count: channels });
		case 'simplified':
			return segments === 1
				? m.xception_morph_one_text({ params })
				: m.xception_morph_simplified_text({ segments, params });
		case 'segments':
			if (segments === 1) return m.xception_morph_one_text({ params });
			if (segments === channels) return m.xception_morph_extreme_text({ count: channels, params });
			return m.xception_morph_joined_text({ segments, count: channels, params });
		case 'extreme':
			return m.xception_morph_extreme_text({ count: channels, params });
	}
}
