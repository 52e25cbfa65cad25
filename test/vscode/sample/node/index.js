const { createServer } = require('node:http');

createServer((_request, response) => response.end('Hello from Node.js\n')).listen(3000);
