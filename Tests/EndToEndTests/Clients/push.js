// Sends what prom-client sends, over Node's own http: push.js URL JOB push|pushAdd|delete [--gzip] [LABEL=VALUE...]
//
// That is: no Content-Type, a chunked body, encodeURIComponent for names and values, and any status below 400 is success.
'use strict';

const http = require('http');
const zlib = require('zlib');

const [gateway, job, method, ...rest] = process.argv.slice(2);
const url = new URL(gateway);
const groupings = rest
	.filter(word => word.includes('='))
	.map(word => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)])
	.map(([name, value]) => `/${encodeURIComponent(name)}/${encodeURIComponent(value)}`)
	.join('');
const zipped = rest.includes('--gzip');
const metrics = `# HELP node_duration_seconds Time.
# TYPE node_duration_seconds histogram
node_duration_seconds_bucket{le="0.5",step="a"} 1
node_duration_seconds_bucket{le="1",step="a"} 2
node_duration_seconds_bucket{le="+Inf",step="a"} 3
node_duration_seconds_sum{step="a"} 101
node_duration_seconds_count{step="a"} 3

# HELP node_batches_total Batches.
# TYPE node_batches_total counter
node_batches_total{kind="full"} 3
`;

const request = http.request(
	{
		host: url.hostname,
		port: url.port,
		path: `${url.pathname === '/' ? '' : url.pathname}/metrics/job/${encodeURIComponent(job)}${groupings}`,
		method: { push: 'PUT', pushAdd: 'POST', delete: 'DELETE' }[method],
		headers: zipped ? { 'Content-Encoding': 'gzip' } : {},
	},
	response => {
		let body = '';
		response.setEncoding('utf8');
		response.on('data', chunk => (body += chunk));
		response.on('end', () => {
			if (response.statusCode >= 400) {
				console.error(`push failed with status ${response.statusCode}, ${body}`);
				process.exitCode = 1;
			}
		});
	},
);
if (method !== 'delete') request.write(zipped ? zlib.gzipSync(metrics) : metrics);
request.end();
