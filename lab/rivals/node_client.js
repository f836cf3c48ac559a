// Connects once with Node's net.connect and its defaults: node_client.js HOST PORT [TIMEOUT_MS], or node_client.js --version.
// Exit status: 0 connected, 1 not, 2 wrong usage.
'use strict';
const net = require('node:net');

const words = process.argv.slice(2);
if (words.length === 1 && words[0] === '--version') {
    console.log(process.versions.node);
    process.exit(0);
}
if (words.length < 2 || words.length > 3) {
    console.error('usage: node_client.js HOST PORT [TIMEOUT_MS] | node_client.js --version');
    process.exit(2);
}
const [host, port, timeout] = words;

const socket = net.connect({ host, port: Number(port) });
if (timeout !== undefined) {
    socket.setTimeout(Number(timeout), () => socket.destroy(new Error(`not connected within ${timeout} ms`)));
}
socket.on('connect', () => {
    console.log(`connected ${socket.remoteAddress}`);
    socket.destroy();
});
socket.on('error', (failure) => {
    // An AggregateError, of several attempts, has no message of its own.
    const message = failure.message || failure.errors.map((each) => each.message).join('; ');
    console.error(`failed: ${failure.constructor.name}: ${message.replaceAll('\n', ' ')}`);
    process.exitCode = 1;
});
