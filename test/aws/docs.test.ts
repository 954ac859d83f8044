import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contractSchema } from '../../charts/aws/contract';
import { loadContract } from '../../charts/aws/load';
import { loadReleases } from '../../charts/aws/releases';
import { semanticVersion } from '../../charts/aws/tags';
import { parseYaml } from '../../charts/aws/yaml';
import { errorOf, full } from './fixtures';

const contractDoc = readFileSync('docs/aws-contract.md', 'utf8');
const releasesDoc = readFileSync('docs/releases.md', 'utf8');
const block = (doc: string, language: string) => new RegExp(`^\`\`\`${language}\n([^\`]*)^\`\`\``, 'm').exec(doc)?.[1] ?? '';

describe('docs/aws-contract.md', () => {
  it('has a row for every key, and no other', () => {
    const keys = [...contractDoc.matchAll(/^\| `([a-zA-Z]+)/gm)].map(([, key]) => key);
    expect(keys).toEqual(Object.keys(contractSchema.shape));
  });

  it('shows exceptions that are accepted', () => {
    const data = full();
    Object.assign(data, parseYaml(block(contractDoc, 'yaml'), 'docs/aws-contract.md').value);
    data.region = 'us-east-1';
    data.registry = '999988887777.dkr.ecr.us-east-1.amazonaws.com';
    data.certificates.cdn = 'arn:aws:acm:us-west-2:111122223333:certificate/1';
    data.buckets.backups = { name: 'shop-backups', arn: 'arn:aws:s3:::shop-backups', region: 'us-west-2' };
    expect(Object.keys(loadContract(JSON.stringify(data), 'aws.yaml').data.elsewhere)).toHaveLength(3);
  });

  it('shows the errors as they are printed', () => {
    const file = 'overlays/authorworks/dev/aws.yaml';
    const text = readFileSync(file, 'utf8')
      .replace('port: 5432', 'port: "5432"')
      .replace('arn:aws:iam::111122223333:role/authorworks-dev-content', 'arn:aws:iam::333344445555:role/authorworks-production-content');
    const place = /:\d+ /g;
    const { message } = errorOf(() => loadContract(text, file));
    expect(contractDoc.replace(place, ' ')).toContain(message.replace(place, ' '));
  });
});

describe('docs/releases.md', () => {
  it('shows releases that are accepted in production', () => {
    const { data } = loadReleases(block(releasesDoc, 'yaml'), 'docs/releases.md', { environment: 'production', tags: semanticVersion });
    expect(Object.keys(data.images)).toEqual(['authorworks/gateway', 'authorworks/content']);
    expect(Object.keys(data.secretVersions)).toHaveLength(1);
  });
});
