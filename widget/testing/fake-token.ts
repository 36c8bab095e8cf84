/** A token such as a real server signs, but for the signature. */
export function fakeToken(sub: string, claims: object = {}): string {
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub, ...claims })}.signature`;
}

function part(value: object): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return btoa(String.fromCodePoint(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
