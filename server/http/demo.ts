import helmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { Id, Role } from '../../protocol/entities.ts';
import { demoFolder } from '../package.ts';

const tokenLifeSeconds = 8 * 60 * 60;

const Visitor = Type.Object({
  name: Type.String({ minLength: 1, maxLength: 60, pattern: '\\S' }),
  meeting: Id,
  role: Role,
});

/**
 * The demo: its pages, and a token for whoever asks. Registered in demo mode alone, where the key that signs is of no worth
 * to anybody.
 */
export const demo: FastifyPluginAsyncTypebox = async (app) => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        connectSrc: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        requireTrustedTypesFor: ["'script'"],
      },
    },
    xFrameOptions: { action: 'sameorigin' },
    // The demo is served over plain HTTP on the newcomer's machine.
    strictTransportSecurity: false,
  });
  await app.register(fastifyStatic, { root: demoFolder, prefix: '/demo/', wildcard: false, cacheControl: false });
  app.get('/', (_request, reply) => reply.sendFile('index.html', demoFolder));
  app.post('/demo/token', { schema: { body: Visitor } }, async ({ body: { name, meeting, role } }, reply) => {
    const user = `demo:${Buffer.from(name.trim().toLowerCase()).toString('base64url').slice(0, 100)}`;
    const expiresAt = Math.floor(Date.now() / 1_000) + tokenLifeSeconds;
    const token = app.jwt.sign({ sub: user, name: name.trim(), meetings: { [meeting]: role }, exp: expiresAt });
    reply.header('cache-control', 'no-store');
    return { token, user, expiresAt: expiresAt * 1_000 };
  });
};
