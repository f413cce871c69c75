import { squeezenetModules } from '$lib/viz/figures/fire/modules';
import type { Texts } from '../markdown/compile';
import quantities from '../quantities/squeezenet';

/** Modules with as many channels out as in: only there can the input be added to the output. */
const sameChannels = squeezenetModules()
	.filter(({ module: { inChannels, e1, e3 } }) => inChannels === e1 + e3)
	.map(({ name }) => name);

export default {
	'squeeze-saves': (language) =>
		language === 'zh' ? `1/${quantities.fire3Times(language)}` : quantities.fire3Times(language),
	'expand-weights': (language) =>
		language === 'zh'
			? `3×3 的是 ${quantities.expandTimes(language)} 倍`
			: `The 3×3 filters have ${quantities.expandTimes(language)} times as many`,
	shape: quantities.fire2Out,
	arithmetic: (language) =>
		language === 'zh'
			? `${quantities.macTimes(language)} 倍`
			: `${quantities.macTimes(language)} times as many`,
	bypass: (language) => sameChannels.join(language === 'zh' ? '、' : ', ')
} satisfies Texts;
