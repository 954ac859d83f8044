import { describe, expect, it } from 'vitest';
import { parseArn, partitionOf } from '../../charts/aws/arn';

describe('parseArn', () => {
  it('splits an ARN, with colons in the resource', () => {
    expect(parseArn('arn:aws:secretsmanager:us-east-1:111122223333:secret:a/b-AbCdEf')).toEqual({
      partition: 'aws',
      service: 'secretsmanager',
      region: 'us-east-1',
      account: '111122223333',
      resource: 'secret:a/b-AbCdEf',
    });
    expect(parseArn('arn:aws-us-gov:iam::111122223333:role/a')).toMatchObject({ partition: 'aws-us-gov', region: '', resource: 'role/a' });
    expect(parseArn('arn:aws:s3:::bucket')).toMatchObject({ region: '', account: '', resource: 'bucket' });
  });

  it.each([
    ['an unknown partition', 'arn:amazon:iam::111122223333:role/a'],
    ['a short account', 'arn:aws:iam::1111:role/a'],
    ['no account where there is one', 'arn:aws:iam:::role/a'],
    ['an account where there is none', 'arn:aws:s3::111122223333:bucket'],
    ['no region where there is one', 'arn:aws:kms::111122223333:key/a'],
    ['a region where there is none', 'arn:aws:s3:us-east-1::bucket'],
    ['a zone for a region', 'arn:aws:kms:us-east-1a:111122223333:key/a'],
    ['no resource', 'arn:aws:iam::111122223333:'],
    ['a space', 'arn:aws:iam::111122223333:role/a b'],
    ['text before it', 'x arn:aws:iam::111122223333:role/a'],
  ])('refuses %s', (_, text) => expect(parseArn(text)).toBeUndefined());
});

describe('partitionOf', () => {
  it('follows the region', () => {
    expect(['us-east-1', 'eu-west-1', 'us-gov-west-1', 'cn-north-1'].map(partitionOf)).toEqual(['aws', 'aws', 'aws-us-gov', 'aws-cn']);
  });
});
