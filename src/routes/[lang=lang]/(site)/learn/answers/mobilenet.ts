import type { Locale } from '$lib/i18n';
import type { LayerKind } from '$lib/nets';
import type { Texts } from '$lib/lessons/compiler/compile';
import quantities, { kinds } from '../quantities/mobilenet';

/** The kind that holds the most weights for what it computes. */
const heaviest = kinds.reduce((most, kind) =>
	kind.paramsShare / kind.macsShare > most.paramsShare / most.macsShare ? kind : most
).kind;
const names: Readonly<Partial<Record<LayerKind, Readonly<Record<Locale, string>>>>> = {
	dense: { en: 'The classifier', zh: '分类器' },
	depthwise: { en: 'The depthwise layers', zh: '逐深度层' },
	standard: { en: 'The first convolution', zh: '第一个卷积' }
};

export default {
	'half-input': (language) => {
		const times = quantities.halfInput(language);
		return {
			en: `Parameters stay, MACs fall to about 1/${times}`,
			zh: `参数不变，乘加约为 1/${times}`
		}[language];
	},
	'holds-weights': (language) => names[heaviest]![language],
	'half-width': quantities.halfMacs
} satisfies Texts;
