import swagger from '@fastify/swagger';
import type { FastifyPluginAsync } from 'fastify';
import { Type } from 'typebox';
import { errorCatalogue } from '../../protocol/errors.ts';
import type { Parts } from '../commands/command.ts';
import { version } from '../package.ts';
import { auditing } from './auditing.ts';
import { authentication } from './authentication.ts';
import { docsPage, docsPolicy } from './docs-page.ts';
import { withOptionalBodies } from './optional-bodies.ts';
import { channelMessageRoutes } from './routes/channel-messages.ts';
import { channelRoutes } from './routes/channels.ts';
import { memberRoutes } from './routes/members.ts';
import { messageRoutes } from './routes/messages.ts';
import { moderationRoutes } from './routes/moderation.ts';
import { searchRoutes } from './routes/search.ts';
import { userRoutes } from './routes/users.ts';
import { validatorCompiler } from './validation.ts';

export type ApiOptions = { parts: Parts; basePath: string };

const Refusal = Type.Object(
  {
    error: Type.Object({
      code: Type.Union(Object.keys(errorCatalogue).map((code) => Type.Literal(code))),
      message: Type.String(),
    }),
  },
  { description: 'Refused.' },
);

/** The HTTP API, and its description, which is made from the same schemas that hold requests to it. */
export const api: FastifyPluginAsync<ApiOptions> = async (app, { basePath, ...options }) => {
  app.setValidatorCompiler(validatorCompiler);
  // Answers are typed by their schemas; filtering them once more at run time would only cost.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  app.decorateRequest('caller', null);
  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: { title: 'meeting-chat', version, description: 'The HTTP side of the chat server.' },
      servers: [{ url: basePath === '/' ? basePath : basePath.slice(0, -1) }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } } },
      security: [{ token: [] }],
    },
    transform: ({ schema, url, route }) => ({
      schema: route.schema?.hide
        ? schema
        : { ...schema, response: { ...responsesOf(schema), '4xx': Refusal, '5xx': Refusal } },
      url,
    }),
    transformObject: withOptionalBodies,
  });
  await app.register(async (routes) => {
    routes.addHook('onRequest', async (_request, reply) => {
      void reply.header('cache-control', 'no-store');
    });
    routes.addHook('onResponse', auditing(options.parts.auditor, basePath));
    routes.addHook('onRequest', authentication(options.parts));
    for (const some of [
      messageRoutes,
      channelRoutes,
      memberRoutes,
      channelMessageRoutes,
      searchRoutes,
      userRoutes,
      moderationRoutes,
    ]) {
      await routes.register(some, { parts: options.parts });
    }
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  app.get('/docs', { schema: { hide: true } }, async (_request, reply) =>
    reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', docsPolicy)
      .header('x-content-type-options', 'nosniff')
      .send(docsPage(app.swagger())),
  );
};

function responsesOf(schema: unknown): object {
  const response = typeof schema === 'object' && schema !== null && 'response' in schema ? schema.response : undefined;
  return typeof response === 'object' && response !== null ? response : {};
}
