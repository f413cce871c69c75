/** An address's hash that holds the reader's own network, or names one of this tab or browser. By itself, for pages that seldom get one. */
export const ownHash = /^#(graph=.|file=|own$)/;
