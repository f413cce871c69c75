import { conv2d } from '$lib/ops/conv2d';
import type { Texts } from '$lib/lessons/compiler/compile';
import quantities from '../quantities/convolution';

const dilated = conv2d.cost(
	conv2d.geometry([[7, 7, 1]], { outChannels: 1, kernelSize: 3, dilation: 2, bias: false })
);

export default {
	dilated: () => String(dilated.params.weight),
	bigger: (language) => {
		const [params, macs] = [quantities.biggerParams(language), quantities.biggerMacs(language)];
		return { en: `Parameters ×${params}, MACs ×${macs}`, zh: `参数 ×${params}，乘加 ×${macs}` }[language];
	}
} satisfies Texts;
