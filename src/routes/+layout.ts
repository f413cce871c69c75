export const prerender = true;
// An address with a slash at its end is a page as well, in a file of its own: static hosts have either form.
export const trailingSlash = 'ignore';
