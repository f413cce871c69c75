export { benchCodec } from '$lib/viz/figures/bench/address';
export { carried } from '$lib/viz/figures/bench/carry';
