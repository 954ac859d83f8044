// The cdk8s CLI loads plugins with require(); this makes our TypeScript loadable in its process.
const { join } = require('node:path');
require('ts-node').register({ cwd: join(__dirname, '..') });
module.exports = require('./plugin.ts');
