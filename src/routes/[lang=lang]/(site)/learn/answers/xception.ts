import type { Texts } from '../markdown/compile';
import quantities from '../quantities/xception';

export default {
	segments: quantities.six,
	seen: quantities.seenBefore,
	arithmetic: (language) =>
		language === 'zh'
			? `${quantities.macTimes(language)} 倍`
			: `${quantities.macTimes(language)} times as many`
} satisfies Texts;
