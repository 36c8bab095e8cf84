import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

// 16 MB and some tens of milliseconds a guess. What a hash was made with stands in it, so that this can grow.
const cost = 16_384;
const blockSize = 8;
const parallelization = 1;
const keyBytes = 32;

/** scrypt, with a salt of its own: `scrypt$cost$blockSize$parallelization$salt$key`. */
export async function hashPasscode(passcode: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(passcode, salt, keyBytes, { cost, blockSize, parallelization });
  return ['scrypt', cost, blockSize, parallelization, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** Takes as long for a channel without a passcode as for one with another: neither says which it is. */
export async function isPasscode(passcode: string, hash: string | undefined): Promise<boolean> {
  const [, n, r, p, salt = '', key = ''] = (hash ?? (await noPasscode)).split('$');
  const expected = Buffer.from(key, 'base64url');
  const options = { cost: Number(n), blockSize: Number(r), parallelization: Number(p) };
  const derived = await derive(passcode, Buffer.from(salt, 'base64url'), expected.length, options);
  return timingSafeEqual(derived, expected) && hash !== undefined;
}

const noPasscode = hashPasscode(randomBytes(16).toString('base64url'));

function derive(passcode: string, salt: Buffer, length: number, options: ScryptOptions): Promise<Buffer> {
  // The same letters in another composition are the same passcode.
  const secret = passcode.normalize('NFKC');
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, length, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}
