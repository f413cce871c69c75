/**
 * The files in which static hosts are told what to send, each written from the table of `headers.ts`: headers by path, pages
 * without their `.html`, `/en/` led to `/en`, and 404.html for what there is not.
 *
 * Pages name their files relative to themselves, so an address of a page must not end in a slash.
 *
 * Hosts differ in what happens where two of their rules match, so no two of these match the same path.
 */
import { everywhere, headersOf, partOf, parts, type Headers } from '../../src/hostHeaders.ts';

/** Where the site begins: '' for `host/en`, `/repo` for `host/repo/en`; what `BASE_PATH` was when it was built. */
export type Base = '' | `/${string}`;

const origin = 'from src/hostHeaders.ts, by "npm run hosting"';

/**
 * `_headers`, which Netlify and Cloudflare Pages read from among the files that they publish. A path is one file or everything below
 * a folder: neither has a way to say "the rest", and of two that match, one joins the values and one does not.
 * @param files of the build, by path: `en/embed/ops/standard.html`
 */
export function netlifyHeaders(files: readonly string[], base: Base = ''): string {
	const names = new Set(parts.flatMap(({ headers }) => Object.keys(headers)));
	const only = (headers: Headers, isPart: boolean): Headers =>
		Object.fromEntries(Object.entries(headers).filter(([name]) => names.has(name) === isPart));
	const blocks = [`${base}/*${linesOf(only(everywhere, false), '  ', ': ')}`];
	for (const path of pathsOf(files)) {
		const headers = headersOf(partOf(path));
		blocks.push(`${base}${path}${linesOf(only(headers, true), '  ', ': ')}`);
	}
	return `# ${origin}; written by the build.\n\n${blocks.join('\n\n')}\n`;
}

/** The fewest paths that all files are in and that no part shares with the rest: `/en`, `/en/ops/*`, `/_app/immutable/*`. */
function pathsOf(files: readonly string[], folder = ''): string[] {
	const inside = new Map<string, string[]>();
	for (const file of files) {
		const [first] = file.slice(folder.length).split('/') as [string];
		const path = folder + first;
		inside.set(path, [...(inside.get(path) ?? []), file]);
	}
	return [...inside].flatMap(([path, below]) => {
		if (below[0] === path) return [addressOf(path)];
		const together = new Set(below.map((file) => partOf(addressOf(file)))).size === 1;
		return together ? [`/${path}/*`] : pathsOf(below, `${path}/`);
	});
}

/** The address of a file: a page's has no ending. */
export const addressOf = (file: string): string => `/${file.replace(/(^|\/)index\.html$|\.html$/, '$1')}`;

const linesOf = (headers: Headers, indent: string, between: string): string =>
	Object.entries(headers)
		.map(([name, value]) => `\n${indent}${name}${between}${value}`)
		.join('');

/** `vercel.json`. */
export function vercel(): string {
	const rest = `/((?!${parts.map(({ pattern }) => pattern.slice(1)).join('|')}).*)`;
	const listed = (headers: Headers) => Object.entries(headers).map(([key, value]) => ({ key, value }));
	return `${JSON.stringify(
		{
			$schema: 'https://openapi.vercel.sh/vercel.json',
			framework: null,
			buildCommand: 'npm run build',
			outputDirectory: 'build',
			cleanUrls: true,
			trailingSlash: false,
			headers: [
				...parts.map((part) => ({
					source: `${part.pattern.replaceAll('[^/]+', '([^/]+)')}(.*)`,
					headers: listed(headersOf(part))
				})),
				{ source: rest, headers: listed(headersOf()) }
			]
		},
		null,
		'\t'
	)}\n`;
}

/** A server of nginx, with what it needs around it. */
export function nginx(base: Base = ''): string {
	const varying = new Set(parts.flatMap(({ headers }) => Object.keys(headers)));
	const variable = (name: string) => `$lightnets_${name.toLowerCase().replaceAll('-', '_')}`;
	const maps = [...varying].map((name) => {
		const cases = parts.flatMap(({ pattern, headers }) =>
			headers[name] === undefined ? [] : [`\t"~^${base}${pattern}" "${headers[name]}";`]
		);
		return `map $uri ${variable(name)} {\n\tdefault "${everywhere[name]}";\n${cases.join('\n')}\n}`;
	});
	const added = Object.entries(everywhere).map(
		([name, value]) => `\tadd_header ${name} ${varying.has(name) ? variable(name) : `"${value}"`} always;`
	);
	return `# ${origin}. Stands within http { }, as /etc/nginx/conf.d/lightnets.conf does.

${maps.join('\n')}

server {
	listen 80;
	listen [::]:80;
	# Yours. Cameras, threads and offline use need https; certbot and the like add it here.
	server_name example.org;
	# What is in build/${base === '' ? '' : ` lies in ${base.slice(1)}/ of this folder`}.
	root /var/www/lightnets;

${added.join('\n')}

	charset utf-8;
	gzip on;
	gzip_vary on;
	gzip_types text/css text/javascript application/javascript application/json application/wasm application/manifest+json image/svg+xml;
	absolute_redirect off;
	error_page 404 ${base}/404.html;

	rewrite ^${base}/([^/].*[^/]|[^/])/+$ ${base}/$1 permanent;
${base === '' ? '' : `\tlocation = ${base} { return 301 ${base}/; }\n`}	location = ${base}/ { try_files ${base}/index.html =404; }
	location / { try_files $uri $uri.html =404; }
	location ~ \\.webmanifest$ { types { } default_type application/manifest+json; }
}
`;
}

/** `.htaccess` for Apache. */
export function apache(base: Base = ''): string {
	const general = Object.entries(everywhere).map(([name, value]) => `\tHeader always set ${name} "${value}"`);
	const special = parts.flatMap(({ pattern, headers }) =>
		Object.entries(headers).map(
			([name, value]) =>
				`\tHeader always set ${name} "${value}" "expr=%{REQUEST_URI} =~ m#^${base}${pattern}#"`
		)
	);
	return `# ${origin}. Lies as .htaccess among the files of build/, where AllowOverride is All;
# needs mod_headers and mod_rewrite.

<IfModule mod_headers.c>
${[...general, ...special].join('\n')}
</IfModule>

AddDefaultCharset utf-8
AddType text/javascript .js
AddType application/wasm .wasm
AddType application/manifest+json .webmanifest
<IfModule mod_deflate.c>
	AddOutputFilterByType DEFLATE text/html text/css text/plain text/javascript application/json application/wasm application/manifest+json image/svg+xml
</IfModule>

ErrorDocument 404 ${base}/404.html
Options -Indexes -MultiViews
# /en is a page and a folder too.
DirectorySlash Off
DirectoryIndex disabled
RewriteEngine On
RewriteBase ${base}/
${base === '' ? '' : `RewriteOptions AllowNoSlash\nRewriteCond %{REQUEST_URI} =${base}\nRewriteRule ^ ${base}/ [R=301,L]\n`}RewriteRule ^(.+?)/+$ ${base}/$1 [R=301,L]
RewriteRule ^$ index.html [L]
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME}.html -f
RewriteRule ^(.+)$ $1.html [L]
RewriteCond %{REQUEST_FILENAME} -d
RewriteRule ^ - [R=404,L]
`;
}

/** A site of Caddy. */
export function caddy(base: Base = ''): string {
	const sent = (name: string, headers: Headers) =>
		`\theader @${name} {${linesOf(Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, `"${value}"`])), '\t\t', ' ')}\n\t}`;
	const matchers = [
		...parts.map(({ name, pattern }) => `\t@${name} path_regexp ^${base}${pattern}`),
		`\t@rest not path_regexp ^${base}(${parts.map(({ pattern }) => pattern).join('|')})`
	];
	const slash = `path_regexp slash ^${base}/([^/].*[^/]|[^/])/+$`;
	return `# ${origin}. A Caddyfile, or a part of one.

# Yours. Caddy fetches the certificate itself.
example.org {
	# What is in build/${base === '' ? '' : ` lies in ${base.slice(1)}/ of this folder`}.
	root * /var/www/lightnets
	encode zstd gzip

${matchers.join('\n')}
${parts.map((part) => sent(part.name, headersOf(part))).join('\n')}
${sent('rest', headersOf())}

	@slash {
		${slash}
		expression {query} == ''
	}
	redir @slash ${base}/{re.slash.1} permanent
	@slashAndQuery {
		${slash}
		expression {query} != ''
	}
	redir @slashAndQuery ${base}/{re.slash.1}?{query} permanent
${base === '' ? '' : `\tredir ${base} ${base}/ permanent\n`}	try_files {path} {path}.html
	file_server

	handle_errors {
		rewrite * ${base}/404.html
		header Cache-Control "${everywhere['Cache-Control']}"
		file_server
	}
}
`;
}

/** The ready files, by their names in `hosting/`. */
export function hostingFiles(base: Base = ''): ReadonlyMap<string, string> {
	return new Map([
		['Caddyfile', caddy(base)],
		['htaccess', apache(base)],
		['nginx.conf', nginx(base)],
		['vercel.json', vercel()]
	]);
}
