import { synth } from './fleet/synth';

// The program that `cdk8s synth` runs. The CLI swallows standard output, so everything for people goes to standard error.
process.exitCode = synth({
  root: __dirname,
  cwd: process.cwd(),
  outdir: process.env.CDK8S_OUTDIR,
  print: (text) => process.stderr.write(`${text}\n`),
});
