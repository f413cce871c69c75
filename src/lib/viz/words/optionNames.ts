import { m } from '$lib/i18n';

/** What an option of a layer is called: `outChannels` is its filters; one that is not known is called what it is. */
export const optionName = (option: string): string => m.networks_option({ option });

const sided = ['kernelSize', 'stride', 'dilation', 'outputPadding', 'size', 'factors'];

/** What a place in the options is called: `kernelSize[0]` is the height of the kernel, `inputs[1]` the second input. */
export function optionPath(path: string): string {
	const [, option = path, at, side] = /^(\w+)(?:\[(\d+)\]|\.(\w+))?$/.exec(path) ?? [];
	const name = optionName(option);
	if (side !== undefined) return m.networks_option_at({ name, at: side });
	if (at === undefined) return name;
	if (sided.includes(option)) return m.networks_option_at({ name, at: at === '0' ? 'height' : 'width' });
	return m.networks_option_number({ name, number: Number(at) + 1 });
}
