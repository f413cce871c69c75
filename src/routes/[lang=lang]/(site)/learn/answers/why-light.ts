import type { Texts } from '$lib/lessons/compiler/compile';
import quantities from '../quantities/why-light';

export default {
	'dense-params': quantities.alexDenseParams,
	'dense-macs': quantities.alexDenseMacs,
	time: (language) => {
		const times = quantities.squeezeMore(language);
		return { en: `More: ${times} times AlexNet's`, zh: `更多：是 AlexNet 的 ${times} 倍` }[language];
	}
} satisfies Texts;
