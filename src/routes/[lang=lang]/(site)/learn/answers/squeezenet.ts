import { squeezenetModules } from '$lib/viz/figures/fire/modules';
import type { Texts } from '$lib/lessons/compiler/compile';
import quantities from '../quantities/squeezenet';

/** Modules with as many channels out as in: only there can the input be added to the output. */
const sameChannels = squeezenetModules()
	.filter(({ module: { inChannels, e1, e3 } }) => inChannels === e1 + e3)
	.map(({ name }) => name);

export default {
	'expand-weights': (language) => {
		const times = quantities.expandTimes(language);
		return { en: `The 3×3 filters have ${times} times as many`, zh: `3×3 的是 ${times} 倍` }[language];
	},
	arithmetic: (language) => {
		const times = quantities.macTimes(language);
		return { en: `${times} times as many`, zh: `${times} 倍` }[language];
	},
	bypass: (language) => sameChannels.join({ en: ', ', zh: '、' }[language])
} satisfies Texts;
