import { squeezenetModules } from '$lib/viz/figures/fire/modules';
import type { Texts } from '../markdown/compile';
import quantities from '../quantities/squeezenet';

/** Modules with as many channels out as in: only there can the input be added to the output. */
const sameChannels = squeezenetModules()
	.filter(({ module: { inChannels, e1, e3 } }) => inChannels === e1 + e3)
	.map(({ name }) => name);

export default {
	shape: quantities.fire2Out,
	arithmetic: (language) =>
		language === 'zh'
			? `${quantities.macTimes(language)} 倍`
			: `${quantities.macTimes(language)} times as many`,
	bypass: (language) => sameChannels.join(language === 'zh' ? '、' : ', ')
} satisfies Texts;
