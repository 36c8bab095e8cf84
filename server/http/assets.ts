import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { widgetFolder } from '../package.ts';

// The loader's plain name stays, so what it holds may change from one release to the next; all other names change with their
// content, or say the version.
const loaderCaching = 'public, max-age=300';
const hashedCaching = 'public, max-age=31536000, immutable';

/** The widget's files, for pages of any origin. */
export async function registerAssets(app: FastifyInstance): Promise<void> {
  await app.register(async (files) => {
    files.addHook('onRoute', (route) => {
      route.config = { ...route.config, public: true };
    });
    files.addHook('onSend', async (_request, reply) => {
      // The same address is answered compressed or not: a cache between must not give either to the other's client.
      void reply.header('vary', 'Origin, Accept-Encoding');
    });
    await files.register(fastifyStatic, {
      root: widgetFolder,
      wildcard: false,
      index: false,
      preCompressed: true,
      decorateReply: false,
      cacheControl: false,
      setHeaders(reply, path) {
        reply.setHeader(
          'cache-control',
          /(-[A-Za-z0-9_]{8,}|widget@[^/]+)\.(js|css)(\.(br|gz))?$/.test(path) ? hashedCaching : loaderCaching,
        );
        reply.setHeader('access-control-allow-origin', '*');
        reply.setHeader('cross-origin-resource-policy', 'cross-origin');
      },
    });
  });
}
