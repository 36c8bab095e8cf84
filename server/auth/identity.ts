import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Id, Role, UserId } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import { ChatError } from '../chat-error.ts';
import { readable } from '../readable.ts';

/** Who a valid token says its bearer is. */
export type Identity = {
  user: string;
  /** For others to read: one line, without marks that turn the direction of text, and never invisible. */
  name: string;
  picture?: string;
  provider?: string;
  /** The meetings that the token names. */
  meetings: ReadonlyMap<string, Role>;
  /** A trusted backend, which may act for anyone. */
  service: boolean;
  /** ms since epoch */
  expiresAt: number;
};

const Claims = Compile(
  Type.Object({
    sub: UserId,
    exp: Type.Number({ minimum: 1, maximum: 8.64e12 }),
    iss: Type.Optional(Type.String({ maxLength: 1_000 })),
    // Decoration: what does not fit is left out, and locks nobody out.
    name: Type.Optional(Type.Unknown()),
    picture: Type.Optional(Type.Unknown()),
    meetings: Type.Optional(
      Type.Union([
        Type.Array(Id, { maxItems: 10_000 }),
        Type.Record(Id, Role, { additionalProperties: false }),
        // Where a backend writes down what it has not.
        Type.Null(),
      ]),
    ),
    // Where providers write other things here, lists among them, it makes no service of anybody.
    scope: Type.Optional(Type.Unknown()),
  }),
);

/**
 * The identity in a token's verified claims.
 * @throws ChatError `unauthorized` when a claim is not of its form; which one stands in the message.
 */
export function identityOf(claims: unknown): Identity {
  if (!Claims.Check(claims)) {
    const where = Claims.Errors(claims)[0]?.instancePath.slice(1) || 'a claim';
    throw new ChatError('unauthorized', `The token's ${where} is not of its form.`);
  }
  return {
    user: claims.sub,
    name: (typeof claims.name === 'string' && nameFrom(claims.name)) || claims.sub,
    ...(isPicture(claims.picture) ? { picture: claims.picture } : {}),
    ...(claims.iss === undefined ? {} : { provider: claims.iss }),
    meetings: meetingsOf(claims.meetings ?? []),
    service: typeof claims.scope === 'string' && claims.scope.split(' ').includes('service'),
    expiresAt: Math.floor(claims.exp * 1_000),
  };
}

function meetingsOf(claim: string[] | { [id: string]: Role }): Map<string, Role> {
  if (Array.isArray(claim)) return new Map(claim.map((id) => [id, 'participant']));
  return new Map(Object.entries(claim));
}

function isPicture(claim: unknown): claim is string {
  return typeof claim === 'string' && claim.length <= 2_000 && /^https:\/\/\S+$/.test(claim);
}

function nameFrom(claim: string): string {
  // Cut first and made readable after: a cut can leave half a character, or nothing to be seen.
  return readable(readable(claim).slice(0, limits.nameLength));
}
