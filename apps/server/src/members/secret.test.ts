import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { digestOf, drawSecret, proves, readSecret, secretPrefixes, type SecretKind } from './secret.ts';

test.each(Object.keys(secretPrefixes) as SecretKind[])('a %s secret says what it opens, and which', (kind) => {
  const { id, secret, digest } = drawSecret(kind);
  expect(secret).toMatch(new RegExp(`^${secretPrefixes[kind]}[0-9A-Za-z]{8}_[0-9A-Za-z]{49}$`));
  expect(readSecret(secret)).toEqual({ kind, id });
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(proves(secret, digest)).toBe(true);
});

test('small random numbers keep their places', () => {
  const { secret } = drawSecret('server', (bytes) => Buffer.alloc(bytes));
  expect(secret).toMatch(/^tf_srv_0{8}_0{43}[0-9A-Za-z]{6}$/);
  expect(readSecret(secret)).toMatchObject({ id: '00000000' });
});

test('two draws differ', () => {
  expect(drawSecret('server').secret).not.toBe(drawSecret('server').secret);
});

test('every single mistyped character is noticed', () => {
  const { secret } = drawSecret('client');
  for (let place = 0; place < secret.length; place++) {
    const other = secret[place] === 'x' ? 'y' : 'x';
    expect(readSecret(secret.slice(0, place) + other + secret.slice(place + 1))).toBe('mistyped');
  }
});

test.each(['', 'tf_srv_', 'Bearer', 'tf_xyz_00000000_', `${drawSecret('server').secret} `])("'%s' is no secret", (text) => {
  expect(readSecret(text)).toBe('mistyped');
});

test('another secret does not prove', () => {
  const [one, other] = [drawSecret('server'), drawSecret('server')];
  expect(proves(other.secret, one.digest)).toBe(false);
});

test('digests and checksums are the published functions', () => {
  expect(digestOf('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  expect(crc32('123456789')).toBe(0xcbf43926);
});
