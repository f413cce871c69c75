import type { Texts } from '../markdown/compile';
import quantities from '../quantities/why-light';

export default {
	'dense-params': quantities.alexDenseParams,
	'dense-macs': quantities.alexDenseMacs,
	size: quantities.alexSize,
	time: (language) =>
		language === 'zh'
			? `更多：是 AlexNet 的 ${quantities.squeezeMore(language)} 倍`
			: `More: ${quantities.squeezeMore(language)} times AlexNet's`
} satisfies Texts;
