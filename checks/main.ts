import { cli } from './cli';

const { stdout, stderr, exitCode } = cli(process.argv.slice(2));
if (stdout !== '') process.stdout.write(`${stdout}\n`);
if (stderr !== '') process.stderr.write(`${stderr}\n`);
// Not process.exit(): it would cut off what a pipe has not taken yet.
process.exitCode = exitCode;
