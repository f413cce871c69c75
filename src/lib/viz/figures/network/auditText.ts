import { m } from '$lib/i18n';
import type { AuditTerm, Factor, TermName } from '$lib/nets';

const factorNames: Readonly<Record<Factor['name'], () => string>> = {
	height: m.networks_factor_height,
	width: m.networks_factor_width,
	kernelHeight: m.networks_factor_kernelHeight,
	kernelWidth: m.networks_factor_kernelWidth,
	inChannels: m.networks_factor_inChannels,
	inChannelsPerGroup: m.networks_factor_inChannelsPerGroup,
	inputs: m.networks_factor_inputs,
	outChannels: m.networks_factor_outChannels,
	channels: m.networks_factor_channels,
	landings: m.networks_factor_landings,
	values: m.networks_factor_values,
	flopsPerMac: m.networks_factor_flopsPerMac
};

const termNames: Readonly<Record<TermName, () => string>> = {
	kernel: m.networks_term_kernel,
	bias: m.networks_term_bias,
	gamma: m.networks_term_gamma,
	beta: m.networks_term_beta,
	mean: m.networks_term_mean,
	variance: m.networks_term_variance,
	alpha: m.networks_term_alpha,
	parameters: m.networks_term_parameters,
	products: m.networks_term_products,
	biasAdds: m.networks_term_biasAdds,
	normalize: m.networks_term_normalize
};

/** What a term counts. */
export function termName({ name }: AuditTerm): string {
	return termNames[name]();
}

/** A product in numbers and in words; the taps of one output value stand in brackets: `112·112·32·(3·3·3)`. */
export function formula({ name, factors }: AuditTerm): { readonly numbers: string; readonly words: string } {
	const isTap = ({ name: factor }: Factor) =>
		['kernelHeight', 'kernelWidth', 'inChannels', 'inChannelsPerGroup'].includes(factor);
	const taps = factors.filter(isTap);
	const rest = factors.filter((factor) => !isTap(factor));
	const write = (of: (factor: Factor) => string | number) => {
		if (name !== 'products' || taps.length < 2 || rest.length === 0) return factors.map(of).join(' · ');
		const double = rest.filter((factor) => factor.name === 'flopsPerMac');
		const places = rest.filter((factor) => factor.name !== 'flopsPerMac');
		return [...places.map(of), `(${taps.map(of).join(' · ')})`, ...double.map(of)].join(' · ');
	};
	return { numbers: write(({ value }) => value), words: write((factor) => factorNames[factor.name]()) };
}
